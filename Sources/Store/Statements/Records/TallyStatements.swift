// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What a record counts as.
struct Counted: Hashable {
    var isDesired: Bool
    var isObserved: Bool
    var state: RecordState
    var isMatched = false
}

/// The sum of what one transaction changes in the counts of one customer.
struct TallyChange {
    private(set) var kinds: [RecordKind: Tally] = [:]

    /// A record was `before` (nil: it was not there) and is `after` (nil: it is gone).
    mutating func record(_ kind: RecordKind, from before: Counted?, to after: Counted?) {
        if before == after { return }
        if let before { add(before, by: -1, to: kind) }
        if let after { add(after, by: 1, to: kind) }
    }

    private mutating func add(_ counted: Counted, by sign: Int, to kind: RecordKind) {
        kinds[kind, default: Tally()].count(counted, by: sign)
    }
}

extension Tally {
    mutating func count(_ counted: Counted, by sign: Int) {
        if counted.isDesired { desired += sign } else { deleting += sign }
        if counted.isObserved { observed += sign }
        if counted.isMatched { matched += sign }
        switch counted.state {
        case .synced: break
        case .due: due += sign
        case .confirming: confirming += sign
        case .waiting: waiting += sign
        case .rejected: rejected += sign
        }
    }
}

extension SQLTransaction {
    /// Adds the sum to the stored counts.
    func apply(_ change: TallyChange, customer: Int64) throws {
        for (kind, tally) in change.kinds where tally != Tally() {
            // Two statements and not an upsert, because the CHECKs would see the sum alone as a new row.
            let values: [SQLValue] = [
                .int(tally.desired), .int(tally.observed), .int(tally.due), .int(tally.rejected), .int(tally.waiting),
                .int(tally.confirming), .int(tally.deleting), .int(tally.matched), .int(customer), .int(kind.number),
            ]
            let changed = try run(
                """
                UPDATE tally SET desired = desired + ?, observed = observed + ?, due = due + ?, rejected = rejected + ?,
                    waiting = waiting + ?, confirming = confirming + ?, deleting = deleting + ?, matched = matched + ?
                WHERE customer_id = ? AND kind = ?
                """, values)
            if changed == 0 {
                try run(
                    """
                    INSERT INTO tally (desired, observed, due, rejected, waiting, confirming, deleting, matched, customer_id, kind)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, values)
            }
        }
    }

    /// How many records of each kind stand where; kinds that never had a record are absent.
    package func tallies(customer: Int64) throws -> [RecordKind: Tally] {
        try tallies("WHERE customer_id = ?", [.int(customer)])[customer] ?? [:]
    }

    /// By customer.
    func tallies(_ condition: String = "", _ values: [SQLValue] = []) throws -> [Int64: [RecordKind: Tally]] {
        var tallies: [Int64: [RecordKind: Tally]] = [:]
        try each(
            """
            SELECT customer_id, kind, desired, observed, due, rejected, waiting, confirming, deleting, matched FROM tally \(condition)
            """, values
        ) { row in
            guard let kind = RecordKind(number: row.int(1)) else {
                throw StoreError(.schema, "a count has an unknown kind")
            }
            var tally = Tally()
            tally.desired = Int(row.int(2))
            tally.observed = Int(row.int(3))
            tally.due = Int(row.int(4))
            tally.rejected = Int(row.int(5))
            tally.waiting = Int(row.int(6))
            tally.confirming = Int(row.int(7))
            tally.deleting = Int(row.int(8))
            tally.matched = Int(row.int(9))
            tallies[row.int(0), default: [:]][kind] = tally
            return true
        }
        return tallies
    }
}
