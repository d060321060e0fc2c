// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// A source whose time has come.
package struct SourceDue: Hashable, Sendable {
    package var customer: Int64
    package var name: String

    package init(customer: Int64, name: String) {
        self.customer = customer
        self.name = name
    }
}

extension SQLTransaction {
    /// Sources that are due and that no process runs, the one that waits longest first.
    package func sourcesDue(at now: Millis, limit: Int) throws -> [SourceDue] {
        try rows(
            """
            SELECT s.customer_id, s.name FROM source s WHERE s.due_ms IS NOT NULL AND s.due_ms <= ? AND NOT EXISTS (
                SELECT 1 FROM lease l WHERE l.customer_id = s.customer_id AND l.name = 'source/' || s.name AND l.expires_ms > ?)
            ORDER BY s.due_ms LIMIT ?
            """, [.int(now.value), .int(now.value), .int(limit)]
        ) { SourceDue(customer: $0.int(0), name: $0.text(1)) }
    }

    /// Begins a run. One that a process left behind ends here.
    ///
    /// `due_ms` and `is_full` stay until the run ends: when this process dies, another one begins again.
    ///
    /// - Returns: nil when the source is gone.
    package func beginRun(of name: String, customer: Int64, at now: Millis) throws -> (
        source: StoredSource, run: SourceRunRecord
    )? {
        guard let source = try source(name, customer: customer) else { return nil }
        try run(
            """
            UPDATE source_run SET state = 3, ended_ms = ?, reason = 'the process that ran it went away'
            WHERE customer_id = ? AND name = ? AND state = 0
            """, .int(now.value), .int(customer), .text(name))
        let last = try first(
            "SELECT max(run) FROM source_run WHERE customer_id = ? AND name = ?", [.int(customer), .text(name)]
        ) { $0.int(0) }
        let record = SourceRunRecord(
            number: (last ?? 0) + 1, revision: source.revision, askedBy: source.askedBy, isFull: source.isFull,
            begunAt: now)
        try run(
            """
            INSERT INTO source_run (customer_id, name, run, revision, asked_by, is_full, begun_ms, state, rows_read, added, changed,
                unchanged, deleted, refused, warnings)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)
            """,
            .int(customer), .text(name), .int(record.number), .int(record.revision), .optional(record.askedBy),
            .flag(record.isFull), .int(now.value))
        try run(
            "UPDATE source SET stops = 0, asked_by = NULL WHERE customer_id = ? AND name = ?", .int(customer),
            .text(name))
        return (source, record)
    }

    /// Writes down how far a run is.
    ///
    /// - Returns: whether somebody wants it to end.
    package func noteRun(
        _ number: Int64, of name: String, _ counts: SourceRunRecord.Counts, customer: Int64
    ) throws -> Bool {
        try write(counts, run: number, of: name, customer: customer)
        return try source(name, customer: customer)?.stops ?? true
    }

