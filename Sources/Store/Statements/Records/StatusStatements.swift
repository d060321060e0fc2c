// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Everything that is known about one record; nil when it is not known.
    package func explain(customer: Int64, key: RecordKey) throws -> RecordStatus? {
        let found = try first(
            """
            SELECT \(RecordStatus.columns) FROM record r WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?
            """, place(customer, key)
        ) { row in (row.int(0), try RecordStatus(row, key: key)) }
        guard case (let rid, var status)? = found else { return nil }
        if let wait = status.waitsFor, !status.isDeletion {
            status.waitsFor?.state = try state(customer: customer, key: RecordKey(wait.kind, id: wait.id))
        }
        status.task = try first(
            "SELECT task, submitted_ms, polls FROM job_task WHERE customer_id = ? AND rid = ? ORDER BY submitted_ms DESC",
            [.int(customer), .int(rid)]
        ) { row in
            TaskPoll(task: row.text(0), rid: rid, key: key, submittedAt: Millis(row.int(1)), polls: Int(row.int(2)))
        }
        status.matches = try matches(customer: customer, rid: rid)
        if status.isDeletion { status.erasure = try erasure(ofTombstone: rid, customer: customer) }
        if status.state == .due { status.isPaused = try pausedSince(customer: customer) != nil }
        return status
    }

    /// The stored bytes of one record; nil when it is not known or deleted (a deleted job keeps them until it is closed).
    package func body(customer: Int64, key: RecordKey) throws -> [UInt8]? {
        try first(
            """
            SELECT b.bytes FROM record r JOIN body b ON b.rid = r.rid AND b.customer_id = r.customer_id
            WHERE r.customer_id = ? AND r.kind = ? AND r.parent = ? AND r.id = ?
            """, place(customer, key)
        ) { $0.blob(0) }
    }

    /// Records of one kind that LinkedIn refused, by `rid`.
    ///
    /// - Parameter after: the last `rid` of the page before.
    package func rejections(customer: Int64, kind: RecordKind, after: Int64 = 0, limit: Int) throws -> [Rejection] {
        try rows(
            """
            SELECT rid, parent, id, reason_code, reason, request_id, COALESCE(sent_ms, changed_ms) FROM record
            WHERE customer_id = ? AND kind = ? AND state = 4 AND rid > ? ORDER BY rid LIMIT ?
            """, [.int(customer), .int(kind.number), .int(after), .int(limit)]
        ) { row in
            Rejection(
                rid: row.int(0), key: RecordKey(kind, parent: row.text(1), id: row.text(2)),
                reason: Reason(Reason.Code(rawValue: row.text(3)), row.text(4)), requestID: row.optionalText(5),
                at: Millis(row.int(6)))
        }
    }

    /// Records of one kind that are tried again and why the last call did not do: those whose next call is furthest away, which failed most.
    package func triedAgain(customer: Int64, kind: RecordKind, limit: Int) throws -> [Rejection] {
        // Of a million that were never sent only some are looked at; whatever failed lies at the end of its index.
        try rows(
            """
            SELECT rid, parent, id, reason_code, reason, request_id, sent_ms FROM (
                SELECT * FROM record WHERE customer_id = ? AND kind = ? AND state = 1 AND desired IS NOT NULL
                ORDER BY priority DESC, due_ms DESC LIMIT 2000)
            WHERE reason_code IS NOT NULL AND reason IS NOT NULL AND sent_ms IS NOT NULL LIMIT ?
            """, [.int(customer), .int(kind.number), .int(limit)]
        ) { row in
            Rejection(
                rid: row.int(0), key: RecordKey(kind, parent: row.text(1), id: row.text(2)),
                reason: Reason(Reason.Code(rawValue: row.text(3)), row.text(4)), requestID: row.optionalText(5),
                at: Millis(row.int(6)))
        }
    }

    /// Records of one kind that wait for another one, those that wait for the same together; `explain` says for which.
    package func waiting(customer: Int64, kind: RecordKind, limit: Int) throws -> [RecordKey] {
        try rows(
            "SELECT parent, id FROM record WHERE customer_id = ? AND kind = ? AND state = 3 ORDER BY wait_kind, wait_id LIMIT ?",
            [.int(customer), .int(kind.number), .int(limit)]
        ) { RecordKey(kind, parent: $0.text(0), id: $0.text(1)) }
    }

    func state(customer: Int64, key: RecordKey) throws -> RecordState? {
        try first(
            "SELECT state FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            place(customer, key)
        ) { RecordState(rawValue: $0.int(0)) } ?? nil
    }

    func place(_ customer: Int64, _ key: RecordKey) -> [SQLValue] {
        [.int(customer), .int(key.kind.number), .text(key.parent), .text(key.id)]
    }
}

extension RecordStatus {
    /// The columns in the order that `init(_:key:)` reads, of a record called `r`.
    static let columns = """
        r.rid, state, desired, observed, changed_ms, sent_ms, observed_ms, due_ms, attempts, reason_code, reason, request_id, wait_kind,
        wait_id
        """
    static let columnCount: Int32 = 14

    /// Without what stands in other tables: its task, its matches, where the record stands that it waits for.
    init(_ row: borrowing SQLRow, key: RecordKey) throws {
        guard let state = RecordState(rawValue: row.int(1)) else {
            throw StoreError(.schema, "a record has an unknown state")
        }
        let observed: Observed =
            switch row.optionalBlob(3) {
            case nil: .nothing
            case let bytes? where bytes.count == 16: .exactly(ContentHash(bytes))
            case _?: .older
            }
        let reason = row.optionalText(9).map { Reason(Reason.Code(rawValue: $0), row.text(10)) }
        let wait = row.optionalInt(12).flatMap(RecordKind.init(number:)).map {
            Wait(kind: $0, id: row.text(13), state: nil)
        }
        self.init(
            key: key, state: state, desired: row.optionalBlob(2).map(ContentHash.init), observed: observed,
            changedAt: Millis(row.int(4)),
            sentAt: (row.optionalInt(5) ?? row.optionalInt(6)).map(Millis.init),
            observedAt: row.optionalInt(6).map(Millis.init), dueAt: Millis(row.int(7)),
            attempts: Int(row.int(8)), reason: reason, requestID: row.optionalText(11), waitsFor: wait, task: nil,
            matches: [])
    }
}
