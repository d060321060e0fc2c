// SPDX-License-Identifier: Apache-2.0

/// What a clock on the wall shows: a date and a time of day without a zone.
struct WallTime: Sendable, Hashable, CustomStringConvertible {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0
    var microsecond = 0

    /// Whether such a day and time exist in the proleptic Gregorian calendar. A leap second (60) counts as existing.
    var isValid: Bool {
        (1...9999).contains(year) && (1...12).contains(month) && day >= 1 && day <= Self.days(in: month, of: year)
            && (0...23).contains(hour) && (0...59).contains(minute) && (0...60).contains(second)
            && (0...999_999).contains(microsecond)
    }

    /// Seconds since 1970-01-01 00:00 of the same wall.
    var seconds: Int64 {
        Self.dayNumber(year: year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// `yyyy-MM-dd HH:mm:ss`, with `.ffffff` when there is a fraction. Sorts like time does for years 0…9999 of the
    /// same precision.
    var description: String {
        let whole =
            "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2)) \(Self.pad(hour, 2)):\(Self.pad(minute, 2)):\(Self.pad(second, 2))"
        return microsecond == 0 ? whole : whole + "." + Self.pad(microsecond, 6)
    }

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The wall time that is `seconds` after 1970-01-01 00:00 of the same wall.
    init(seconds: Int64, microsecond: Int = 0) {
        let (day, rest) = seconds.flooredDivision(by: 86_400)
        (year, month, self.day) = Self.date(day)
        hour = Int(rest / 3600)
        minute = Int(rest % 3600 / 60)
        second = Int(rest % 60)
        self.microsecond = microsecond
    }

    static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01. The year is taken to begin in March, so that the leap day is its last.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int64 {
        let (years, march) = month > 2 ? (Int64(year), Int64(month - 3)) : (Int64(year - 1), Int64(month + 9))
        let (era, yearOfEra) = years.flooredDivision(by: 400)
        let dayOfYear = (153 * march + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
        let (era, day) = (dayNumber + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (
            Int(era * 400 + yearOfEra + (month <= 2 ? 1 : 0)), Int(month), Int(dayOfYear - (153 * march + 2) / 5 + 1)
        )
    }
}

extension Int64 {
    /// Quotient towards minus infinity, and the rest that is never negative.
    func flooredDivision(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