    /// Ends a run and says when the next is due.
    ///
    /// - Parameters:
    ///   - problems: the first ones.
    ///   - goesOn: it was stopped by the end of the process, and is due at once for whoever comes next.
    package func endRun(
        _ record: SourceRunRecord, of name: String, problems: [SourceProblem], goesOn: Bool = false, customer: Int64,
        at now: Millis
    ) throws {
        try write(record.counts, run: record.number, of: name, customer: customer)
        try run(
            "UPDATE source_run SET state = ?, ended_ms = ?, reason = ? WHERE customer_id = ? AND name = ? AND run = ?",
            .int(record.state.rawValue), .int(now.value), .optional(record.reason), .int(customer), .text(name),
            .int(record.number))
        for (index, problem) in problems.enumerated() {
            try run(
                """
                INSERT INTO source_problem (customer_id, name, run, number, place, kind, candidate, job, message, is_warning)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .int(customer), .text(name), .int(record.number), .int(index + 1), .text(problem.place),
                .text(problem.kind), .optional(problem.candidate), .optional(problem.job), .text(problem.message),
                .flag(problem.isWarning))
        }
        if !goesOn { try planNext(after: record, of: name, customer: customer, at: now) }
        for table in ["source_problem", "source_run"] {
            try run(
                "DELETE FROM \(table) WHERE customer_id = ? AND name = ? AND run <= ?", .int(customer), .text(name),
                .int(record.number - Self.runsKept))
        }
    }

    /// Says when a source runs next, unless somebody did so while it ran.
    private func planNext(after record: SourceRunRecord, of name: String, customer: Int64, at now: Millis) throws {
        guard let source = try source(name, customer: customer), source.askedBy == nil else { return }
        var due = source.dueAt
        if due ?? record.begunAt <= record.begunAt {
            due = source.schedule.map { max($0.next(after: record.begunAt), now) }
        }
        try run(
            "UPDATE source SET due_ms = ?, is_full = 0, stops = 0 WHERE customer_id = ? AND name = ?",
            .optional(due?.value), .int(customer), .text(name))
    }

    /// Runs, the newest first.
    ///
    /// - Parameter before: the last number of the page before; nil for the first page.
    package func sourceRuns(of name: String, customer: Int64, before: Int64? = nil, limit: Int) throws
        -> [SourceRunRecord]
    {
        try rows(
            """
            SELECT run, revision, asked_by, is_full, begun_ms, ended_ms, state, rows_read, added, changed, unchanged, deleted, refused,
                warnings, reason
            FROM source_run WHERE customer_id = ? AND name = ? AND run < ? ORDER BY run DESC LIMIT ?
            """, [.int(customer), .text(name), .int(before ?? .max), .int(limit)]
        ) { row in
            var counts = SourceRunRecord.Counts()
            counts.read = Int(row.int(7))
            counts.added = Int(row.int(8))
            counts.changed = Int(row.int(9))
            counts.unchanged = Int(row.int(10))
            counts.deleted = Int(row.int(11))
            counts.refused = Int(row.int(12))
            counts.warnings = Int(row.int(13))
            return SourceRunRecord(
                number: row.int(0), revision: row.int(1), askedBy: row.optionalText(2), isFull: row.flag(3),
                begunAt: Millis(row.int(4)), endedAt: row.optionalInt(5).map(Millis.init),
                state: SourceRunRecord.State(rawValue: row.int(6)) ?? .failed, counts: counts,
                reason: row.optionalText(14))
        }
    }

    /// Problems of a run in the order in which they were met.
    package func sourceProblems(of name: String, run number: Int64, customer: Int64, after: Int64 = 0, limit: Int)
        throws
        -> [(number: Int64, problem: SourceProblem)]
    {
        try rows(
            """
            SELECT number, place, kind, candidate, job, message, is_warning FROM source_problem
            WHERE customer_id = ? AND name = ? AND run = ? AND number > ? ORDER BY number LIMIT ?
            """, [.int(customer), .text(name), .int(number), .int(after), .int(limit)]
        ) { row in
            (
                row.int(0),
                SourceProblem(
                    place: row.text(1), kind: row.text(2), candidate: row.optionalText(3), job: row.optionalText(4),
                    message: row.text(5), isWarning: row.flag(6))
            )
        }
    }

    private func write(_ counts: SourceRunRecord.Counts, run number: Int64, of name: String, customer: Int64) throws {
        try run(
            """
            UPDATE source_run SET rows_read = ?, added = ?, changed = ?, unchanged = ?, deleted = ?, refused = ?, warnings = ?
            WHERE customer_id = ? AND name = ? AND run = ?
            """,
            .int(counts.read), .int(counts.added), .int(counts.changed), .int(counts.unchanged), .int(counts.deleted),
            .int(counts.refused), .int(counts.warnings), .int(customer), .text(name), .int(number))
    }

    /// Runs of one source that are kept.
    package static let runsKept: Int64 = 200
    /// Problems of one run that are kept.
    package static let sourceProblemsKept = 1_000
}
