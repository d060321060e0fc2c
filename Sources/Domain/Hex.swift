// SPDX-License-Identifier: Apache-2.0

extension Sequence<UInt8> {
    /// Two lowercase hexadecimal digits a byte.
    package var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension String {
    /// nil unless it is pairs of hexadecimal digits.
    package var bytesOfHex: [UInt8]? {
        let digits = compactMap { $0.hexDigitValue.map(UInt8.init) }
        guard digits.count == count, count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
