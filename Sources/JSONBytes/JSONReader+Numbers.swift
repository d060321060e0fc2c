// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// An integer. `1.0` and `1e3` are integers too, when exact: JSON has one kind of number.
    ///
    /// - Throws: `JSONError` `.range` when it does not fit or has a fraction.
    package mutating func int() throws(JSONError) -> Int64 {
        guard try peek() == .number else { throw fail(.type, "expected an integer") }
        let start = position
        let isPlain = try scanNumber()
        let value = isPlain ? plainInteger(start..<position) : exactInteger(start..<position)
        guard let value else { throw JSONError(.range, at: start, "expected an integer of at most 64 bits") }
        return value
    }

    /// - Throws: `JSONError` `.range` when it is too large for a `Double`.
    package mutating func double() throws(JSONError) -> Double {
        guard try peek() == .number else { throw fail(.type, "expected a number") }
        let start = position
        _ = try scanNumber()
        return try double(start..<position)
    }

    /// A number as `.int` when it is written without fraction and exponent and fits, else as `.double`.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if try scanNumber(), let value = plainInteger(start..<position) { return .int(value) }
        return .double(try double(start..<position))
    }

    /// Validates the number that starts at the current byte and moves behind it.
    ///
    /// - Returns: whether it has neither fraction nor exponent.
    @inline(__always)
    mutating func scanNumber() throws(JSONError) -> Bool {
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if position < count, isDigit(byte(position)) { throw fail(.syntax, "expected no leading zero") }
        } else {
            try digits()
        }
        var isPlain = true
        if take(UInt8(ascii: ".")) {
            isPlain = false
            try digits()
        }
        if position < count, byte(position) | 0x20 == UInt8(ascii: "e") {
            isPlain = false
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return isPlain
    }
}

extension JSONReader {
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func digits() throws(JSONError) {
        guard position < count, isDigit(byte(position)) else { throw fail(.syntax, "expected a digit") }
        repeat { position += 1 } while position < count && isDigit(byte(position))
    }

    private func plainInteger(_ range: Range<Int>) -> Int64? {
        let isNegative = byte(range.lowerBound) == UInt8(ascii: "-")
        var value: Int64 = 0  // kept negative: -2^63 has no positive counterpart
        for index in (range.lowerBound + (isNegative ? 1 : 0))..<range.upperBound {
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.subtractingReportingOverflow(Int64(byte(index) - UInt8(ascii: "0")))
            if tooBig || overflow { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The value of a number with fraction or exponent, nil unless it is a whole number of 64 bits.
    private func exactInteger(_ range: Range<Int>) -> Int64? {
        let isNegative = byte(range.lowerBound) == UInt8(ascii: "-")
        var digits: [UInt8] = []
        var exponent = 0
        var isFraction = false
        var index = range.lowerBound + (isNegative ? 1 : 0)
        scan: while index < range.upperBound {
            switch byte(index) {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                let text = UnsafeRawBufferPointer(start: base + index + 1, count: range.upperBound - index - 1)
                // An exponent that does not fit an Int cannot lead to a 64-bit number, except that 0e… is 0.
                guard let written = Int(String(decoding: text, as: UTF8.self)), abs(written) < 1 << 40 else {
                    return digits.allSatisfy { $0 == 0 } ? 0 : nil
                }
                exponent += written
                break scan
            default:
                digits.append(byte(index) - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
            index += 1
        }
        while let last = digits.last, last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { return 0 }
        guard exponent >= 0, exponent < 19 else { return nil }
        var value: Int64 = 0
        for digit in digits.drop(while: { $0 == 0 }) + Array(repeating: 0, count: exponent) {
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.subtractingReportingOverflow(Int64(digit))
            if tooBig || overflow { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    private func double(_ range: Range<Int>) throws(JSONError) -> Double {
        let text = String(
            decoding: UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.range, at: range.lowerBound, "expected a number of at most 1.8e308")
        }
        return value
    }
}
