// SPDX-License-Identifier: Apache-2.0

/// Why a browser did not do what a test asked for.
package struct BrowserError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// Chromium or its driver is not installed, or does not start.
        case missing
        /// Nothing of that kind came up in time.
        case never
        /// What WebDriver calls it: `no such alert`, `javascript error`.
        case refused
    }

    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
