// SPDX-License-Identifier: Apache-2.0

/// Reads ISO 8601 by hand: `2024-03-01`, `2024-03-01T09:30Z`, `2024-03-01 09:30:15.250+01:00`.
///
/// The extended form only, years 0000…9999; a leap second counts as the next second, digits beyond milliseconds are cut
/// off.
package enum ISOTime {
    package enum Failure: Error, Equatable, Sendable {
        /// Not of this form, or a day or hour that does not exist.
        case form
        /// Date and time without a zone: nobody can say when that was.
        case noZone
    }

    /// - Parameter bytes: ASCII.
    /// - Returns: milliseconds since 1970-01-01 UTC; negative before.
    package static func millis(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Int64 {
        var scanner = Scanner(bytes: bytes)
        let day = try scanner.date()
        if scanner.isAtEnd { return day * 86_400_000 }
        guard scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: "t")) || scanner.take(UInt8(ascii: " "))
        else { throw .form }
        let time = try scanner.time()
        if scanner.isAtEnd { throw .noZone }
        let offset = try scanner.zone()
        guard scanner.isAtEnd else { throw .form }
        return day * 86_400_000 + time - offset
    }

    package static func millis(_ text: String) throws(Failure) -> Int64 {
        let result = Array(text.utf8).withUnsafeBytes { bytes in Result { () throws(Failure) in try millis(bytes) } }
        return try result.get()
    }
}

private struct Scanner {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Exactly `count` decimal digits.
    mutating func number(_ count: Int, upTo limit: Int64) throws(ISOTime.Failure) -> Int64 {
        guard position + count <= bytes.count else { throw .form }
        var value: Int64 = 0
        for _ in 0..<count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { throw .form }
            value = value * 10 + Int64(digit)
            position += 1
        }
        guard value <= limit else { throw .form }
        return value
    }

    /// Days since 1970-01-01.
    mutating func date() throws(ISOTime.Failure) -> Int64 {
        let year = try number(4, upTo: 9999)
        guard take(UInt8(ascii: "-")) else { throw .form }
        let month = try number(2, upTo: 12)
        guard take(UInt8(ascii: "-")) else { throw .form }
        let day = try number(2, upTo: 31)
        guard month > 0, day > 0, day <= Self.daysIn(month: month, year: year) else { throw .form }
        return Self.days(year: year, month: month, day: day)
    }

    /// Milliseconds since midnight.
    mutating func time() throws(ISOTime.Failure) -> Int64 {
        let hour = try number(2, upTo: 23)
        guard take(UInt8(ascii: ":")) else { throw .form }
        let minute = try number(2, upTo: 59)
        guard take(UInt8(ascii: ":")) else { return (hour * 60 + minute) * 60_000 }
        let second = try number(2, upTo: 60)
        return ((hour * 60 + minute) * 60 + second) * 1000 + (try fraction())
    }

    /// `Z`, `+01`, `+0100`, `+01:00`, in milliseconds east of UTC.
    mutating func zone() throws(ISOTime.Failure) -> Int64 {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let sign: Int64
        if take(UInt8(ascii: "+")) { sign = 1 } else if take(UInt8(ascii: "-")) { sign = -1 } else { throw .noZone }
        let hours = try number(2, upTo: 23)
        _ = take(UInt8(ascii: ":"))
        let minutes = isAtEnd ? 0 : try number(2, upTo: 59)
        return sign * (hours * 60 + minutes) * 60_000
    }

    private mutating func fraction() throws(ISOTime.Failure) -> Int64 {
        guard take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) else { return 0 }
        var millis: Int64 = 0
        var weight: Int64 = 100
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            millis += Int64(digit) * weight
            weight /= 10
            position += 1
        }
        guard position > start else { throw .form }
        return millis
    }

    private static func daysIn(month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The civil calendar counted from March, so that the leap day comes last (Howard Hinnant's method).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
