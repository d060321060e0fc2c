// SPDX-License-Identifier: Apache-2.0

/// How a source writes dates: `format:` of a mapping file.
///
/// `iso` (the default) reads `2007-01-17`, `2007-01-17 14:30:26`, `2007-01-17T14:30:26.5+01:00` and their mixtures;
/// `epoch_seconds` and
/// `epoch_millis` read whole numbers; anything else is a pattern of the letters below, other characters standing for
/// themselves and
/// letters between `'…'` too.
///
///     yyyy year   yy year of 20yy   MM M month   MMM month's name (Jan)   dd d day   HH H hour 0…23   hh h hour 1…12
///  a AM or PM
///     mm m minute   ss s second   SSS fraction of a second, any number of digits   Z zone (Z, +01, +0100, +01:00)
struct DateForm: Sendable, Hashable {
    /// What a text says: a wall time, and the zone's offset in seconds when the text has one.
    struct Reading: Equatable {
        var time: WallTime
        var offset: Int64?
    }

    private enum Kind: Sendable, Hashable {
        case iso, epochSeconds, epochMillis
        case pattern([DatePattern.Part])
    }

    let text: String
    private let kind: Kind

    static let iso = DateForm(text: "iso", kind: .iso)

    /// - Throws: a sentence saying what the pattern lacks or which letter is unknown.
    init(_ text: String) throws(DatePattern.Mistake) {
        self.text = text
        kind =
            switch text {
            case "iso": .iso
            case "epoch_seconds": .epochSeconds
            case "epoch_millis": .epochMillis
            default: .pattern(try DatePattern.parse(text))
            }
    }

    private init(text: String, kind: Kind) {
        self.text = text
        self.kind = kind
    }

    /// - Returns: nil when `value` is not written in this form, or names a day that does not exist.
    func read(_ value: String) -> Reading? {
        switch kind {
        case .iso:
            ISODate.read(value)
        case .epochSeconds:
            Int64(value).flatMap { Self.epoch(seconds: $0, microsecond: 0) }
        case .epochMillis:
            Int64(value).flatMap {
                let (seconds, millis) = $0.flooredDivision(by: 1000)
                return Self.epoch(seconds: seconds, microsecond: Int(millis) * 1000)
            }
        case .pattern(let parts):
            DatePattern.read(value, by: parts)
        }
    }

    private static func epoch(seconds: Int64, microsecond: Int) -> Reading? {
        guard abs(seconds) < 250_000_000_000 else { return nil }
        return Reading(time: WallTime(seconds: seconds, microsecond: microsecond), offset: 0)
    }
}

/// A place in the bytes of a date.
struct DateScanner {
    let bytes: [UInt8]
    private(set) var index = 0

    init(_ text: String) { bytes = [UInt8](text.utf8) }

    var isAtEnd: Bool { index == bytes.count }

    var next: UInt8? { isAtEnd ? nil : bytes[index] }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    /// A number of `least`…`most` digits.
    mutating func digits(_ least: Int, _ most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, let byte = next, byte >= 0x30, byte <= 0x39 {
            value = value * 10 + Int(byte - 0x30)
            index += 1
            count += 1
        }
        return count >= least ? value : nil
    }

    /// The digits of a fraction as microseconds; more than six are cut.
    mutating func fraction() -> Int? {
        let start = index
        guard var value = digits(1, 6) else { return nil }
        for _ in (index - start)..<6 { value *= 10 }
        while digits(1, 9) != nil {}
        return value
    }

    /// `Z`, `+01`, `+0100` or `+01:00` as seconds east of UTC.
    mutating func zone() -> Int64? {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let sign: Int64
        if take(UInt8(ascii: "+")) { sign = 1 } else if take(UInt8(ascii: "-")) { sign = -1 } else { return nil }
        guard let hours = digits(2, 2), hours <= 18 else { return nil }
        let hasColon = take(UInt8(ascii: ":"))
        let minutes = digits(2, 2)
        guard minutes ?? 0 < 60, !hasColon || minutes != nil else { return nil }
        return sign * Int64(hours * 3600 + (minutes ?? 0) * 60)
    }

    /// The number of the month whose English name's first three letters come next.
    mutating func month() -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard index + 3 <= bytes.count else { return nil }
        let word = String(decoding: bytes[index..<index + 3], as: UTF8.self).lowercased()
        guard let found = names.firstIndex(of: word) else { return nil }
        index += 3
        return found + 1
    }
}

/// The forms of ISO 8601 and of SQL that databases and exports write.
enum ISODate {
    static func read(_ value: String) -> DateForm.Reading? {
        var scanner = DateScanner(value)
        let dash = UInt8(ascii: "-")
        guard let year = scanner.digits(4, 4), scanner.take(dash), let month = scanner.digits(1, 2), scanner.take(dash),
            let day = scanner.digits(1, 2)
        else { return nil }
        var time = WallTime(year: year, month: month, day: day)
        var offset: Int64?
        if !scanner.isAtEnd {
            guard scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: " ")) || scanner.take(UInt8(ascii: "t"))
            else { return nil }
            guard let hour = scanner.digits(1, 2), scanner.take(UInt8(ascii: ":")), let minute = scanner.digits(2, 2)
            else { return nil }
            (time.hour, time.minute) = (hour, minute)
            if scanner.take(UInt8(ascii: ":")) {
                guard let second = scanner.digits(2, 2) else { return nil }
                time.second = second
                if scanner.take(UInt8(ascii: ".")) || scanner.take(UInt8(ascii: ",")) {
                    guard let fraction = scanner.fraction() else { return nil }
                    time.microsecond = fraction
                }
            }
            _ = scanner.take(UInt8(ascii: " "))
            if !scanner.isAtEnd {
                guard let zone = scanner.zone() else { return nil }
                offset = zone
            }
        }
        guard scanner.isAtEnd, time.isValid else { return nil }
        return DateForm.Reading(time: time, offset: offset)
    }
}
