// SPDX-License-Identifier: Apache-2.0

/// What one child application may still ask of one endpoint group, as a value: no clock, no storage, no waiting inside.
///
/// LinkedIn documents no rate-limit header, so we count for ourselves (protocol reference, section 1.5). Two things are unknown and both
/// answers must hold: whether a minute is a calendar minute or a sliding one, and when within a call LinkedIn counts it. So a spend is
/// held *on the wire* from before the call is sent until its answer is here, and leaves the window 60 s and a margin after the answer.
/// Any 60 s of LinkedIn's clock, and so any calendar minute, then holds at most the limit.
///
/// A day is LinkedIn's UTC day (documented). Its clock may differ from ours by `Limits.daySkew`, so a call near midnight counts for both days.
package struct Budget: Sendable {
    /// How much is allowed; nil means no limit is known.
    package struct Limits: Hashable, Sendable {
        package var recordsPerMinute: Int?
        package var recordsPerDay: Int?
        package var requestsPerDay: Int?
        /// Added to the 60 s of the window: clocks that run at slightly different speeds, and rounding to milliseconds.
        package var margin: Duration = .milliseconds(250)
        /// How far apart the two sides' midnights may be.
        package var daySkew: Duration = .seconds(5)

        package init(recordsPerMinute: Int? = nil, recordsPerDay: Int? = nil, requestsPerDay: Int? = nil) {
            self.recordsPerMinute = recordsPerMinute
            self.recordsPerDay = recordsPerDay
            self.requestsPerDay = requestsPerDay
        }

        package static let none = Self()
    }

    package enum Decision: Hashable, Sendable {
        /// It is charged: send, and say `answered` when the answer, or the lack of one, is here.
        case go
        /// Nothing is charged: ask again then.
        case wait(until: Millis)
    }

    /// Sums of one UTC day.
    package struct Day: Hashable, Sendable {
        package var records = 0
        package var requests = 0

        package init(records: Int = 0, requests: Int = 0) {
            self.records = records
            self.requests = requests
        }
    }

    package let limits: Limits
    private var window = SlidingWindow()
    private var onWire = 0
    private var days: [Int64: Day] = [:]
    private var brake = Brake()

    /// - Parameters:
    ///   - window: what was spent in the last minutes, oldest first.
    ///   - days: what was spent on the UTC days that matter now, by `Millis.utcDay`; contains `window`.
    package init(_ limits: Limits, window: [Spend] = [], days: [Int64: Day] = [:]) {
        self.limits = limits
        self.days = days
        for entry in window { self.window.add(entry.records, at: entry.at) }
    }

    /// The budget of a process that takes over from one that died or stopped: durable reservations say when a call was *about to be sent*,
    /// nothing says when LinkedIn counted it, so each counts from the latest moment at which that may have been.
    ///
    /// - Parameters:
    ///   - reserved: the reservations of the last minutes, at least `longestCall` and 61 s back, oldest first.
    ///   - days: sums by UTC day, `reserved` included.
    ///   - longestCall: after this long a call is given up.
    package static func resumed(
        _ limits: Limits, reserved: [Spend], days: [Int64: Day], longestCall: Duration, at now: Millis
    ) -> Self {
        Self(
            limits,
            window: reserved.map {
                Spend(at: min($0.at + longestCall, now), records: $0.records, requests: $0.requests)
            }, days: days)
    }

    /// Asks to send one call now, and charges it if it may go.
    ///
    /// - Parameters:
    ///   - records: in the call; at most `largestCall`.
    ///   - leaving: records of this minute that must stay free for somebody more important.
    package mutating func maySpend(records: Int, requests: Int = 1, at now: Millis, leaving: Int = 0) -> Decision {
        window.forget(at: now, length: length)
        if let until = nextMoment(records: records, requests: requests, at: now, leaving: leaving) {
            return .wait(until: until)
        }
        onWire += records
        for day in touchedDays(now) { charge(day, records: records, requests: requests) }
        return .go
    }

    /// The call that `maySpend` let go has ended, well or badly. Its records leave the window a minute from now.
    ///
    /// - Parameter sentAt: the moment given to `maySpend`: a call that was under way at midnight counts for the new day, too.
    package mutating func answered(records: Int, requests: Int = 1, sentAt: Millis, at now: Millis) {
        onWire -= records
        window.add(records, at: now)
        let before = touchedDays(sentAt)
        for day in touchedDays(now) where !before.contains(day) { charge(day, records: records, requests: requests) }
    }

    /// LinkedIn said 429 all the same: half the pace until a minute has passed without another one.
    ///
    /// - Parameters:
    ///   - until: from `Retry-After` or `X-RateLimit-Reset`, when there is one.
    ///   - wholeDay: the message named the day's limit. Then nothing goes before 00:00 UTC, if our own count agrees: a day that we hardly
    ///     began is not given up for one word, but asked for again ever less often.
    package mutating func throttled(at now: Millis, until: Millis? = nil, wholeDay: Bool = false) {
        let midnight = wholeDay && isDayNearlySpent(now) ? now.nextUTCMidnight + limits.daySkew : nil
        brake.press(at: now, until: until ?? midnight)
    }

    /// The most records one call may carry, 100 at the most (documented batch limit, protocol reference 1.5).
    package var largestCall: Int { max(1, min(100, limits.recordsPerMinute ?? 100, limits.recordsPerDay ?? 100)) }

    /// What the status page shows.
    package func usage(at now: Millis) -> BudgetUsage {
        let today = days[now.utcDay] ?? Day()
        return BudgetUsage(
            requestsToday: today.requests, requestsPerDay: limits.requestsPerDay,
            recordsLastMinute: onWire + window.sum(at: now, length: length), recordsPerMinute: limits.recordsPerMinute,
            nextAt: nextMoment(records: 1, requests: 1, at: now, leaving: 0), isThrottled: brake.divisor(at: now) > 1)
    }
}

