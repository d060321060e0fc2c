// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// Records of one kind that LinkedIn refused for one reason.
package struct RejectionGroup: Hashable, Sendable {
    package var kind: RecordKind
    package var reason: Reason
    package var count: Int

    package init(kind: RecordKind, reason: Reason, count: Int) {
        self.kind = kind
        self.reason = reason
        self.count = count
    }
}

extension SQLTransaction {
    /// Everything LinkedIn refused, by reason; the most frequent first. Reads an index and no record.
    package func rejectionGroups(customer: Int64) throws -> [RejectionGroup] {
        try rows(
            """
            SELECT kind, reason_code, reason, count(*) FROM record WHERE customer_id = ? AND state = 4
            GROUP BY kind, reason_code, reason
            """, [.int(customer)]
        ) { row in
            guard let kind = RecordKind(number: row.int(0)) else {
                throw StoreError(.schema, "a record has an unknown kind")
            }
            return RejectionGroup(
                kind: kind, reason: Reason(Reason.Code(rawValue: row.text(1)), row.text(2)), count: Int(row.int(3)))
        }.sorted { ($1.count, $0.kind, $0.reason.message) < ($0.count, $1.kind, $1.reason.message) }
    }

    /// How many records of a kind LinkedIn refused for a reason.
    package func rejectionCount(customer: Int64, kind: RecordKind, reason: Reason) throws -> Int {
        try first(
            "SELECT count(*) FROM record WHERE customer_id = ? AND kind = ? AND reason_code = ? AND reason = ? AND state = 4",
            group(customer, kind, reason)
        ) { Int($0.int(0)) } ?? 0
    }

    /// Records of one group, by `rid`.
    ///
    /// - Parameter after: the last `rid` of the page before.
    package func rejected(
        customer: Int64, kind: RecordKind, reason: Reason, after: Int64 = 0, limit: Int
    ) throws -> [RecordLine] {
        try lines(
            rows(
                """
                SELECT rid FROM record WHERE customer_id = ? AND kind = ? AND reason_code = ? AND reason = ? AND state = 4 AND rid > ?
                ORDER BY rid LIMIT ?
                """, group(customer, kind, reason) + [.int(after), .int(limit)]
            ) { $0.int(0) })
    }

    /// Everything LinkedIn refused, by kind and `rid`: for the file of all of it.
    package func rejected(customer: Int64, kind: RecordKind, after: Int64, limit: Int) throws -> [RecordLine] {
        try lines(
            rows(
                "SELECT rid FROM record WHERE customer_id = ? AND kind = ? AND state = 4 AND rid > ? ORDER BY rid LIMIT ?",
                [.int(customer), .int(kind.number), .int(after), .int(limit)]
            ) { $0.int(0) })
    }

    /// Sends the records of one group again.
    ///
    /// - Returns: how many.
    @discardableResult
    package func retryRejected(customer: Int64, kind: RecordKind, reason: Reason, at now: Millis) throws -> Int {
        let count = try run(
            """
            UPDATE record SET state = 1, due_ms = ?, attempts = 0, reason_code = NULL, reason = NULL
            WHERE customer_id = ? AND kind = ? AND reason_code = ? AND reason = ? AND state = 4
            """, [.int(now.value)] + group(customer, kind, reason))
        try noteRetried(count, kind: kind, customer: customer)
        return count
    }

    /// Counts records that were refused and are due now.
    func noteRetried(_ count: Int, kind: RecordKind, customer: Int64) throws {
        guard count > 0 else { return }
        try run(
            "UPDATE tally SET due = due + ?, rejected = rejected - ? WHERE customer_id = ? AND kind = ?", .int(count),
            .int(count), .int(customer), .int(kind.number))
    }

    private func group(_ customer: Int64, _ kind: RecordKind, _ reason: Reason) -> [SQLValue] {
        [.int(customer), .int(kind.number), .text(reason.code.rawValue), .text(reason.message)]
    }
}
