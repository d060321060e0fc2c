// SPDX-License-Identifier: Apache-2.0

/// When what is due will be at LinkedIn. Pure: reckoned from what was measured and from what the quotas still allow, whichever is less.
package struct Forecast: Hashable, Sendable {
    /// What holds it up.
    package enum Limit: Hashable, Sendable {
        /// As fast as records are made ready and LinkedIn answers.
        case pace
        /// LinkedIn takes so many records a minute.
        case minute(Int)
        /// The rest of today's quota ends first; it goes on at midnight UTC.
        case day
    }

    /// Records a minute.
    package var rate: Double
    /// How long it takes from now.
    package var left: Duration
    package var limit: Limit

    /// - Parameters:
    ///   - due: records to be sent.
    ///   - measured: records a minute lately; nil when nothing was sent lately.
    ///   - spent: of today's quota.
    ///   - perCall: records that one call carries.
    /// - Returns: nil when nothing is due, or when nothing was sent lately although it could have been: then nobody knows.
    package static func of(
        due: Int, measured: Double?, limits: Budget.Limits, spent: Budget.Day, perCall: Int = 100, at now: Millis
    ) -> Self? {
        guard due > 0 else { return nil }
        let today = room(limits, spent, perCall)
        if today == 0, let whole = room(limits, Budget.Day(), perCall) {
            let rate = min(measured ?? .infinity, limits.recordsPerMinute.map(Double.init) ?? .infinity)
            return Self(
                rate: 0, left: (now.nextUTCMidnight - now) + days(due, whole, rate.isFinite ? rate : nil), limit: .day)
        }
        guard let measured, measured > 0 else { return nil }
        var (rate, limit) = (measured, Limit.pace)
        if let most = limits.recordsPerMinute, measured > Double(most) * 0.9 {
            (rate, limit) = (min(measured, Double(most)), .minute(most))
        }
        guard let today, today < due else { return Self(rate: rate, left: minutes(Double(due) / rate), limit: limit) }
        let whole = room(limits, Budget.Day(), perCall) ?? due
        return Self(
            rate: rate, left: (now.nextUTCMidnight - now) + days(due - today, whole, rate), limit: .day)
    }

    /// Records that the day's quota still takes; nil without one.
    private static func room(_ limits: Budget.Limits, _ spent: Budget.Day, _ perCall: Int) -> Int? {
        [
            limits.requestsPerDay.map { max(0, $0 - spent.requests) * perCall },
            limits.recordsPerDay.map { max(0, $0 - spent.records) },
        ].compactMap(\.self).min()
    }

    /// How long `due` records take from a midnight on.
    private static func days(_ due: Int, _ perDay: Int, _ rate: Double?) -> Duration {
        let full = max(0, due - 1) / max(1, perDay)
        let rest = due - full * perDay
        return .seconds(86_400 * full) + (rate.map { minutes(Double(rest) / $0) } ?? .zero)
    }

    private static func minutes(_ minutes: Double) -> Duration { .milliseconds(Int64(minutes * 60_000)) }
}
