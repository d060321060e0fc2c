// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What reading back said about one record.
package struct ErasureProof: Sendable {
    package enum Result: Hashable, Sendable {
        case gone
        case stillThere
        /// LinkedIn did not say, or cannot be asked about this kind.
        case unknown
    }

    package var item: ErasureItem
    package var result: Result
    package var requestID: String?

    package init(_ item: ErasureItem, _ result: Result, requestID: String?) {
        self.item = item
        self.result = result
        self.requestID = requestID
    }
}

extension SQLTransaction {
    /// LinkedIn confirmed a deletion, in the commit that settles it.
    ///
    /// - Parameter status: 404 when LinkedIn did not know the record.
    func confirmErased(_ rid: Int64, status: Int?, requestID: String?, customer: Int64, at now: Millis) throws {
        try run(
            """
            UPDATE erasure_item SET state = 1, status = ?, request_id = ?, deleted_ms = ? WHERE customer_id = ? AND rid = ? AND state = 0
            """, .optional(status.map(Int64.init)), .optional(requestID), .int(now.value), .int(customer), .int(rid))
    }

    /// How many of an erasure's records stand where.
    package func items(erasure: String, customer: Int64) throws -> [ErasureItem.State: Int] {
        var counts: [ErasureItem.State: Int] = [:]
        try each(
            "SELECT state, count(*) FROM erasure_item WHERE customer_id = ? AND erasure_id = ? GROUP BY state",
            [.int(customer), .text(erasure)]
        ) { row in
            guard let state = ErasureItem.State(rawValue: row.int(0)) else {
                throw StoreError(.schema, "an erasure has a record in an unknown state")
            }
            counts[state] = Int(row.int(1))
            return true
        }
        return counts
    }

    /// The same by kind, for people.
    package func progress(erasure: String, customer: Int64) throws -> [RecordKind: ErasureProgress] {
        var kinds: [RecordKind: ErasureProgress] = [:]
        try each(
            "SELECT kind, state, count(*) FROM erasure_item WHERE customer_id = ? AND erasure_id = ? GROUP BY kind, state",
            [.int(customer), .text(erasure)]
        ) { row in
            guard let kind = RecordKind(number: row.int(0)), let state = ErasureItem.State(rawValue: row.int(1)) else {
                throw StoreError(.schema, "an erasure has an unknown record")
            }
            let count = Int(row.int(2))
            kinds[kind, default: ErasureProgress()].total += count
            switch state {
            case .pending: break
            case .deleted: kinds[kind]?.deleted += count
            case .proven:
                kinds[kind]?.deleted += count
                kinds[kind]?.proven += count
            case .unproven: kinds[kind]?.unproven += count
            case .neverHeld: kinds[kind]?.neverHeld += count
            case .sentAgain:
                kinds[kind]?.deleted += count
                kinds[kind]?.sentAgain += count
            }
            return true
        }
        return kinds
    }

    /// Tombstones of an erasure that can be dropped without a call: the integration was never enabled, so nothing was ever sent.
    ///
    /// - Returns: how many; at most `limit`.
    package func dropNeverSent(erasure: String, customer: Int64, limit: Int, at now: Millis) throws -> Int {
        let found = try rows(
            """
            SELECT i.rid, i.kind, i.parent, i.id FROM erasure_item i
            JOIN record r ON r.customer_id = i.customer_id AND r.rid = i.rid
            WHERE i.customer_id = ? AND i.erasure_id = ? AND i.state = 0 AND r.desired IS NULL
                AND (r.observed IS NULL OR (r.revision = 1 AND length(r.observed) = 0)) AND r.sent_ms IS NULL AND r.observed_ms IS NULL
            ORDER BY i.kind DESC LIMIT ?
            """, [.int(customer), .text(erasure), .int(limit)], Self.item(state: .pending))
        var settlement = Settlement(tx: self, customer: customer, now: now, matchPollAt: now)
        for item in found {
            try run(
                "UPDATE erasure_item SET state = 4 WHERE customer_id = ? AND rid = ? AND state = 0", .int(customer),
                .int(item.rid))
            guard let (row, key) = try settlement.find(item.rid) else { continue }
            try settlement.accepted(row, key, sent: nil, revision: row.revision)
        }
        try settlement.finish()
        return found.count
    }

    /// Records whose deletion LinkedIn refused, with its reason.
    package func refusedDeletions(erasure: String, customer: Int64, limit: Int) throws -> [(
        item: ErasureItem, reason: String
    )] {
        try rows(
            """
            SELECT i.rid, i.kind, i.parent, i.id, r.reason_code FROM erasure_item i
            JOIN record r ON r.customer_id = i.customer_id AND r.rid = i.rid
            WHERE i.customer_id = ? AND i.erasure_id = ? AND i.state = 0 AND r.state = 4 ORDER BY i.rid LIMIT ?
            """, [.int(customer), .text(erasure), .int(limit)]
        ) { row in (item: try Self.item(state: .pending)(row), reason: row.text(4)) }
    }

