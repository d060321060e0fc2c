// SPDX-License-Identifier: Apache-2.0

extension Millis {
    /// `2026-03-01T09:30:00.000Z`: the form of every time in our API and in events.
    ///
    /// By hand, because the feed writes thousands of them a second. Years 0 to 9999.
    package var iso8601: String {
        let (year, month, day) = Self.civil(fromDay: utcDay)
        let rest = Int(value - utcDay * 86_400_000)
        return String(unsafeUninitializedCapacity: 24) { text in
            var index = 0
            func digits(_ number: Int, _ count: Int, then separator: Unicode.Scalar) {
                var number = number
                for place in stride(from: index + count - 1, through: index, by: -1) {
                    text[place] = UInt8(ascii: "0") + UInt8(number % 10)
                    number /= 10
                }
                text[index + count] = UInt8(ascii: separator)
                index += count + 1
            }
            digits(year, 4, then: "-")
            digits(month, 2, then: "-")
            digits(day, 2, then: "T")
            digits(rest / 3_600_000, 2, then: ":")
            digits(rest / 60_000 % 60, 2, then: ":")
            digits(rest / 1000 % 60, 2, then: ".")
            digits(rest % 1000, 3, then: "Z")
            return index
        }
    }

    /// The date of a day since 1970-01-01 in the Gregorian calendar: counted in eras of 400 years that begin on 1 March.
    private static func civil(fromDay day: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = max(0, min(9999, yearOfEra + era * 400 + (month <= 2 ? 1 : 0)))
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
