// SPDX-License-Identifier: Apache-2.0

/// Why a request breaks the protocol: the status and the text that Rest.li's framework answers with.
///
/// Texts are the framework's own where the protocol notes have them (jobs-oauth-restli 2.2 and 2.4, confidence C).
package struct RestLiError: Error, Sendable, Hashable, CustomStringConvertible {
    /// An HTTP status of 400 or more.
    package var status: Int
    package var message: String

    package init(status: Int = 400, _ message: String) {
        self.status = status
        self.message = message
    }

    package var description: String { "\(status) \(message)" }
}
