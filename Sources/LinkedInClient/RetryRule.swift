// SPDX-License-Identifier: Apache-2.0

/// How long to wait before a call is made again. Pure.
package enum RetryRule {
    /// After the first failure; doubles with each further one.
    package static let first = Duration.seconds(1)
    /// A 429 without a hint waits longer: the minute it speaks of must pass.
    package static let firstThrottled = Duration.seconds(60)
    package static let longest = Duration.seconds(600)

    /// - Parameters:
    ///   - attempt: how many times the call has failed, from 1.
    ///   - jitter: 0…1, random; the wait is from half of it to the whole, so that lanes do not come back together.
    /// - Returns: nil when waiting does not help: a person must act.
    package static func delay(attempt: Int, remedy: Remedy, jitter: Double) -> Duration? {
        let hint: Duration?
        let first: Duration
        switch remedy {
        case .retry(let after): (hint, first) = (after, Self.first)
        case .throttled(let retryAfter, _): (hint, first) = (retryAfter, firstThrottled)
        case .reauthenticate, .rereadIntegration, .fixData, .giveUp: return nil
        }
        let doublings = min(max(attempt - 1, 0), 20)
        let whole = min(first * (1 << doublings), longest)
        let spread = whole / 2 + whole / 2 * min(max(jitter, 0), 1)
        // What LinkedIn asks for is never cut short; the jitter of the first wait is put on top of it.
        return hint.map { max($0 + Self.first / 2 * min(max(jitter, 0), 1), Self.first) } ?? spread
    }
}