    /// Confirmed deletions that are to be read back, of one kind.
    package func itemsToProve(erasure: String, customer: Int64, kind: RecordKind, limit: Int) throws -> [ErasureItem] {
        try rows(
            """
            SELECT rid, kind, parent, id FROM erasure_item
            WHERE customer_id = ? AND erasure_id = ? AND state = 1 AND kind = ? AND proof_ms IS NULL ORDER BY parent, id LIMIT ?
            """, [.int(customer), .text(erasure), .int(kind.number), .int(limit)], Self.item(state: .deleted))
    }

    /// Stores what reading back said. What LinkedIn still shows gets a tombstone again, which the lanes send.
    ///
    /// - Returns: how many are still there.
    package func settleProofs(_ proofs: [ErasureProof], erasure: String, customer: Int64, at now: Millis) throws -> Int
    {
        var counts = TallyChange()
        var back = 0
        for proof in proofs {
            let place: [SQLValue] = [
                .int(customer), .text(erasure), .int(proof.item.key.kind.number), .text(proof.item.key.parent),
                .text(proof.item.key.id),
            ]
            let condition = "WHERE customer_id = ? AND erasure_id = ? AND kind = ? AND parent = ? AND id = ?"
            switch proof.result {
            case .gone:
                try run(
                    "UPDATE erasure_item SET state = 2, proof_id = ?, proof_ms = ? \(condition)",
                    [.optional(proof.requestID), .int(now.value)] + place)
            case .unknown:
                try run(
                    "UPDATE erasure_item SET proof_id = ?, proof_ms = ? \(condition)",
                    [.optional(proof.requestID), .int(now.value)] + place)
            case .stillThere:
                let rid = try exhume(proof.item.key, customer: customer, at: now, &counts)
                if rid != nil { back += 1 }
                try run(
                    "UPDATE erasure_item SET state = ?, rid = ?, proof_id = ? \(condition)",
                    [
                        .int((rid == nil ? ErasureItem.State.sentAgain : .pending).rawValue),
                        .int(rid ?? proof.item.rid),
                        .optional(proof.requestID),
                    ] + place)
            }
        }
        try apply(counts, customer: customer)
        return back
    }

    /// Asks again for what LinkedIn would not say.
    package func reopenProofs(erasure: String, customer: Int64) throws {
        try run(
            "UPDATE erasure_item SET proof_ms = NULL WHERE customer_id = ? AND erasure_id = ? AND state = 1",
            .int(customer), .text(erasure))
    }

    /// How many of an erasure's candidates LinkedIn would not talk about. What hangs on a candidate need not be readable: no page documents
    /// that applications, notes, stages or feedback are.
    package func unread(erasure: String, customer: Int64) throws -> Int {
        try first(
            "SELECT count(*) FROM erasure_item WHERE customer_id = ? AND erasure_id = ? AND state = 1 AND kind = 2",
            [.int(customer), .text(erasure)]
        ) { Int($0.int(0)) } ?? 0
    }

    /// Gives up on records that LinkedIn will not delete. Their tombstones stay, so that somebody sees them and may try again.
    package func giveUp(_ items: [ErasureItem], erasure: String, customer: Int64) throws {
        for item in items {
            try run(
                "UPDATE erasure_item SET state = 3 WHERE customer_id = ? AND erasure_id = ? AND rid = ?",
                .int(customer),
                .text(erasure), .int(item.rid))
        }
    }

    /// A tombstone for a record that LinkedIn still shows; nil when the ATS sent a new one under the same id meanwhile, which it then is.
    private func exhume(_ key: RecordKey, customer: Int64, at now: Millis, _ counts: inout TallyChange) throws -> Int64?
    {
        let known = try first(
            "SELECT rid, desired IS NULL FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            [.int(customer), .int(key.kind.number), .text(key.parent), .text(key.id)]
        ) { (rid: $0.int(0), isDoomed: $0.flag(1)) }
        if let known { return known.isDoomed ? known.rid : nil }
        let rid = try takeNumbers("record", count: 1)
        // An application's tombstone names its parents in the schema; LinkedIn's deletion needs its own id alone.
        let parent: String? = key.kind == .application ? "" : nil
        try run(
            """
            INSERT INTO record (rid, customer_id, kind, parent, id, revision, desired, observed, state, priority, due_ms, attempts,
                changed_ms, job, candidate, fills, poll_step)
            VALUES (?, ?, ?, ?, ?, 2, NULL, ?, 1, 0, ?, 0, ?, ?, ?, 0, 0)
            """,
            .int(rid), .int(customer), .int(key.kind.number), .text(key.parent), .text(key.id), .blob([]),
            .int(now.value), .int(now.value), .optional(parent), .optional(parent))
        counts.record(key.kind, from: nil, to: Counted(isDesired: false, isObserved: true, state: .due))
        return rid
    }

    private static func item(state: ErasureItem.State) -> (borrowing SQLRow) throws -> ErasureItem {
        { row in
            guard let kind = RecordKind(number: row.int(1)) else {
                throw StoreError(.schema, "an erasure has a record of an unknown kind")
            }
            return ErasureItem(
                rid: row.int(0), key: RecordKey(kind, parent: row.text(2), id: row.text(3)), state: state)
        }
    }
}
