// SPDX-License-Identifier: Apache-2.0

/// How long to wait before a call is repeated. Pure.
package enum RetryRule {
    package static let first: Duration = .seconds(1)
    package static let longest: Duration = .seconds(60)

    /// Doubles from a second to a minute, spread between half and whole, and never shorter than LinkedIn asked for.
    ///
    /// - Parameters:
    ///   - attempt: how many tries failed before, from 0.
    ///   - jitter: 0 ≤ jitter < 1.
    /// - Returns: nil when trying again is no remedy.
    package static func delay(attempt: Int, remedy: LinkedInError.Remedy, jitter: Double) -> Duration? {
        guard case .retry(let asked) = remedy else { return nil }
        let whole = min(first * (1 << min(max(attempt, 0), 16)), longest)
        return max(whole * (0.5 + jitter / 2), asked ?? .zero)
    }
}

/// How long LinkedIn asks us to wait.
enum RetryHint {
    /// `Retry-After` in seconds or as an HTTP date, else `X-RateLimit-Reset` in seconds, absolute or relative. Neither is documented by
    /// LinkedIn (jobs-oauth-restli 6), so any form that somebody could send is understood. At most a day.
    static func wait(_ answer: HTTPAnswer, nowSeconds: Int64) -> Duration? {
        let seconds: Int64?
        if let text = answer.header("retry-after") {
            seconds = Int64(text) ?? HTTPDate.seconds(text).map { $0 - nowSeconds }
        } else if let reset = answer.header("x-ratelimit-reset").flatMap({ Int64($0) }) {
            seconds = reset > 1_000_000_000 ? reset - nowSeconds : reset
        } else {
            seconds = nil
        }
        return seconds.map { .seconds(min(max($0, 0), 86_400)) }
    }
}
