// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// How long an answer asks us to wait. LinkedIn documents no such header (jobs-oauth-restli 6, confidence D), but any
/// gateway may send one.
package enum RetryAfter {
    /// Longer waits are not believed: the next UTC midnight is at most this far.
    package static let longest = Duration.seconds(86_400)

    /// The longer of `Retry-After` (seconds or an HTTP date, RFC 9110 10.2.3) and `X-RateLimit-Reset` (seconds from
    /// now, or epoch seconds or milliseconds); nil when neither is there or readable.
    package static func wait(_ headers: [HTTPCall.Header], nowMillis: Int64) -> Duration? {
        let asked = headers.first("Retry-After").flatMap {
            seconds($0) ?? HTTPDate.milliseconds($0).map { .milliseconds($0 - nowMillis) }
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
}
