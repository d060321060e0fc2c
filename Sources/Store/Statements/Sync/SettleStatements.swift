// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Writes down how sending ended.
    ///
    /// An accepted record is observed as what was *sent*; it is synced only if nothing asked for another call meanwhile. An accepted
    /// deletion removes the row, unless the record was revived. Both release what waited for it. An outcome of a row that is gone is
    /// ignored.
    ///
    /// - Parameter matchPollAfter: when the match of an accepted candidate is read for the first time.
    package func settle(
        _ outcomes: [Outcome], customer: Int64, kind: RecordKind, at now: Millis,
        matchPollAfter: Duration = .seconds(60)
    ) throws {
        var settlement = Settlement(tx: self, customer: customer, now: now, matchPollAt: now + matchPollAfter)
        for outcome in outcomes { try settlement.settle(outcome) }
        try settlement.finish()
    }
}

/// The work of one `settle` or `settleTasks`.
struct Settlement {
    let tx: SQLTransaction
    let customer: Int64
    let now: Millis
    let matchPollAt: Millis
    private var counts = TallyChange()
    /// LinkedIn's answer to what is settled just now: evidence for an erasure.
    private var answer: (status: Int?, requestID: String?) = (nil, nil)
    /// Kinds that something waits for; most of the time there are none, and no record has to be asked for.
    private var awaited: [RecordKind: Bool] = [:]

    init(tx: SQLTransaction, customer: Int64, now: Millis, matchPollAt: Millis) {
        self.tx = tx
        self.customer = customer
        self.now = now
        self.matchPollAt = matchPollAt
    }

    func finish() throws { try tx.apply(counts, customer: customer) }

    mutating func settle(_ outcome: Outcome) throws {
        answer = (outcome.status, outcome.requestID)
        if case .accepted = outcome.result, let sent = outcome.sent, try acceptedUnchanged(outcome, sent) { return }
        guard let (row, key) = try find(outcome.rid) else { return }
        switch outcome.result {
        case .accepted:
            try accepted(row, key, sent: outcome.sent, revision: outcome.revision, requestID: outcome.requestID)
        case .confirming(let task, let pollAt):
            try confirming(row, outcome, task: task, pollAt: pollAt)
        case .rejected(let reason):
            try rejected(row, key, reason, revision: outcome.revision, requestID: outcome.requestID)
        case .retry(let at, let reason):
            try retry(row, at: at, reason, revision: outcome.revision, requestID: outcome.requestID)
        }
    }

    /// The usual case in one statement: nothing happened to the record during the call. Whatever else it is, no row matches.
    private mutating func acceptedUnchanged(_ outcome: Outcome, _ sent: ContentHash) throws -> Bool {
        let kind = outcome.key.kind
        let changed = try tx.run(
            """
            UPDATE record SET observed = desired, state = 0, attempts = 0, sent_ms = NULL, observed_ms = ?, request_id = ?,
                reason_code = NULL, reason = NULL, told = NULL, poll_ms = ?, poll_step = 0
            WHERE customer_id = ? AND rid = ? AND revision = ? AND state = 1 AND desired = ? AND (observed IS NOT NULL) = ?
            """,
            .int(now.value), .optional(outcome.requestID), .optional(kind == .candidate ? matchPollAt.value : nil),
            .int(customer), .int(outcome.rid), .int(outcome.revision), .blob(sent.bytes), .flag(outcome.wasObserved))
        guard changed == 1 else { return false }
        counts.record(
            kind, from: Counted(isDesired: true, isObserved: outcome.wasObserved, state: .due),
            to: Counted(isDesired: true, isObserved: true, state: .synced))
        try release(kind, outcome.key.id)
        return true
    }

