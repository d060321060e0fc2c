// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile

/// Records that the ATS sent again before LinkedIn had forgotten the old ones. Sending one at once would be overtaken by the deletion, or
/// spare it; so it waits, and becomes a record in the commit that settles the deletion.
extension SQLTransaction {
    /// Whether the tombstone belongs to an open erasure.
    func isBeingErased(_ rid: Int64, customer: Int64) throws -> Bool {
        try erasure(ofTombstone: rid, customer: customer) != nil
    }

    /// The open erasure that a tombstone belongs to, by id.
    func erasure(ofTombstone rid: Int64, customer: Int64) throws -> String? {
        try first(
            "SELECT erasure_id FROM erasure_item WHERE customer_id = ? AND rid = ? AND state = 0 LIMIT 1",
            [.int(customer), .int(rid)]
        ) { $0.text(0) }
    }

    /// - Returns: what it is for the caller: added, changed or unchanged.
    func keepReborn(_ record: DesiredRecord, customer: Int64, priority: Priority, at now: Millis) throws -> AcceptTally
    {
        var tally = AcceptTally()
        let known = try first(
            "SELECT hash FROM reborn WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            key(record.key, customer)
        ) { $0.blob(0) }
        if known == record.hash.bytes {
            tally.unchanged = 1
            return tally
        }
        try run(
            """
            INSERT INTO reborn (customer_id, kind, parent, id, hash, body, job, candidate, priority, at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, kind, parent, id) DO UPDATE SET hash = excluded.hash, body = excluded.body, job = excluded.job,
                candidate = excluded.candidate, priority = excluded.priority, at_ms = excluded.at_ms
            """,
            key(record.key, customer) + [
                .blob(record.hash.bytes), .blob(record.body), .optional(record.job), .optional(record.candidate),
                .int(priority.rawValue), .int(now.value),
            ])
        if known == nil { tally.added = 1 } else { tally.changed = 1 }
        return tally
    }

    /// Takes what was sent again under a key out of the waiting room.
    func takeReborn(_ key: RecordKey, customer: Int64) throws -> (record: DesiredRecord, priority: Priority)? {
        let found = try first(
            "SELECT hash, body, job, candidate, priority FROM reborn WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?",
            self.key(key, customer)
        ) { row in
            (
                record: DesiredRecord(
                    key: key, body: row.blob(1), hash: ContentHash(row.blob(0)), job: row.optionalText(2),
                    candidate: row.optionalText(3)), priority: Priority(rawValue: row.int(4)) ?? .backfill
            )
        }
        if found != nil { try dropReborn(key, customer: customer) }
        return found
    }

    /// - Returns: whether there was one.
    @discardableResult
    func dropReborn(_ key: RecordKey, customer: Int64) throws -> Bool {
        try run(
            "DELETE FROM reborn WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?", self.key(key, customer))
            > 0
    }

    /// A candidate that is erased again takes along what was sent again of its family.
    func forgetReborn(candidate: String, family: [RecordKey], erasure: String, customer: Int64) throws {
        var count = try run(
            "DELETE FROM reborn WHERE customer_id = ? AND candidate = ?", .int(customer), .text(candidate))
        for key in family where try dropReborn(key, customer: customer) { count += 1 }
        try self.count("reborn", count, erasure: erasure, customer: customer)
    }

    private func key(_ key: RecordKey, _ customer: Int64) -> [SQLValue] {
        [.int(customer), .int(key.kind.number), .text(key.parent), .text(key.id)]
    }
}
