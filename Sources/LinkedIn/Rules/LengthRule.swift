// SPDX-License-Identifier: Apache-2.0

/// What counts as a character in LinkedIn's limits: Unicode scalars.
///
/// UNVERIFIED: no page says whether it is scalars, UTF-16 units or what a reader would call a letter; the three agree
/// but for emoji, rare scripts and combining marks.
package enum LengthRule {
    /// - Parameter bytes: valid UTF-8.
    package static func characters(_ bytes: UnsafeRawBufferPointer) -> Int {
        bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    package static func characters(_ text: String) -> Int { text.unicodeScalars.count }
}
