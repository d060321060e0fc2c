// SPDX-License-Identifier: Apache-2.0

/// A date in a header, as LinkedIn's gateways and the receivers of webhooks write it.
package enum HTTPDate {
    /// Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`, the only form of RFC 9110 5.6.7 that is still sent; nil for anything else.
    package static func milliseconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), let year = Int64(words[3]),
            (1970...9999).contains(year), let month = months.firstIndex(of: words[2]), (1...31).contains(day)
        else { return nil }
        let clock = words[4].split(separator: ":").map { Int64($0) ?? -1 }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        let days = Self.days(year, Int64(month) + 1, day)
        return (days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days since 1970-01-01 of a civil date, counting years from March so that the leap day comes last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
