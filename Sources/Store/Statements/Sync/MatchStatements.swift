// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Candidates whose match is to be read, the longest overdue first.
    package func matchesDue(customer: Int64, at now: Millis, limit: Int) throws -> [MatchPoll] {
        try rows(
            """
            SELECT rid, id, poll_step FROM record WHERE customer_id = ? AND poll_ms IS NOT NULL AND poll_ms <= ? ORDER BY poll_ms LIMIT ?
            """, [.int(customer), .int(now.value), .int(limit)]
        ) { row in MatchPoll(rid: row.int(0), key: RecordKey(.candidate, id: row.text(1)), step: Int(row.int(2))) }
    }

    /// When the next match is to be read; nil when none is.
    package func nextMatch(customer: Int64) throws -> Millis? {
        try first(
            "SELECT poll_ms FROM record WHERE customer_id = ? AND poll_ms IS NOT NULL ORDER BY poll_ms LIMIT 1",
            [.int(customer)]
        ) { Millis($0.int(0)) }
    }

    /// Stores what readings said: the members replace those that were stored. A candidate that was deleted or sent again meanwhile keeps
    /// its schedule. The ATS is told when the match that decides is another one than before.
    package func storeMatches(_ readings: [MatchReading], customer: Int64, at now: Millis) throws {
        var change = TallyChange()
        for reading in readings {
            let row = try first(
                "SELECT \(RecordRow.columns), id FROM record WHERE customer_id = ? AND rid = ?",
                [.int(customer), .int(reading.rid)]
            ) { (try RecordRow($0), $0.text(RecordRow.columnCount)) }
            guard let (row, id) = row, row.desired != nil else { continue }
            try run(
                "UPDATE record SET poll_ms = ?, poll_step = poll_step + 1 WHERE customer_id = ? AND rid = ? AND poll_step = ?",
                .optional(reading.nextAt?.value), .int(customer), .int(reading.rid), .int(reading.step))
            guard let matched = reading.matched else { continue }
            let removed = try rows(
                "DELETE FROM candidate_match WHERE customer_id = ? AND rid = ? RETURNING person, manual",
                [.int(customer), .int(reading.rid)]
            ) { DecisiveMatch(person: $0.text(0), isManual: $0.flag(1)) }
            for person in Set(matched) {
                try addMatch(person, isManual: false, customer: customer, rid: reading.rid, at: now)
            }
            if let manual = reading.manual {
                try addMatch(manual, isManual: true, customer: customer, rid: reading.rid, at: now)
            }
            var before = row.counted
            before.isMatched = !removed.isEmpty
            var after = row.counted
            after.isMatched = !matched.isEmpty || reading.manual != nil
            change.record(.candidate, from: before, to: after)
            let decisive = DecisiveMatch(matched: matched, manual: reading.manual)
            if decisive != removed.min() {
                try append(.matchChanged(candidate: id, decisive), customer: customer, at: now)
            }
        }
        try apply(change, customer: customer)
        try noteMatches(customer: customer, at: now)
    }

    /// Keeps the day's figures for the chart.
    private func noteMatches(customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO match_day (customer_id, day, candidates, matched)
            SELECT customer_id, ?, observed, matched FROM tally WHERE customer_id = ? AND kind = ?
            ON CONFLICT (customer_id, day) DO UPDATE SET candidates = excluded.candidates, matched = excluded.matched
            """, .int(now.utcDay), .int(customer), .int(RecordKind.candidate.number))
    }

    /// The members that a candidate was matched to, the one that a person chose first.
    func matches(customer: Int64, rid: Int64) throws -> [Match] {
        try rows(
            "SELECT person, manual, read_ms FROM candidate_match WHERE customer_id = ? AND rid = ? ORDER BY manual DESC, person",
            [.int(customer), .int(rid)]
        ) { row in Match(person: row.text(0), isManual: row.flag(1), readAt: Millis(row.int(2))) }
    }

    private func addMatch(_ person: String, isManual: Bool, customer: Int64, rid: Int64, at now: Millis) throws {
        try run(
            "INSERT INTO candidate_match (customer_id, rid, person, manual, read_ms) VALUES (?, ?, ?, ?, ?)",
            .int(customer), .int(rid), .text(person), .flag(isManual), .int(now.value))
    }
}
