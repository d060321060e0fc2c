// SPDX-License-Identifier: Apache-2.0

/// Why something about webhooks was not done. The message is safe to show and names the remedy.
package struct WebhookError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// There is no such webhook, event or letter.
        case notFound
        /// A field is wrong.
        case invalid
        /// There are too many webhooks.
        case tooMany
    }

    package var code: Code
    /// The JSON pointer of the field, for `.invalid`.
    package var pointer: String
    package var message: String

    package init(_ code: Code, _ message: String, at pointer: String = "") {
        self.code = code
        self.pointer = pointer
        self.message = message
    }

    package var description: String { message }
}
