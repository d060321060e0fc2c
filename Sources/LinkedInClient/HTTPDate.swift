// SPDX-License-Identifier: Apache-2.0

/// The date form of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7, the preferred form).
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Returns: seconds since 1970; nil for any other text.
    static func seconds(_ text: String) -> Int64? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: words[2]), let year = Int64(words[3]), (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3 else { return nil }
        // Days from civil, with March as the first month, so that the leap day is the last of its year.
        let shifted = Int64((month + 10) % 12)
        let years = shifted > 9 ? year - 1 : year
        let era = years / 400
        let dayOfEra = (years % 400) * 365 + (years % 400) / 4 - (years % 400) / 100 + (153 * shifted + 2) / 5 + day - 1
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
