// SPDX-License-Identifier: Apache-2.0

/// One ATS tenant: one LinkedIn child application, one organization, one or more contracts.
///
/// A slug chosen by the operator (`acme`): 1…64 characters of `a-z 0-9 - _`, so that it is safe in URLs, file names and logs.
package struct CustomerID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Returns: nil when `text` is not such a slug.
    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.text < rhs.text }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
