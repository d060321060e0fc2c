// SPDX-License-Identifier: Apache-2.0

/// Which cursor is read next. Pure.
///
/// Whatever is due longest goes first, and every call makes its cursor due later, so seats and contracts take turns. History goes when
/// nothing else is due, with the calls that regular looks will not need before midnight.
package enum PullPlan {
    package enum Step: Hashable, Sendable {
        case call(PullCursor.Key)
        /// nil: nothing will be due by itself.
        case wait(until: Millis?)
    }

    /// - Parameters:
    ///   - isHeld: feeds that may not call now.
    ///   - spare: calls of today that history may take; nil without a limit.
    package static func next(
        _ cursors: some Sequence<PullCursor>, at now: Millis, spare: Int?, isHeld: (PullFeed) -> Bool
    ) -> Step {
        var best: PullCursor?
        var wake: Millis?
        for cursor in cursors where !isHeld(cursor.feed) {
            guard var due = cursor.dueAt else { continue }
            if cursor.key.isHistory, let spare, spare <= 0 { due = max(due, now.nextUTCMidnight) }
            if due > now {
                wake = min(wake ?? due, due)
            } else if best.map({ goes(cursor, before: $0) }) ?? true {
                best = cursor
            }
        }
        return best.map { .call($0.key) } ?? .wait(until: wake)
    }

    private static func goes(_ one: PullCursor, before other: PullCursor) -> Bool {
        if one.key.isHistory != other.key.isHistory { return other.key.isHistory }
        if one.dueAt != other.dueAt { return (one.dueAt ?? one.through) < (other.dueAt ?? other.through) }
        if one.through != other.through { return one.through < other.through }
        return (one.key.contract, one.key.seat, one.feed.rawValue) < (
            other.key.contract, other.key.seat, other.feed.rawValue
        )
    }

    /// Between two regular looks: as the pace says, or as often as the day's calls allow.
    ///
    /// - Parameter limit: calls a day that all feeds of a contract share; nil without a limit.
    package static func interval(
        _ feed: PullFeed, among cursors: some Sequence<PullCursor>, limit: Int?, _ pace: PullPace
    ) -> Duration {
        guard !feed.isList, let limit else { return pace.interval(feed) }
        let looks = cursors.count { !$0.key.isHistory && $0.dueAt != nil && !$0.feed.isList }
        let affordable = max(1, limit * pace.regularShare / 100)
        return max(pace.interval(feed), .milliseconds(Int64(86_400_000) * Int64(looks) / Int64(affordable)))
    }

    /// Calls that regular looks will need before the UTC day ends.
    package static func reserve(_ cursors: [PullCursor], at now: Millis, limit: Int?, _ pace: PullPace) -> Int {
        let left = (now.nextUTCMidnight - now).milliseconds
        let interval = interval(.inMail, among: cursors, limit: limit, pace)
        return cursors.reduce(0) { sum, cursor in
            guard !cursor.key.isHistory, cursor.dueAt != nil, cursor.feed != .closedProfiles else { return sum }
            let pause = cursor.feed.isList ? pace.interval(cursor.feed) : interval
            return sum + Int(left / max(1, pause.milliseconds)) + 1
        }
    }
}
