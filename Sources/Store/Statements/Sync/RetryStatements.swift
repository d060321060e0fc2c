// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Sends one record again, before everything else: one that was refused, one that waits for its next try, or one that is synced.
    ///
    /// - Returns: false when it is not known, or LinkedIn works on it.
    @discardableResult
    package func retry(customer: Int64, key: RecordKey, at now: Millis) throws -> Bool {
        let row = try first(
            "SELECT \(RecordRow.columns) FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            place(customer, key),
            RecordRow.init)
        guard let row, row.state != .confirming else { return false }
        var after = row
        after.state = .due
        if row.state == .synced { after.observed = [] }
        try run(
            """
            UPDATE record SET revision = revision + 1, observed = ?, state = 1, priority = 0, due_ms = ?, attempts = 0, reason_code = NULL,
                reason = NULL, wait_kind = NULL, wait_id = NULL
            WHERE customer_id = ? AND rid = ?
            """, .optional(after.observed), .int(now.value), .int(customer), .int(row.rid))
        var change = TallyChange()
        change.record(row.kind, from: row.counted, to: after.counted)
        try apply(change, customer: customer)
        return true
    }

    /// Sends everything of a kind again that LinkedIn refused.
    ///
    /// - Returns: how many.
    @discardableResult
    package func retryRejected(customer: Int64, kind: RecordKind, at now: Millis) throws -> Int {
        let count = try run(
            """
            UPDATE record SET state = 1, due_ms = ?, attempts = 0, reason_code = NULL, reason = NULL
            WHERE customer_id = ? AND kind = ? AND state = 4
            """, .int(now.value), .int(customer), .int(kind.number))
        try noteRetried(count, kind: kind, customer: customer)
        return count
    }
}
