// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// The next records of one kind to send: interactive ones as long as there are any, then the others, each by age.
    ///
    /// Records that cannot go yet are parked as waiting on the way: a child whose parent LinkedIn does not hold, a deletion whose children
    /// are not gone. Parking writes, so call it inside `Store.write`; when nothing is parked the commit costs nothing. A claim leaves no
    /// mark: after a crash the same records are due.
    ///
    /// - Parameters:
    ///   - deletions: tombstones instead of records.
    ///   - excluding: `rid`s whose calls are under way.
    /// - Returns: at most `limit`; fewer do not mean that no more are due, `nextDue` says so.
    package func claimDue(
        customer: Int64, kind: RecordKind, deletions: Bool, limit: Int, excluding: Set<Int64> = [], at now: Millis
    ) throws -> [DueRecord] {
        var claim = Claim(tx: self, customer: customer, kind: kind, isDeletion: deletions, now: now)
        // Never both in one claim: what somebody waits for may use the reserve of a budget, and history may not ride along on it.
        for priority in [Priority.interactive, .backfill] where claim.taken.isEmpty {
            try claim.take(priority, upTo: limit, excluding: excluding)
        }
        try apply(claim.counts, customer: customer)
        return claim.taken
    }

    /// When the next record of one kind may be sent or deleted: in the past when it may already, nil when none is due.
    package func nextDue(customer: Int64, kind: RecordKind, excluding: Set<Int64> = []) throws -> Millis? {
        var next: Millis?
        for condition in Self.dueConditions {
            for priority in Self.duePriorities {
                try each(
                    """
                    SELECT due_ms, rid FROM record WHERE customer_id = ? AND kind = ? AND priority = ? AND state = 1 AND \(condition)
                    ORDER BY due_ms, rid
                    """, [.int(customer), .int(kind.number), .int(priority.rawValue)]
                ) { row in
                    if excluding.contains(row.int(1)) { return true }
                    let due = Millis(row.int(0))
                    next = min(next ?? due, due)
                    return false
                }
            }
        }
        return next
    }

    /// When the record of some kinds that has been due for longest was due.
    package func oldestDue(customer: Int64, kinds: [RecordKind]) throws -> Millis? {
        guard !kinds.isEmpty else { return nil }
        var firsts: [String] = []
        var values: [SQLValue] = []
        // One statement instead of many: the first page asks for every customer.
        for kind in kinds.sorted() {
            for condition in Self.dueConditions {
                for priority in Self.duePriorities {
                    firsts.append(
                        """
                        SELECT min(due_ms) AS due_ms FROM record
                        WHERE customer_id = ? AND kind = ? AND priority = ? AND state = 1 AND \(condition)
                        """)
                    values += [.int(customer), .int(kind.number), .int(priority.rawValue)]
                }
            }
        }
        let text = "SELECT min(due_ms) FROM (\(firsts.joined(separator: " UNION ALL "))) AS firsts"
        return try first(text, values) { $0.optionalInt(0).map { Millis($0) } } ?? nil
    }

    /// Each has an index of its own, and each priority a stretch of it.
    private static let dueConditions = ["desired IS NOT NULL", "desired IS NULL"]
    private static let duePriorities = [Priority.interactive, .backfill]
}

/// The work of one `claimDue`.
struct Claim {
    let tx: SQLTransaction
    let customer: Int64
    let kind: RecordKind
    let isDeletion: Bool
    let now: Millis
    var taken: [DueRecord] = []
    var counts = TallyChange()
    /// Rows that may still be looked at: others wait for the commit, so a million of waiting ones are parked in steps.
    private var patience = 2_000
    /// Parents that were looked up already: a bulk of stages often belongs to few applications.
    private var ready: [RecordKey: Bool] = [:]
    /// Whether the customer has any chosen members; nil until it was asked for.
    private var choices: Bool?

    struct Row {
        var rid: Int64
        var due: Int64
        var record: DueRecord
        var needsParents: Bool
        var fills: Fills
        var counted: Counted
    }

    init(tx: SQLTransaction, customer: Int64, kind: RecordKind, isDeletion: Bool, now: Millis) {
        self.tx = tx
        self.customer = customer
        self.kind = kind
        self.isDeletion = isDeletion
        self.now = now
    }

    mutating func take(_ priority: Priority, upTo limit: Int, excluding: Set<Int64>) throws {
        var last: (due: Int64, rid: Int64) = (.min, .min)
        while taken.count < limit, patience > 0 {
            let count = limit - taken.count + excluding.count
            let rows = try page(priority, after: last, limit: count)
            for row in rows where !excluding.contains(row.rid) && taken.count < limit {
                patience -= 1
                if let obstacle = try obstacle(to: row) {
                    try park(row, waitingFor: obstacle)
                } else {
                    taken.append(try loaded(row))
                }
            }
            guard let end = rows.last, rows.count == count else { return }
            last = (end.due, end.rid)
        }
    }