    /// LinkedIn holds what was sent; nil: nothing any more.
    ///
    /// - Parameter requestID: nil keeps that of the call before.
    mutating func accepted(
        _ row: RecordRow, _ key: RecordKey, sent: ContentHash?, revision: Int64, requestID: String? = nil
    ) throws {
        guard let sent else { return try deleted(row, key) }
        let isCurrent = row.revision == revision
        var after = row
        // The same bytes have to go again (a filled-in title changed, everything is to be re-sent): LinkedIn's copy stays doubtful.
        after.observed = isCurrent || row.desired != sent ? sent.bytes : []
        after.state = isCurrent ? .synced : .due
        try tx.run(
            """
            UPDATE record SET observed = ?, state = ?, attempts = 0, sent_ms = NULL, observed_ms = ?,
                request_id = COALESCE(?, request_id), reason_code = NULL, reason = NULL, told = NULL, poll_ms = ?, poll_step = 0
            WHERE customer_id = ? AND rid = ?
            """,
            .optional(after.observed), .int(after.state.rawValue), .int(now.value), .optional(requestID),
            .optional(row.kind == .candidate && row.desired != nil ? matchPollAt.value : nil), .int(customer),
            .int(row.rid))
        counts.record(row.kind, from: row.counted, to: after.counted)
        try release(row.kind, key.id)
    }

    private mutating func deleted(_ row: RecordRow, _ key: RecordKey) throws {
        guard row.desired == nil else {
            // Revived meanwhile. A closed job is still there, under its id.
            var after = row
            after.observed = row.kind == .job ? [] : nil
            after.state = .due
            try tx.run(
                "UPDATE record SET observed = ?, state = 1, attempts = 0, sent_ms = ? WHERE customer_id = ? AND rid = ?",
                .optional(after.observed), .int(now.value), .int(customer), .int(row.rid))
            return counts.record(row.kind, from: row.counted, to: after.counted)
        }
        var before = row.counted
        if row.kind == .candidate {
            before.isMatched =
                try tx.run(
                    "DELETE FROM candidate_match WHERE customer_id = ? AND rid = ?", .int(customer), .int(row.rid)) > 0
            try tx.forgetTies(candidate: key.id, customer: customer)
        }
        if row.kind == .candidate || row.kind == .job { try tx.forgetTraces(rid: row.rid, customer: customer) }
        try tx.run("DELETE FROM body WHERE customer_id = ? AND rid = ?", .int(customer), .int(row.rid))
        try tx.run("DELETE FROM record WHERE customer_id = ? AND rid = ?", .int(customer), .int(row.rid))
        counts.record(row.kind, from: before, to: nil)
        try tx.confirmErased(row.rid, status: answer.status, requestID: answer.requestID, customer: customer, at: now)
        // A parent's deletion waits under its own id for the kind of its children.
        if !key.parent.isEmpty { try release(row.kind, key.parent) }
        // A job's groups leave after it, and another group may take a person whom one has left.
        if row.kind == .job || row.kind == .assignee { try release(row.kind, key.id) }
        if let candidate = row.candidate { try release(.application, candidate) }
        if let job = row.job { try release(.application, job) }
        try revive(key)
    }

    /// What the ATS sent under this key while LinkedIn had not forgotten the old record.
    private mutating func revive(_ key: RecordKey) throws {
        guard let (record, priority) = try tx.takeReborn(key, customer: customer) else { return }
        var acceptance = Acceptance(
            tx: tx, customer: customer, priority: priority, now: now, nextRID: try tx.takeNumbers("record", count: 1))
        try acceptance.put(record)
        try tx.apply(acceptance.counts, customer: customer)
    }

    private mutating func confirming(_ row: RecordRow, _ outcome: Outcome, task: String, pollAt: Millis) throws {
        guard row.kind == .job else { throw StoreError(.conflict, "only jobs have tasks") }
        try tx.run(
            """
            INSERT INTO job_task (customer_id, task, rid, revision, sent, submitted_ms, poll_ms, polls) VALUES (?, ?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (customer_id, task) DO NOTHING
            """,
            .int(customer), .text(task), .int(row.rid), .int(outcome.revision), .optional(outcome.sent?.bytes),
            .int(now.value),
            .int(pollAt.value))
        // Changed meanwhile or not: the next version waits for the task, so that two never overtake each other at LinkedIn.
        try move(row, to: .confirming, requestID: outcome.requestID)
    }

