// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Takes the ATS's latest word about some records.
    ///
    /// A put of what is stored already writes nothing. Anything else makes the record due, whatever stood in its way before; even a change
    /// back to what LinkedIn accepted last, because a call with the version between may be under way. A deletion leaves a tombstone that
    /// is due, and takes along what belongs to the record: a candidate's notes and applications, an application's notes, stages and
    /// feedback, a job's groups. A put for a tombstone revives it. The key of an assignee names a group and a user: what LinkedIn gets
    /// follows from whom the user is bound to.
    ///
    /// - Parameter changes: in the order in which they were said; up to some thousand at a time, because others wait for the commit.
    package func accept(_ changes: [Change], customer: Int64, priority: Priority, at now: Millis) throws -> AcceptTally
    {
        guard !changes.isEmpty else { return AcceptTally() }
        guard try !isEnding(customer: customer) else {
            throw StoreError(.ended, "the contract of this customer ended: nothing is taken in any more")
        }
        // A number that is not used is lost, which nobody minds in 63 bits.
        let rid = try takeNumbers("record", count: changes.reduce(0) { $0 + ($1.key.kind == .assignee ? 2 : 1) })
        var acceptance = Acceptance(tx: self, customer: customer, priority: priority, now: now, nextRID: rid)
        for change in changes {
            switch change {
            case .put(let record) where record.key.kind == .assignee: try acceptance.join(record.key)
            case .delete(let key) where key.kind == .assignee: try acceptance.leave(key)
            case .put(let record): try acceptance.put(record)
            case .delete(let key): try acceptance.delete(key)
            }
        }
        try apply(acceptance.counts, customer: customer)
        return acceptance.tally
    }
}

/// The work of one `accept`.
struct Acceptance {
    let tx: SQLTransaction
    let customer: Int64
    let priority: Priority
    let now: Millis
    var nextRID: Int64
    var tally = AcceptTally()
    var counts = TallyChange()
    /// Bulk is mostly all new or all known: what the last record was decides what is tried first, which saves new ones the look-up.
    private var expectsNew = false
    /// Whether changes of candidates have to be noted for the index of traces.
    private var tracesCandidates: Bool?

    init(tx: SQLTransaction, customer: Int64, priority: Priority, now: Millis, nextRID: Int64) {
        self.tx = tx
        self.customer = customer
        self.priority = priority
        self.now = now
        self.nextRID = nextRID
    }

    mutating func put(_ record: DesiredRecord) throws {
        if expectsNew, try insert(record) { return }
        guard let row = try find(record.key) else {
            expectsNew = true
            _ = try insert(record)
            return
        }
        expectsNew = false
        if row.desired == record.hash, row.job == record.job, row.candidate == record.candidate {
            tally.unchanged += 1
            return
        }
        if row.desired == nil, try tx.isBeingErased(row.rid, customer: customer) {
            tally += try tx.keepReborn(record, customer: customer, priority: priority, at: now)
            return
        }
        try change(row, to: record)
        if row.desired == nil { tally.added += 1 } else { tally.changed += 1 }
    }

    mutating func delete(_ key: RecordKey) throws {
        guard let row = try find(key) else {
            tally.unknown += 1
            return
        }
        guard row.desired != nil else {
            guard try tx.dropReborn(key, customer: customer) else { return tally.unchanged += 1 }
            tally.deleted += 1
            return try buryChildren(of: key)
        }
        try bury(row, key: key)
        tally.deleted += 1
    }