/// One budget as people and programs see it.
package struct BudgetUsage: Hashable, Sendable {
    package var requestsToday: Int
    package var requestsPerDay: Int?
    package var recordsLastMinute: Int
    package var recordsPerMinute: Int?
    /// When the next call may go; nil is now.
    package var nextAt: Millis?
    /// LinkedIn said 429 within the last minute.
    package var isThrottled: Bool
}

extension Budget {
    private var length: Duration { .seconds(60) + limits.margin }

    /// When a call could go; nil is now. Never earlier than the truth when nothing else is spent meanwhile.
    private func nextMoment(records: Int, requests: Int, at now: Millis, leaving: Int) -> Millis? {
        for day in touchedDays(now) {
            let spent = days[day] ?? Day()
            if let most = limits.requestsPerDay, spent.requests + requests > most { return nextDay(after: now) }
            if let most = limits.recordsPerDay, spent.records + records > most { return nextDay(after: now) }
        }
        let held = brake.until.flatMap { $0 > now ? $0 : nil }
        guard let perMinute = limits.recordsPerMinute else { return held }
        // Never less than one call, or a braked budget would wait for ever.
        let allowed = max(perMinute / brake.divisor(at: now) - leaving, records)
        let free = window.moment(whenAtMost: allowed - records - onWire, at: now, length: length)
        return [held, free].compactMap(\.self).max()
    }

    /// Nine tenths of a day's limit, or no known limit to compare with.
    private func isDayNearlySpent(_ now: Millis) -> Bool {
        let spent = days[now.utcDay] ?? Day()
        if let most = limits.requestsPerDay, spent.requests * 10 >= most * 9 { return true }
        if let most = limits.recordsPerDay, spent.records * 10 >= most * 9 { return true }
        return limits.requestsPerDay == nil && limits.recordsPerDay == nil
    }

    /// The day a moment belongs to, and the neighbour when midnight is near.
    private func touchedDays(_ moment: Millis) -> ClosedRange<Int64> {
        (moment - limits.daySkew).utcDay...(moment + limits.daySkew).utcDay
    }

    /// The first moment that counts for no day already touched now.
    private func nextDay(after now: Millis) -> Millis {
        let today = Millis((touchedDays(now).upperBound) * 86_400_000)
        // Just before midnight the full day may be the old one; just after it, too. Then the wait is seconds, not a day.
        let crossing = today + limits.daySkew
        return now < crossing ? crossing : now.nextUTCMidnight + limits.daySkew
    }

    private mutating func charge(_ day: Int64, records: Int, requests: Int) {
        days[day, default: Day()].records += records
        days[day, default: Day()].requests += requests
        if days.count > 3 { days = days.filter { $0.key >= day - 1 } }
    }
}