    mutating func rejected(_ row: RecordRow, _ key: RecordKey, _ reason: Reason, revision: Int64, requestID: String?)
        throws
    {
        // A newer version may be good.
        guard row.revision == revision else { return try move(row, to: .due, requestID: requestID) }
        try tell(row, key, reason)
        try tx.run(
            """
            UPDATE record SET state = 4, attempts = attempts + 1, sent_ms = ?, request_id = ?, reason_code = ?, reason = ?
            WHERE customer_id = ? AND rid = ?
            """,
            .int(now.value), .optional(requestID), .text(reason.code.rawValue), .text(reason.message), .int(customer),
            .int(row.rid))
        var after = row.counted
        after.state = .rejected
        counts.record(row.kind, from: row.counted, to: after)
        // Applications do not wait for a job that will not come (`mustAwait`).
        if row.kind == .job { try release(.job, key.id) }
    }

    mutating func retry(_ row: RecordRow, at moment: Millis, _ reason: Reason, revision: Int64, requestID: String?)
        throws
    {
        guard row.revision == revision else { return try move(row, to: .due, requestID: requestID) }
        try tx.run(
            """
            UPDATE record SET state = 1, due_ms = ?, attempts = attempts + 1, sent_ms = ?, request_id = ?, reason_code = ?, reason = ?
            WHERE customer_id = ? AND rid = ?
            """,
            .int(moment.value), .int(now.value), .optional(requestID), .text(reason.code.rawValue),
            .text(reason.message), .int(customer),
            .int(row.rid))
        var after = row.counted
        after.state = .due
        counts.record(row.kind, from: row.counted, to: after)
    }

    private mutating func move(_ row: RecordRow, to state: RecordState, requestID: String?) throws {
        try tx.run(
            "UPDATE record SET state = ?, sent_ms = ?, request_id = ? WHERE customer_id = ? AND rid = ?",
            .int(state.rawValue), .int(now.value), .optional(requestID), .int(customer), .int(row.rid))
        var after = row.counted
        after.state = state
        counts.record(row.kind, from: row.counted, to: after)
    }

    func find(_ rid: Int64) throws -> (RecordRow, RecordKey)? {
        try tx.first(
            "SELECT \(RecordRow.columns), parent, id FROM record WHERE customer_id = ? AND rid = ?",
            [.int(customer), .int(rid)]
        ) { row in
            let record = try RecordRow(row)
            return (
                record,
                RecordKey(record.kind, parent: row.text(RecordRow.columnCount), id: row.text(RecordRow.columnCount + 1))
            )
        }
    }

    /// Makes due what waits for a record of that kind and id.
    private mutating func release(_ kind: RecordKind, _ id: String) throws {
        let isAwaited = try awaited[kind] ?? isAnythingWaiting(for: kind)
        awaited[kind] = isAwaited
        if isAwaited { try tx.release(kind, id, customer: customer, at: now, &counts) }
    }

    private func isAnythingWaiting(for kind: RecordKind) throws -> Bool {
        try tx.first(
            "SELECT 1 FROM record WHERE customer_id = ? AND wait_kind = ? AND state = 3 LIMIT 1",
            [.int(customer), .int(kind.number)]
        ) { _ in true } ?? false
    }
}

extension SQLTransaction {
    /// Makes due what waits for a record of that kind and id; `claimDue` looks anew whether it may go.
    func release(_ kind: RecordKind, _ id: String, customer: Int64, at now: Millis, _ counts: inout TallyChange) throws
    {
        let released = try rows(
            "SELECT \(RecordRow.columns) FROM record WHERE customer_id = ? AND wait_kind = ? AND wait_id = ? AND state = 3",
            [.int(customer), .int(kind.number), .text(id)], RecordRow.init)
        for row in released {
            try run(
                "UPDATE record SET state = 1, due_ms = ?, wait_kind = NULL, wait_id = NULL WHERE customer_id = ? AND rid = ?",
                .int(now.value), .int(customer), .int(row.rid))
            var after = row.counted
            after.state = .due
            counts.record(row.kind, from: row.counted, to: after)
        }
    }
}
