// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension Store {
    /// Distrusts everything that LinkedIn holds: all of it is sent again, in the usual order and as back-fill. For a new integration, a
    /// changed company, or a far side that lost data.
    ///
    /// Returns when every record is due. A process that dies before leaves the rest to the engine.
    ///
    /// - Parameters:
    ///   - kind: one kind, or nil for all.
    ///   - entry: who asks; nil for nobody.
    package func resync(customer: Int64, kind: RecordKind? = nil, by entry: AuditEntry? = nil, at now: Millis)
        async throws
    {
        try await write { tx in
            try tx.resync(customer: customer, kind: kind)
            if let entry { try tx.audit(entry, at: now) }
        }
        while try await write({ try $0.resyncSlice(customer: customer, at: now) }) {}
    }
}

extension SQLTransaction {
    /// Asks for a re-sync, which `resyncSlice` does. Asking again begins it anew.
    package func resync(customer: Int64, kind: RecordKind? = nil) throws {
        for kind in kind.map({ [$0] }) ?? RecordKind.allCases {
            try run(
                """
                INSERT INTO resync (customer_id, kind, parent, id) VALUES (?, ?, '', '')
                ON CONFLICT (customer_id, kind) DO UPDATE SET parent = '', id = ''
                """, .int(customer), .int(kind.number))
        }
    }

    /// Whether a re-sync was asked for and is not done.
    package func isResyncing(customer: Int64) throws -> Bool {
        try first("SELECT 1 FROM resync WHERE customer_id = ? LIMIT 1", [.int(customer)]) { _ in true } ?? false
    }

    /// Makes the next records due that have to be sent again: some thousand, because others wait for the commit.
    ///
    /// - Returns: false when nothing is left to do.
    package func resyncSlice(customer: Int64, at now: Millis, limit: Int = 2_000) throws -> Bool {
        let next = try first(
            "SELECT kind, parent, id FROM resync WHERE customer_id = ? ORDER BY kind LIMIT 1", [.int(customer)]
        ) { RecordKey(RecordKind(number: $0.int(0)) ?? .job, parent: $0.text(1), id: $0.text(2)) }
        guard let next else { return false }
        var counts = TallyChange()
        var last: RecordKey?
        let slice = try rows(
            """
            SELECT \(RecordRow.columns), parent, id, attempts FROM record
            WHERE customer_id = ? AND kind = ? AND (parent, id) > (?, ?) ORDER BY parent, id LIMIT ?
            """, [.int(customer), .int(next.kind.number), .text(next.parent), .text(next.id), .int(limit)]
        ) { row in
            let column = RecordRow.columnCount
            last = RecordKey(next.kind, parent: row.text(column), id: row.text(column + 1))
            return (row: try RecordRow(row), attempts: row.int(column + 2))
        }
        for (row, attempts) in slice {
            // LinkedIn holds nothing of it, and it goes now anyway.
            if row.state == .due, row.observed == nil, attempts == 0 { continue }
            try distrust(row, customer: customer, at: now, &counts)
        }
        try apply(counts, customer: customer)
        if let last, slice.count == limit {
            try run(
                "UPDATE resync SET parent = ?, id = ? WHERE customer_id = ? AND kind = ?", .text(last.parent),
                .text(last.id), .int(customer), .int(next.kind.number))
        } else {
            try run("DELETE FROM resync WHERE customer_id = ? AND kind = ?", .int(customer), .int(next.kind.number))
        }
        return true
    }

    private func distrust(_ row: RecordRow, customer: Int64, at now: Millis, _ counts: inout TallyChange) throws {
        var after = row
        // An empty hash, and not nil, because LinkedIn may hold it: it is still deleted there when the ATS deletes it.
        after.observed = row.observed.map { _ in [] }
        after.state = row.state == .confirming ? .confirming : .due
        try run(
            """
            UPDATE record SET revision = revision + 1, observed = ?, state = ?, priority = 1, due_ms = ?, attempts = 0,
                reason_code = NULL, reason = NULL, wait_kind = NULL, wait_id = NULL
            WHERE customer_id = ? AND rid = ?
            """,
            .optional(after.observed), .int(after.state.rawValue), .int(now.value), .int(customer), .int(row.rid))
        counts.record(row.kind, from: row.counted, to: after.counted)
    }
}
