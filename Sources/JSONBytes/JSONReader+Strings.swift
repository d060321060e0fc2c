// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Validates the string that starts at the current quote and moves behind its closing quote.
    mutating func scanString() throws(JSONError) -> JSONName {
        let start = position + 1
        var index = start
        var hasEscapes = false
        while true {
            index = plainEnd(from: index)
            guard index < count else { throw JSONError(.syntax, at: index, "expected the end of the string") }
            switch byte(index) {
            case UInt8(ascii: "\""):
                position = index + 1
                return JSONName(
                    raw: UnsafeRawBufferPointer(start: base + start, count: index - start), hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index = try escapeEnd(index)
            case 0..<0x20:
                throw JSONError(.syntax, at: index, "expected control characters to be escaped")
            default:
                index = try scalarEnd(index)
            }
        }
    }

    /// The first index from `start` on that is a quote, a backslash, a control character or not ASCII; eight bytes at
    /// a time.
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index + 8 <= count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            // A byte that is zero, below 0x20 or above 0x7F sets its top bit. A borrow can only spoil bytes above the
            // first hit, and only the first hit is used.
            let hits =
                (((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | (word &- (ones &* 0x20)) | word)
                & (ones &* 0x80)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            let byte = byte(index)
            if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte > 0x7F { return index }
            index += 1
        }
        return index
    }

    /// Validates the escape whose backslash is at `index`; returns the index behind it.
    private func escapeEnd(_ index: Int) throws(JSONError) -> Int {
        guard index + 1 < count else { throw JSONError(.syntax, at: index, "expected an escape") }
        switch byte(index + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            let unit = try hexUnit(index + 2)
            if unit < 0xD800 || unit > 0xDFFF { return index + 6 }
            guard unit < 0xDC00, index + 7 < count, byte(index + 6) == UInt8(ascii: "\\"),
                byte(index + 7) == UInt8(ascii: "u"), case 0xDC00...0xDFFF = try hexUnit(index + 8)
            else { throw JSONError(.utf8, at: index, "expected both halves of a surrogate pair") }
            return index + 12
        default:
            throw JSONError(.syntax, at: index, "expected a known escape")
        }
    }

    private func hexUnit(_ index: Int) throws(JSONError) -> UInt16 {
        guard index + 4 <= count else { throw JSONError(.syntax, at: index, "expected four hexadecimal digits") }
        var unit: UInt16 = 0
        for offset in 0..<4 {
            guard let digit = JSONUnescape.hexDigit(byte(index + offset)) else {
                throw JSONError(.syntax, at: index, "expected four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Validates the UTF-8 sequence that starts at `index` with a byte over 0x7F (Unicode 15, table 3-7); returns the
    /// index behind it.
    private func scalarEnd(_ index: Int) throws(JSONError) -> Int {
        let lead = byte(index)
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw JSONError(.utf8, at: index, "expected valid UTF-8")
        }
        guard index + length <= count, second.contains(byte(index + 1)) else {
            throw JSONError(.utf8, at: index, "expected valid UTF-8")
        }
        for offset in 2..<max(length, 2) where byte(index + offset) & 0xC0 != 0x80 {
            throw JSONError(.utf8, at: index, "expected valid UTF-8")
        }
        return index + length
    }
}
