// SPDX-License-Identifier: Apache-2.0

/// A date pattern, taken apart once and read by many rows.
enum DatePattern {
    /// What is wrong with a pattern, as a sentence.
    struct Mistake: Error, Sendable { var message: String }

    enum Part: Sendable, Hashable {
        case literal(UInt8)
        case year, shortYear, month, monthName, day, hour, hour12, half, minute, second, fraction, zone
    }

    /// - Throws: `Mistake` for an unknown letter, an open quote, or a pattern without year, month and day.
    static func parse(_ text: String) throws(Mistake) -> [Part] {
        var parts: [Part] = []
        let letters = [UInt8](text.utf8)
        var index = 0
        while index < letters.count {
            let letter = letters[index]
            if letter == UInt8(ascii: "'") {
                guard let end = letters[(index + 1)...].firstIndex(of: letter) else {
                    throw Mistake(message: "the quote ' is never closed")
                }
                parts += end == index + 1 ? [.literal(letter)] : letters[(index + 1)..<end].map(Part.literal)
                index = end + 1
                continue
            }
            guard isLetter(letter) else {
                parts.append(.literal(letter))
                index += 1
                continue
            }
            let end = letters[index...].firstIndex { $0 != letter } ?? letters.count
            let run = String(decoding: letters[index..<end], as: UTF8.self)
            guard let part = part(run) else {
                throw Mistake(
                    message:
                        "'\(run)' means nothing in a date pattern (write it as '\(run)' between quotes to mean itself)")
            }
            parts.append(part)
            index = end
        }
        guard parts.contains(where: { $0 == .year || $0 == .shortYear }),
            parts.contains(where: { $0 == .month || $0 == .monthName }),
            parts.contains(.day)
        else { throw Mistake(message: "a date pattern needs year, month and day, like yyyy-MM-dd HH:mm:ss") }
        return parts
    }

    static func read(_ value: String, by parts: [Part]) -> DateForm.Reading? {
        var scanner = DateScanner(value)
        var time = WallTime(year: 0, month: 0, day: 0)
        var offset: Int64?
        var isAfternoon: Bool?
        for part in parts {
            let found: Bool =
                switch part {
                case .literal(let byte): scanner.take(byte)
                case .year: scanner.digits(4, 4).map { time.year = $0 } != nil
                case .shortYear: scanner.digits(2, 2).map { time.year = 2000 + $0 } != nil
                case .month: scanner.digits(1, 2).map { time.month = $0 } != nil
                case .monthName: scanner.month().map { time.month = $0 } != nil
                case .day: scanner.digits(1, 2).map { time.day = $0 } != nil
                case .hour, .hour12: scanner.digits(1, 2).map { time.hour = $0 } != nil
                case .minute: scanner.digits(1, 2).map { time.minute = $0 } != nil
                case .second: scanner.digits(1, 2).map { time.second = $0 } != nil
                case .fraction: scanner.fraction().map { time.microsecond = $0 } != nil
                case .zone: scanner.zone().map { offset = $0 } != nil
                case .half: half(&scanner).map { isAfternoon = $0 } != nil
                }
            guard found else { return nil }
        }
        if let isAfternoon {
            guard (1...12).contains(time.hour) else { return nil }
            time.hour = time.hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard scanner.isAtEnd, time.isValid else { return nil }
        return DateForm.Reading(time: time, offset: offset)
    }

    private static func half(_ scanner: inout DateScanner) -> Bool? {
        let isAfternoon: Bool
        if scanner.take(UInt8(ascii: "P")) || scanner.take(UInt8(ascii: "p")) {
            isAfternoon = true
        } else if scanner.take(UInt8(ascii: "A")) || scanner.take(UInt8(ascii: "a")) {
            isAfternoon = false
        } else {
            return nil
        }
        return scanner.take(UInt8(ascii: "M")) || scanner.take(UInt8(ascii: "m")) ? isAfternoon : nil
    }

    private static func part(_ run: String) -> Part? {
        switch run {
        case "yyyy": .year
        case "yy": .shortYear
        case "MM", "M": .month
        case "MMM": .monthName
        case "dd", "d": .day
        case "HH", "H": .hour
        case "hh", "h": .hour12
        case "a": .half
        case "mm", "m": .minute
        case "ss", "s": .second
        case "S", "SS", "SSS", "SSSSSS": .fraction
        case "Z", "XXX": .zone
        default: nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
