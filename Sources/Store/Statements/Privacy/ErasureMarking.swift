// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What the keys of an open erasure stand for.
enum ErasureSubject: Int64 {
    case candidate = 1
    case person = 2
}

extension SQLTransaction {
    /// Makes tombstones of a candidate and of everything that belongs to it, remembers their keys, and scrubs the rest.
    func mark(candidate: String, erasure: String, customer: Int64, at now: Millis) throws {
        var family = Family(tx: self, customer: customer, now: now)
        let rows = try family.bury(candidate: candidate)
        try apply(family.acceptance.counts, customer: customer)
        for (row, key) in rows { try addItem(row.rid, key, erasure: erasure, customer: customer) }
        try addSubject(.candidate, candidate, erasure: erasure, customer: customer)
        for person in try ownPersons(of: candidate, customer: customer) {
            try addSubject(.person, person, erasure: erasure, customer: customer)
        }
        try count("record", family.bodies, erasure: erasure, customer: customer)
        try count(
            "candidate_match", try forgetMatches(of: rows, customer: customer), erasure: erasure, customer: customer)
        try forgetReborn(candidate: candidate, family: rows.map(\.1), erasure: erasure, customer: customer)
        try scrub(erasure: erasure, customer: customer, at: now)
    }

    /// Makes tombstones of the next records of a customer whose contract ends.
    ///
    /// - Returns: false when none was left.
    package func markMore(erasure: String, customer: Int64, limit: Int, at now: Millis) throws -> Bool {
        var family = Family(tx: self, customer: customer, now: now)
        let marked = try family.buryNext(limit)
        try apply(family.acceptance.counts, customer: customer)
        try count("record", family.bodies, erasure: erasure, customer: customer)
        // Tombstones of before, too: LinkedIn may not have been told of them yet.
        let added = try run(
            """
            INSERT INTO erasure_item (customer_id, erasure_id, kind, parent, id, rid, state)
            SELECT r.customer_id, ?, r.kind, r.parent, r.id, r.rid, 0 FROM record r
            WHERE r.customer_id = ? AND r.desired IS NULL AND NOT EXISTS (
                SELECT 1 FROM erasure_item i WHERE i.customer_id = r.customer_id AND i.rid = r.rid AND i.erasure_id = ?)
            LIMIT ?
            """, .text(erasure), .int(customer), .text(erasure), .int(limit * 4))
        return marked > 0 || added > 0
    }

    /// Members that only this candidate is tied or matched to. What LinkedIn told about a member who is also another candidate of the
    /// customer stays with that one.
    private func ownPersons(of candidate: String, customer: Int64) throws -> [String] {
        let who: [SQLValue] = [.int(customer), .text(candidate)]
        let mine = try rows(
            """
            SELECT person FROM person_tie WHERE customer_id = ? AND candidate = ?
            UNION SELECT m.person FROM record r JOIN candidate_match m ON m.customer_id = r.customer_id AND m.rid = r.rid
            WHERE r.customer_id = ? AND r.kind = 2 AND r.parent = '' AND r.id = ?
            EXCEPT SELECT person FROM tie_veto WHERE customer_id = ? AND candidate = ?
            """, who + who + who
        ) { $0.text(0) }
        return try mine.filter { person in
            let other = try first(
                """
                SELECT 1 FROM person_tie WHERE customer_id = ? AND person = ? AND candidate <> ?
                UNION ALL SELECT 1 FROM candidate_match m JOIN record r ON r.customer_id = m.customer_id AND r.rid = m.rid
                WHERE m.customer_id = ? AND m.person = ? AND r.id <> ? AND r.desired IS NOT NULL LIMIT 1
                """,
                [.int(customer), .text(person), .text(candidate), .int(customer), .text(person), .text(candidate)]
            ) { _ in true }
            return other == nil
        }
    }

    private func forgetMatches(of family: [(RecordRow, RecordKey)], customer: Int64) throws -> Int {
        var change = TallyChange()
        var count = 0
        for (row, _) in family where row.kind == .candidate {
            let removed = try run(
                "DELETE FROM candidate_match WHERE customer_id = ? AND rid = ?", .int(customer), .int(row.rid))
            guard removed > 0 else { continue }
            count += removed
            var before = Counted(isDesired: false, isObserved: row.observed != nil, state: .due)
            let after = before
            before.isMatched = true
            change.record(.candidate, from: before, to: after)
        }
        try apply(change, customer: customer)
        return count
    }

