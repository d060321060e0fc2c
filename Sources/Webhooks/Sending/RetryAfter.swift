// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn

/// For how long a receiver asks to be left alone: seconds, or a date (RFC 9110 10.2.3).
enum RetryAfter {
    /// - Parameters:
    ///   - date: the answer's `Date`. A date is compared with the receiver's own clock where the answer tells it, because that is the clock
    ///     it was made with.
    ///   - now: ours, for an answer without one.
    /// - Returns: nil for a text that is neither.
    static func wait(_ text: String, date: String?, at now: Millis) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(seconds) }
        let clock = date.flatMap { HTTPDate.milliseconds($0) } ?? now.value
        return HTTPDate.milliseconds(text).map { .milliseconds(max($0 - clock, 0)) }
    }
}