    private func page(_ priority: Priority, after last: (due: Int64, rid: Int64), limit: Int) throws -> [Row] {
        try tx.rows(
            """
            SELECT r.rid, due_ms, parent, id, revision, desired, attempts, job, candidate, observed, fills, bytes, changed_ms, observed_ms
            FROM record r LEFT JOIN body b ON b.customer_id = r.customer_id AND b.rid = r.rid
            WHERE r.customer_id = ? AND kind = ? AND priority = ? AND state = 1 AND desired IS \(isDeletion ? "" : "NOT") NULL
                AND due_ms <= ? AND (due_ms, r.rid) > (?, ?)
            ORDER BY due_ms, r.rid LIMIT ?
            """,
            [
                .int(customer), .int(kind.number), .int(priority.rawValue), .int(now.value), .int(last.due),
                .int(last.rid), .int(limit),
            ]
        ) { row in
            let observed = row.optionalBlob(9)
            // A change that LinkedIn has already is only sent once more.
            let isNews = row.optionalInt(13).map { row.int(12) > $0 } ?? true
            return Row(
                rid: row.int(0), due: row.int(1),
                record: DueRecord(
                    rid: row.int(0), key: RecordKey(kind, parent: row.text(2), id: row.text(3)), revision: row.int(4),
                    hash: row.optionalBlob(5).map(ContentHash.init), body: row.blob(11), job: row.optionalText(7),
                    candidate: row.optionalText(8), priority: priority,
                    attempts: Int(row.int(6)), isObserved: observed != nil,
                    since: Millis(isNews ? row.int(12) : row.int(1))),
                // LinkedIn took a version under the same parents already.
                needsParents: observed?.count != 16, fills: Fills(rawValue: row.int(10)),
                counted: Counted(isDesired: !isDeletion, isObserved: observed != nil, state: .due))
        }
    }

    /// What stands in the way: the parent that is not ready, or, for a deletion, the children that go first.
    private mutating func obstacle(to row: Row) throws -> RecordKey? {
        if isDeletion { return try obstacle(toDeleting: row.record.key) }
        if kind == .assignee { return try groupToLeave(before: row.record) }
        guard row.needsParents || !row.fills.isEmpty else { return nil }
        if let job = row.record.job, try mustAwait(job: job, needsTitle: row.fills.contains(.title)) {
            return RecordKey(.job, id: job)
        }
        var parents: [RecordKey] = []
        if let parent = kind.owner { parents.append(RecordKey(parent, id: row.record.key.parent)) }
        if let candidate = row.record.candidate { parents.append(RecordKey(.candidate, id: candidate)) }
        for parent in parents where try !isReady(parent) { return parent }
        return nil
    }

    /// Whether an application waits for its job: always while the job is on its way. One that will not come (refused, deleted, never sent)
    /// holds up only the application that takes its title from it: LinkedIn documents no check of the reference (modules-1-2 section 9,
    /// item 27), and a candidate's history is worth more than a link.
    private mutating func mustAwait(job: String, needsTitle: Bool) throws -> Bool {
        let key = RecordKey(.job, id: job)
        if try isReady(key) { return false }
        let state = try tx.first(
            "SELECT state, desired IS NOT NULL FROM record WHERE customer_id = ? AND kind = ? AND parent = '' AND id = ?",
            [.int(customer), .int(RecordKind.job.number), .text(job)]
        ) { (state: RecordState(rawValue: $0.int(0)), isWanted: $0.flag(1)) }
        guard let state, state.isWanted else { return needsTitle }
        return state.state != .rejected
    }

    private mutating func isReady(_ parent: RecordKey) throws -> Bool {
        if let known = ready[parent] { return known }
        let isReady =
            try tx.first(
                "SELECT desired IS NOT NULL AND length(observed) = 16 FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
                [.int(customer), .int(parent.kind.number), .text(parent.parent), .text(parent.id)]
            ) { $0.flag(0) } ?? false
        ready[parent] = isReady
        return isReady
    }

    private func obstacle(toDeleting key: RecordKey) throws -> RecordKey? {
        switch kind {
        case .acl: try stillSecured(by: key)
        case .job: nil
        default: try remainingChildren(of: key)
        }
    }

    private func remainingChildren(of key: RecordKey) throws -> RecordKey? {
        for child in RecordKind.allCases where child.owner == kind {
            let one = try tx.first(
                "SELECT 1 FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND desired IS NULL LIMIT 1",
                [.int(customer), .int(child.number), .text(key.id)]
            ) { _ in true }
            if one != nil { return RecordKey(child, id: key.id) }
        }
        guard kind == .candidate else { return nil }
        let one = try tx.first(
            "SELECT 1 FROM record WHERE customer_id = ? AND candidate = ? AND desired IS NULL LIMIT 1",
            [.int(customer), .text(key.id)]
        ) { _ in true }
        return one.map { _ in RecordKey(.application, id: key.id) }
    }

    private mutating func park(_ row: Row, waitingFor obstacle: RecordKey) throws {
        try tx.run(
            "UPDATE record SET state = 3, wait_kind = ?, wait_id = ? WHERE customer_id = ? AND rid = ?",
            .int(obstacle.kind.number), .text(obstacle.id), .int(customer), .int(row.rid))
        var after = row.counted
        after.state = .waiting
        counts.record(kind, from: row.counted, to: after)
    }

    private mutating func loaded(_ row: Row) throws -> DueRecord {
        var record = row.record
        if kind == .candidate, !isDeletion, try hasChoices() {
            record.chosenMember = try tx.manualMatch(of: record.key.id, customer: customer)
        }
        if !isDeletion, !row.fills.isEmpty {
            record.fill = try ApplicationFill(
                application: record.body, job: body(.job, row.fills.contains(.title) ? record.job : nil),
                candidate: body(.candidate, row.fills.contains(.person) ? record.candidate : nil))
        }
        return record
    }

    private mutating func hasChoices() throws -> Bool {
        if let choices { return choices }
        let has = try tx.hasManualMatches(customer: customer)
        choices = has
        return has
    }

    private func body(_ kind: RecordKind, _ id: String?) throws -> [UInt8]? {
        guard let id else { return nil }
        return try tx.body(customer: customer, key: RecordKey(kind, id: id))
    }
}
