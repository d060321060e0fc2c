// SPDX-License-Identifier: Apache-2.0

/// LinkedIn's only documented rule for an e-mail address: the pattern `X@X.X`.
///
/// Source: rsc-release-notes 2021-11 and sync-candidates (documented). What an X may be is UNVERIFIED: here it is one
/// or more bytes that are neither `@`, white space nor control characters.
package enum EmailRule {
    package static func matches(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { matches($0) }
    }

    /// - Parameter bytes: UTF-8.
    package static func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = -1
        var lastDot = -1
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x7F { return false }
            if byte == UInt8(ascii: "@") {
                if at >= 0 { return false }
                at = index
            } else if byte == UInt8(ascii: "."), at >= 0, index > at + 1, index < bytes.count - 1 {
                lastDot = index
            }
        }
        return at > 0 && lastDot > at
    }
}
