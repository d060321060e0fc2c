// SPDX-License-Identifier: Apache-2.0

/// How long an answer asks us to wait. LinkedIn documents no such header (jobs-oauth-restli 6, confidence D), but any
/// gateway may send one.
package enum RetryAfter {
    /// Longer waits are not believed: the next UTC midnight is at most this far.
    package static let longest = Duration.seconds(86_400)

    /// The longer of `Retry-After` (seconds or an HTTP date, RFC 9110 10.2.3) and `X-RateLimit-Reset` (seconds from
    /// now, or epoch seconds or milliseconds); nil when neither is there or readable.
    package static func wait(_ headers: [HTTPCall.Header], nowMillis: Int64) -> Duration? {
        let asked = headers.first("Retry-After").flatMap {
            seconds($0) ?? date($0).map { .milliseconds($0 - nowMillis) }
        }
        let untilReset = headers.first("X-RateLimit-Reset").flatMap { reset($0, nowMillis: nowMillis) }
        guard let wait = [asked, untilReset].compactMap({ $0 }).max() else { return nil }
        return min(max(wait, .zero), longest)
    }

    private static func seconds(_ text: String) -> Duration? {
        guard let value = Int64(text.filter { $0 != " " }), value >= 0 else { return nil }
        return .seconds(min(value, longest.components.seconds))
    }

    private static func reset(_ text: String, nowMillis: Int64) -> Duration? {
        guard let value = Int64(text.filter { $0 != " " }), value >= 0 else { return nil }
        switch value {
        case ..<1_000_000_000: return .seconds(min(value, longest.components.seconds))
        case ..<100_000_000_000: return .milliseconds(value * 1000 - nowMillis)
        default: return .milliseconds(value - nowMillis)
        }
    }

    /// Epoch milliseconds of `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that is still sent.
    static func date(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), let year = Int64(words[3]),
            (1970...9999).contains(year),
            let month = months.firstIndex(of: String(words[2])), (1...31).contains(day)
        else { return nil }
        let clock = words[4].split(separator: ":").map { Int64($0) ?? -1 }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return (daysSince1970(year, Int64(month) + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]) * 1000
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Days from the civil date, counting years from March so that the leap day comes last.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