    func addSubject(_ kind: ErasureSubject, _ value: String, erasure: String, customer: Int64) throws {
        try run(
            """
            INSERT INTO erasure_subject (customer_id, erasure_id, kind, value) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, erasure_id, kind, value) DO NOTHING
            """, .int(customer), .text(erasure), .int(kind.rawValue), .text(value))
    }

    private func addItem(_ rid: Int64, _ key: RecordKey, erasure: String, customer: Int64) throws {
        try run(
            """
            INSERT INTO erasure_item (customer_id, erasure_id, kind, parent, id, rid, state) VALUES (?, ?, ?, ?, ?, ?, 0)
            ON CONFLICT (customer_id, erasure_id, kind, parent, id) DO NOTHING
            """,
            .int(customer), .text(erasure), .int(key.kind.number), .text(key.parent), .text(key.id), .int(rid))
    }
}

/// A candidate with all that belongs to it, on the way to be forgotten.
private struct Family {
    let tx: SQLTransaction
    let customer: Int64
    var acceptance: Acceptance
    /// Records whose bytes went.
    var bodies = 0

    init(tx: SQLTransaction, customer: Int64, now: Millis) {
        self.tx = tx
        self.customer = customer
        acceptance = Acceptance(tx: tx, customer: customer, priority: .interactive, now: now, nextRID: 0)
    }

    /// - Returns: every row of the family, tombstones of before included. A candidate that nobody knows gets a tombstone all the same:
    ///   LinkedIn may know it.
    mutating func bury(candidate: String) throws -> [(RecordRow, RecordKey)] {
        let key = RecordKey(.candidate, id: candidate)
        if try rows("kind = 2 AND id = ?", candidate).isEmpty { try addTombstone(key) }
        var rows = try rows("kind = 2 AND id = ?", candidate) + rows("kind = 3 AND parent = ?", candidate)
        let applications = try self.rows("candidate = ?", candidate)
        rows += applications
        for (_, application) in applications {
            for kind in RecordKind.allCases where kind.parent == .application {
                rows += try self.rows("kind = \(kind.number) AND parent = ?", application.id)
            }
        }
        for (row, key) in rows where row.desired != nil { try bury(row, key) }
        return rows
    }

    /// - Returns: how many went.
    mutating func buryNext(_ limit: Int) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT \(RecordRow.columns), parent, id FROM record WHERE customer_id = ? AND desired IS NOT NULL ORDER BY rid LIMIT ?
            """, [.int(customer), .int(limit)], Acceptance.keyed)
        for (row, key) in rows { try bury(row, key) }
        return rows.count
    }

    private mutating func bury(_ row: RecordRow, _ key: RecordKey) throws {
        // A parent before it in the list may have taken it along.
        guard let now = try acceptance.find(key), now.rid == row.rid, now.desired != nil else { return }
        let before = acceptance.tally.cascaded
        try acceptance.bury(now, key: key)
        bodies += 1 + acceptance.tally.cascaded - before
    }

    private mutating func addTombstone(_ key: RecordKey) throws {
        try tx.run(
            """
            INSERT INTO record (rid, customer_id, kind, parent, id, revision, desired, observed, state, priority, due_ms, attempts,
                changed_ms, fills, poll_step)
            VALUES (?, ?, ?, ?, ?, 1, NULL, ?, 1, 0, ?, 0, ?, 0, 0)
            """,
            .int(try tx.takeNumbers("record", count: 1)), .int(customer), .int(key.kind.number), .text(key.parent),
            .text(key.id), .blob([]), .int(acceptance.now.value), .int(acceptance.now.value))
        acceptance.counts.record(
            key.kind, from: nil, to: Counted(isDesired: false, isObserved: true, state: .due))
    }

    private func rows(_ condition: String, _ value: String) throws -> [(RecordRow, RecordKey)] {
        try tx.rows(
            "SELECT \(RecordRow.columns), parent, id FROM record WHERE customer_id = ? AND \(condition)",
            [.int(customer), .text(value)], Acceptance.keyed)
    }
}
