// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Begins to compare the records of one kind with a complete list of the ATS's keys. Unfinished comparisons of the kind are dropped.
    ///
    /// - Parameter now: records that change from now on stay, whatever the list says.
    /// - Returns: the comparison's number.
    package func sweepBegin(customer: Int64, kind: RecordKind, at now: Millis) throws -> Int64 {
        let open = try rows(
            "SELECT sweep_id FROM sweep WHERE customer_id = ? AND kind = ?", [.int(customer), .int(kind.number)]
        ) { $0.int(0) }
        for sweep in open { try sweepAbandon(customer: customer, sweep: sweep) }
        let sweep = try takeNumbers("sweep", count: 1)
        try run(
            "INSERT INTO sweep (customer_id, sweep_id, kind, begun_ms, listed) VALUES (?, ?, ?, ?, 0)",
            .int(customer), .int(sweep), .int(kind.number), .int(now.value))
        return sweep
    }

    /// Notes keys that the ATS has; keys that we do not know, and keys that come twice, change nothing.
    package func sweepSeen(customer: Int64, sweep: Int64, keys: [RecordKey]) throws {
        guard
            try run(
                "UPDATE sweep SET listed = listed + ? WHERE customer_id = ? AND sweep_id = ?", .int(keys.count),
                .int(customer), .int(sweep)
            ) > 0
        else { throw StoreError(.notFound, "the comparison was dropped because another one began; begin anew") }
        for key in keys {
            try run(
                """
                INSERT INTO sweep_seen (customer_id, sweep_id, rid)
                SELECT customer_id, ?, rid FROM \(key.kind.listed) r WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?
                ON CONFLICT (customer_id, sweep_id, rid) DO NOTHING
                """, [.int(sweep)] + place(customer, key))
        }
    }

    /// What ending the comparison now would do; nothing is deleted.
    ///
    /// - Returns: how many of the listed records we know, how many would be deleted, and of how many.
    package func sweepOutlook(customer: Int64, sweep: Int64) throws -> (known: Int, missing: Int, wanted: Int) {
        let kind =
            try first(
                "SELECT kind FROM sweep WHERE customer_id = ? AND sweep_id = ?", [.int(customer), .int(sweep)]
            ) { RecordKind(number: $0.int(0)) } ?? nil
        guard let kind else { return (0, 0, 0) }
        let known = try first(
            "SELECT count(*) FROM sweep_seen WHERE customer_id = ? AND sweep_id = ?", [.int(customer), .int(sweep)]
        ) { Int($0.int(0)) }
        let missing = try first(
            """
            SELECT count(*) FROM sweep w JOIN \(kind.listed) r ON r.customer_id = w.customer_id AND r.kind = w.kind
            WHERE w.customer_id = ? AND w.sweep_id = ? AND r.desired IS NOT NULL AND r.changed_ms < w.begun_ms
                AND NOT EXISTS (SELECT 1 FROM sweep_seen s WHERE s.customer_id = r.customer_id AND s.sweep_id = w.sweep_id AND s.rid = r.rid)
            """, [.int(customer), .int(sweep)]
        ) { Int($0.int(0)) }
        let wanted =
            kind == .assignee ? try memberships(customer: customer).all : try tallies(customer: customer)[kind]?.desired
        return (known ?? 0, missing ?? 0, wanted ?? 0)
    }

    /// Ends a comparison: deletes up to `limit` of the records that the list did not name. Call it again until it says that it is done.
    ///
    /// - Parameter count: how many keys the ATS says that it listed.
    /// - Returns: what was deleted, and whether nothing is left to delete.
    /// - Throws: `StoreError` `.conflict` when another number of keys arrived: nothing is deleted, because the list is incomplete.
    package func sweepFinish(
        customer: Int64, sweep: Int64, count: Int, limit: Int = 2_000, at now: Millis
    ) throws -> (tally: AcceptTally, isDone: Bool) {
        let begun = try first(
            "SELECT kind, begun_ms, listed FROM sweep WHERE customer_id = ? AND sweep_id = ?",
            [.int(customer), .int(sweep)]
        ) { row in (kind: row.int(0), at: row.int(1), listed: Int(row.int(2))) }
        guard let begun, let kind = RecordKind(number: begun.kind) else {
            throw StoreError(.notFound, "the comparison was dropped because another one began; begin anew")
        }
        guard begun.listed == count else {
            throw StoreError(
                .conflict,
                "the list says that it has \(count) keys and \(begun.listed) arrived; nothing was deleted, send it again"
            )
        }
        let missing = try rows(
            """
            SELECT parent, id FROM \(kind.listed) r WHERE customer_id = ? AND kind = ? AND desired IS NOT NULL AND changed_ms < ?
                AND NOT EXISTS (SELECT 1 FROM sweep_seen s WHERE s.customer_id = r.customer_id AND s.sweep_id = ? AND s.rid = r.rid)
            LIMIT ?
            """, [.int(customer), .int(kind.number), .int(begun.at), .int(sweep), .int(limit)]
        ) { row in Change.delete(RecordKey(kind, parent: row.text(0), id: row.text(1))) }
        let tally = try accept(missing, customer: customer, priority: .backfill, at: now)
        let isDone = missing.count < limit
        if isDone { try sweepAbandon(customer: customer, sweep: sweep) }
        return (tally, isDone)
    }

    /// Forgets a comparison; nothing is deleted.
    package func sweepAbandon(customer: Int64, sweep: Int64) throws {
        try run("DELETE FROM sweep_seen WHERE customer_id = ? AND sweep_id = ?", .int(customer), .int(sweep))
        try run("DELETE FROM sweep WHERE customer_id = ? AND sweep_id = ?", .int(customer), .int(sweep))
    }
}

extension RecordKind {
    /// The rows that a list of this kind's keys is compared with: assignees are listed as the ATS knows them, by group and user.
    fileprivate var listed: String {
        guard self == .assignee else { return "record" }
        return """
            (SELECT customer_id, rid, 9 AS kind, acl AS parent, user_id AS id, added_ms AS changed_ms, 1 AS desired FROM acl_member)
            """
    }
}
