// SPDX-License-Identifier: Apache-2.0

/// Which cursors a contract has, given its seats. Pure.
///
/// InMail is read seat by seat, because its finder takes one viewer; notes and stub profiles take many owners, so all seats of a contract
/// share a call. What a seat left behind is still read for changes: a note may be deleted after its author has gone.
package enum PullRoster {
    /// Owners in one call. Their URNs make a long query, which is tunnelled; that LinkedIn takes so many is UNVERIFIED.
    package static let largestGroup = 500

    /// - Parameters:
    ///   - cursors: of one contract, lists left out.
    ///   - seats: all that were ever seen on it.
    ///   - origin: nothing before this moment is read.
    /// - Returns: all cursors that the contract has from now on.
    package static func cursors(
        _ cursors: [PullCursor], contract: Int64, seats: [Seat], origin: Millis, at now: Millis, _ pace: PullPace
    ) -> [PullCursor] {
        var result = inMail(
            cursors.filter { $0.feed == .inMail }, contract, seats.filter(\.isActive), origin, now, pace)
        for feed in [PullFeed.notes, .stubProfiles] {
            result += grouped(feed, cursors.filter { $0.feed == feed }, contract, seats, origin, now, pace)
        }
        return result
    }

    private static func inMail(
        _ cursors: [PullCursor], _ contract: Int64, _ active: [Seat], _ origin: Millis, _ now: Millis, _ pace: PullPace
    ) -> [PullCursor] {
        let numbers = Set(active.map(\.number))
        var result = cursors.map { cursor in
            guard !cursor.key.isHistory else { return cursor }
            var cursor = cursor
            if numbers.contains(cursor.key.seat) {
                if cursor.dueAt == nil || cursor.stop != nil { cursor.dueAt = now }
                cursor.stop = nil
            } else if cursor.dueAt != nil, cursor.stop == nil {
                cursor.stop = now
                cursor.dueAt = now
            }
            return cursor
        }
        let known = Set(cursors.map(\.key.seat))
        for seat in numbers.subtracting(known).sorted() {
            result += fresh(.inMail, contract, [seat], origin, now, pace)
        }
        return result
    }

    private static func grouped(
        _ feed: PullFeed, _ cursors: [PullCursor], _ contract: Int64, _ seats: [Seat], _ origin: Millis, _ now: Millis,
        _ pace: PullPace
    ) -> [PullCursor] {
        let regular = merged(cursors.filter { !$0.key.isHistory }, at: now, pace)
        let known = Set(regular.flatMap(\.owners))
        var new = Set(seats.map(\.number)).subtracting(known).sorted()[...]
        var result = regular + cursors.filter(\.key.isHistory)
        while !new.isEmpty {
            result += fresh(feed, contract, Array(new.prefix(largestGroup)), origin, now, pace)
            new = new.dropFirst(largestGroup)
        }
        return result
    }

    /// A regular cursor from the last hours on, and one for the time before: what happens now is not kept waiting by years of history.
    private static func fresh(
        _ feed: PullFeed, _ contract: Int64, _ owners: [Int64], _ origin: Millis, _ now: Millis, _ pace: PullPace
    ) -> [PullCursor] {
        let from = max(now - pace.window + pace.overlap, origin)
        // The overlap of the first window must not reach before the origin.
        var result = [
            PullCursor(
                .init(feed, contract: contract, seat: owners[0]), owners: owners, through: from + pace.overlap,
                dueAt: max(now, from + pace.overlap))
        ]
        if origin < from {
            result.append(
                PullCursor(
                    .init(feed, contract: contract, seat: owners[0], isHistory: true), owners: owners,
                    through: origin + pace.overlap, stop: from, dueAt: now))
        }
        return result
    }

    /// Groups that are level with each other become one, so that a seat that came later costs no calls of its own for long.
    private static func merged(_ cursors: [PullCursor], at now: Millis, _ pace: PullPace) -> [PullCursor] {
        let level = cursors.filter { $0.window == nil && now - $0.through <= pace.window / 2 }
        let owners = level.flatMap(\.owners).sorted()
        guard level.count > 1, owners.count <= largestGroup, let through = level.map(\.through).min(),
            let feed = level.first?.feed, let contract = level.first?.key.contract
        else { return cursors }
        let keys = Set(level.map(\.key))
        let whole = PullCursor(
            .init(feed, contract: contract, seat: owners[0]), owners: owners, through: through,
            dueAt: level.compactMap(\.dueAt).min() ?? now)
        return [whole] + cursors.filter { !keys.contains($0.key) }
    }
}