    func find(_ key: RecordKey) throws -> RecordRow? {
        try tx.first(
            "SELECT \(RecordRow.columns) FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            [.int(customer), .int(key.kind.number), .text(key.parent), .text(key.id)], RecordRow.init)
    }

    /// - Returns: false when the record is known.
    private mutating func insert(_ record: DesiredRecord) throws -> Bool {
        let rid = nextRID
        let fills = Fills(lackedBy: record)
        let inserted = try tx.run(
            """
            INSERT INTO record (rid, customer_id, kind, parent, id, revision, desired, state, priority, due_ms, attempts, changed_ms,
                job, candidate, fills, poll_step)
            VALUES (?, ?, ?, ?, ?, 1, ?, 1, ?, ?, 0, ?, ?, ?, ?, 0)
            ON CONFLICT (customer_id, kind, parent, id) DO NOTHING
            """,
            .int(rid), .int(customer), .int(record.key.kind.number), .text(record.key.parent), .text(record.key.id),
            .blob(record.hash.bytes), .int(priority.rawValue), .int(now.value), .int(now.value), .optional(record.job),
            .optional(record.candidate), .int(fills.rawValue))
        guard inserted == 1 else { return false }
        nextRID += 1
        tally.added += 1
        try tx.run(
            "INSERT INTO body (rid, customer_id, bytes) VALUES (?, ?, ?)", .int(rid), .int(customer), .blob(record.body)
        )
        counts.record(record.key.kind, from: nil, to: Counted(isDesired: true, isObserved: false, state: .due))
        // A job that comes back under its old id: what was filled in from the old one is stale.
        if record.key.kind == .job { try refill(from: record.key) }
        return true
    }

    private mutating func change(_ row: RecordRow, to record: DesiredRecord) throws {
        try refill(from: row, to: record)
        let namesOthers = row.job != record.job || row.candidate != record.candidate
        var observed = row.observed
        // Not trusted any more: revived (a deletion may be under way), changed back (the version between may be), or moved to other parents.
        if observed != nil, row.desired == nil || observed == record.hash.bytes || namesOthers { observed = [] }
        var after = row
        after.desired = record.hash
        after.observed = observed
        after.state = row.state == .confirming ? .confirming : .due
        try tx.run(
            """
            UPDATE record SET revision = revision + 1, desired = ?, observed = ?, state = ?, priority = ?, due_ms = ?, attempts = 0,
                changed_ms = ?, reason_code = NULL, reason = NULL, wait_kind = NULL, wait_id = NULL, job = ?, candidate = ?, fills = ?
            WHERE customer_id = ? AND rid = ?
            """,
            .blob(record.hash.bytes), .optional(observed), .int(after.state.rawValue), .int(overtaking(row).rawValue),
            .int(now.value),
            .int(now.value), .optional(record.job), .optional(record.candidate), .int(Fills(lackedBy: record).rawValue),
            .int(customer),
            .int(row.rid))
        try tx.run(
            "INSERT INTO body (rid, customer_id, bytes) VALUES (?, ?, ?) ON CONFLICT (rid) DO UPDATE SET bytes = excluded.bytes",
            .int(row.rid), .int(customer), .blob(record.body))
        if row.kind == .candidate || row.kind == .job, try hasTraces() {
            try tx.noteStale(rid: row.rid, customer: customer)
        }
        counts.record(row.kind, from: row.counted, to: after.counted)
        if let job = row.job, job != record.job {
            try tx.release(.application, job, customer: customer, at: now, &counts)
        }
        guard row.desired == nil else { return }
        // A tombstone no longer: what was to be deleted after it looks anew.
        if !record.key.parent.isEmpty {
            try tx.release(row.kind, record.key.parent, customer: customer, at: now, &counts)
        }
        if let candidate = row.candidate {
            try tx.release(.application, candidate, customer: customer, at: now, &counts)
        }
    }

    /// Looked up once, because most customers have none.
    private mutating func hasTraces() throws -> Bool {
        if let tracesCandidates { return tracesCandidates }
        let has = try tx.hasTraces(customer: customer)
        tracesCandidates = has
        return has
    }

    /// Makes a tombstone of it and of what belongs to it. The tombstone is sent even when LinkedIn never accepted the record: a crash
    /// between sending and settling would leave one behind there, and a deletion of nothing is only a 404.
    mutating func bury(_ row: RecordRow, key: RecordKey) throws {
        var after = row
        after.desired = nil
        after.state = row.state == .confirming ? .confirming : .due
        try tx.run(
            """
            UPDATE record SET revision = revision + 1, desired = NULL, state = ?, priority = ?, due_ms = ?, attempts = 0, changed_ms = ?,
                reason_code = NULL, reason = NULL, wait_kind = NULL, wait_id = NULL, poll_ms = NULL
            WHERE customer_id = ? AND rid = ?
            """,
            .int(after.state.rawValue), .int(overtaking(row).rawValue), .int(now.value), .int(now.value),
            .int(customer), .int(row.rid))
        // A job is deleted by sending it once more, closed; nobody needs the bytes of the others.
        if row.kind != .job {
            try tx.run("DELETE FROM body WHERE customer_id = ? AND rid = ?", .int(customer), .int(row.rid))
        }
        counts.record(row.kind, from: row.counted, to: after.counted)
        try buryChildren(of: key)
    }

    private mutating func buryChildren(of key: RecordKey) throws {
        for (child, childKey) in try children(of: key) {
            try bury(child, key: childKey)
            tally.cascaded += 1
        }
    }

    private func children(of key: RecordKey) throws -> [(RecordRow, RecordKey)] {
        var children: [(RecordRow, RecordKey)] = []
        for kind in RecordKind.allCases where kind.owner == key.kind {
            children += try tx.rows(
                """
                SELECT \(RecordRow.columns), parent, id FROM record
                WHERE customer_id = ? AND kind = ? AND parent = ? AND desired IS NOT NULL
                """, [.int(customer), .int(kind.number), .text(key.id)], Self.keyed)
        }
        if key.kind == .candidate {
            children += try tx.rows(
                "SELECT \(RecordRow.columns), parent, id FROM record WHERE customer_id = ? AND candidate = ? AND desired IS NOT NULL",
                [.int(customer), .text(key.id)], Self.keyed)
        }
        return children
    }

    static func keyed(_ row: borrowing SQLRow) throws -> (RecordRow, RecordKey) {
        let record = try RecordRow(row)
        let key = RecordKey(
            record.kind, parent: row.text(RecordRow.columnCount), id: row.text(RecordRow.columnCount + 1))
        return (record, key)
    }

    /// A back-fill does not push back what somebody waits for.
    private func overtaking(_ row: RecordRow) -> Priority { row.state == .due ? min(row.priority, priority) : priority }
}
