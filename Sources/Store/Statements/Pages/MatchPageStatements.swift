// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// How many candidates were matched on one day.
package struct MatchDay: Hashable, Sendable {
    /// Days since 1970 UTC.
    package var day: Int64
    package var candidates: Int
    package var matched: Int
}

/// A candidate that LinkedIn found no member for, or has not looked for yet.
package struct UnmatchedLine: Sendable {
    package var line: RecordLine
    /// When it is asked for next; nil when it is not asked for any more.
    package var nextAt: Millis?
    /// Whether it was asked for since LinkedIn accepted it.
    package var wasRead: Bool
}

/// The member that somebody chose for a candidate, and whether LinkedIn knows.
package struct ManualChoice: Hashable, Sendable {
    package enum State: Int64, Sendable { case due = 0, written = 1, refused = 2 }

    /// nil: the choice is being taken back.
    package var person: String?
    package var state: State
    package var reason: String?
}

extension SQLTransaction {
    /// The days on which matches were read, oldest first.
    package func matchDays(customer: Int64, since day: Int64) throws -> [MatchDay] {
        try rows(
            "SELECT day, candidates, matched FROM match_day WHERE customer_id = ? AND day >= ? ORDER BY day",
            [.int(customer), .int(day)]
        ) { MatchDay(day: $0.int(0), candidates: Int($0.int(1)), matched: Int($0.int(2))) }
    }

    /// Candidates that LinkedIn holds and that are matched to nobody, by id.
    ///
    /// - Parameter after: the last id that was looked at.
    /// - Returns: `next` is nil on the last page.
    package func unmatched(customer: Int64, after: String = "", limit: Int = 50) throws -> (
        lines: [UnmatchedLine], next: String?, isCut: Bool
    ) {
        var found: [(rid: Int64, id: String, nextAt: Millis?, wasRead: Bool)] = []
        var (looked, next, isCut): (Int, String?, Bool) = (0, nil, false)
        try each(
            """
            SELECT rid, id, poll_ms, poll_step, observed IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM candidate_match m WHERE m.customer_id = r.customer_id AND m.rid = r.rid)
            FROM record r WHERE customer_id = ? AND kind = ? AND parent = '' AND id > ? ORDER BY id
            """, [.int(customer), .int(RecordKind.candidate.number), .text(after)]
        ) { row in
            if found.count == limit {
                next = found.last?.id
                return false
            }
            if row.flag(4) {
                found.append((row.int(0), row.text(1), row.optionalInt(2).map(Millis.init), row.int(3) > 0))
            }
            looked += 1
            guard looked == 10_000 else { return true }
            (next, isCut) = (row.text(1), found.count < limit)
            return false
        }
        let lines = try found.compactMap { found in
            try self.lines([found.rid]).first.map {
                UnmatchedLine(line: $0, nextAt: found.nextAt, wasRead: found.wasRead)
            }
        }
        return (lines, next, isCut)
    }

    /// Candidates that are matched, in our order, each with its members.
    ///
    /// - Parameter after: the last `rid` of the page before.
    package func matched(customer: Int64, after: Int64 = 0, limit: Int = 50) throws -> [RecordLine] {
        let rids = try rows(
            "SELECT DISTINCT rid FROM candidate_match WHERE customer_id = ? AND rid > ? ORDER BY rid LIMIT ?",
            [.int(customer), .int(after), .int(limit)]
        ) { $0.int(0) }
        return try lines(rids).map { line in
            var line = line
            line.status.matches = try matches(customer: customer, rid: line.rid)
            return line
        }
    }

    /// What somebody chose for a candidate; nil when nobody did.
    package func manualChoice(candidate: String, customer: Int64) throws -> ManualChoice? {
        try first(
            "SELECT person, state, reason FROM manual_match WHERE customer_id = ? AND candidate = ?",
            [.int(customer), .text(candidate)]
        ) { row in
            ManualChoice(
                person: row.optionalText(0), state: ManualChoice.State(rawValue: row.int(1)) ?? .due,
                reason: row.optionalText(2))
        }
    }

    /// How many suggestions wait for an answer.
    package func openSuggestions(customer: Int64) throws -> Int {
        try first(
            "SELECT count(*) FROM tie_suggestion WHERE customer_id = ? AND state = ?",
            [.int(customer), .int(TieSuggestion.State.open.rawValue)]
        ) { Int($0.int(0)) } ?? 0
    }

    /// What is written down about a candidate in the event feed, the latest first.
    package func history(candidate: String, customer: Int64, limit: Int) throws -> [Event] {
        // The plus keeps engines from reading the whole feed backwards.
        try rows(
            """
            SELECT number, type, at_ms, candidate, person, data FROM event WHERE customer_id = ? AND candidate = ?
            ORDER BY +number DESC LIMIT ?
            """, [.int(customer), .text(candidate), .int(limit)]
        ) { row in
            Event(
                number: row.int(0), type: row.text(1), at: Millis(row.int(2)), candidate: row.optionalText(3),
                person: row.optionalText(4), data: row.optionalBlob(5))
        }
    }
}
