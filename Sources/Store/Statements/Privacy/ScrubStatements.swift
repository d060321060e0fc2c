// SPDX-License-Identifier: Apache-2.0

import Domain
package import SQLFile

extension SQLTransaction {
    /// Erases here what belongs to the subjects of an erasure, by the list of `Holding`.
    func scrub(erasure: String, customer: Int64, at now: Millis) throws {
        let subjects = try rows(
            "SELECT kind, value FROM erasure_subject WHERE customer_id = ? AND erasure_id = ? ORDER BY kind, value",
            [.int(customer), .text(erasure)]
        ) { (kind: ErasureSubject(rawValue: $0.int(0)), value: $0.text(1)) }
        for (kind, value) in subjects {
            guard let kind else { throw StoreError(.schema, "an erasure names an unknown kind of subject") }
            for (table, erased) in try scrub(kind, value, customer: customer) {
                try count(table, erased, erasure: erasure, customer: customer)
            }
            if kind == .person { try forget(person: value, customer: customer, at: now) }
        }
    }

    /// Erases what calls that were under way left behind about an erased candidate. One that the ATS sent again is another one.
    func scrubAgain(erasure: String, customer: Int64) throws {
        let candidates = try rows(
            """
            SELECT value FROM erasure_subject s WHERE customer_id = ? AND erasure_id = ? AND kind = 1 AND NOT EXISTS (
                SELECT 1 FROM record r WHERE r.customer_id = s.customer_id AND r.kind = 2 AND r.parent = '' AND r.id = s.value
                    AND r.desired IS NOT NULL)
            """, [.int(customer), .text(erasure)]
        ) { $0.text(0) }
        for candidate in candidates {
            for (table, erased) in try scrub(.candidate, candidate, customer: customer) {
                try count(table, erased, erasure: erasure, customer: customer)
            }
        }
    }

    /// Erases what belongs to one subject.
    ///
    /// - Returns: rows changed or deleted, by table; tables without any are left out.
    func scrub(_ kind: ErasureSubject, _ value: String, customer: Int64) throws -> [(table: String, erased: Int)] {
        let matched = kind == .person ? try candidatesMatched(to: value, customer: customer) : []
        var erased: [(table: String, erased: Int)] = []
        for holding in Holding.all {
            var count = 0
            for scrub in holding.scrubs {
                switch (scrub, kind) {
                case (.candidate(let sql), .candidate), (.person(let sql), .person):
                    count += try run(sql, .int(customer), .text(value))
                case (.candidate, .person), (.person, .candidate): break
                }
            }
            if count > 0 { erased.append((holding.table, count)) }
        }
        try countUnmatched(matched, customer: customer)
        return erased
    }

    func count(_ holding: String, _ erased: Int, erasure: String, customer: Int64) throws {
        guard erased > 0 else { return }
        try run(
            """
            INSERT INTO erasure_count (customer_id, erasure_id, holding, erased) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, erasure_id, holding) DO UPDATE SET erased = erasure_count.erased + excluded.erased
            """, .int(customer), .text(erasure), .text(holding), .int(erased))
    }

    /// Deletes rows of what a contract's end deletes, table after table.
    ///
    /// - Parameters:
    ///   - kept: tables that stay.
    ///   - limit: the most rows in all.
    /// - Returns: rows by table; empty when nothing was left.
    package func deleteEverything(customer: Int64, but kept: Set<String> = [], limit: Int) throws -> [(
        table: String, erased: Int
    )] {
        var erased: [(table: String, erased: Int)] = []
        var left = limit
        for holding in Holding.all where holding.end == .delete && !kept.contains(holding.table) && left > 0 {
            let count = try run(
                """
                DELETE FROM \(holding.table) WHERE rowid IN (SELECT rowid FROM \(holding.table) WHERE customer_id = ? LIMIT ?)
                """, .int(customer), .int(left))
            if count > 0 { erased.append((holding.table, count)) }
            left -= count
        }
        return erased
    }

    private func candidatesMatched(to person: String, customer: Int64) throws -> [Int64] {
        try rows(
            "SELECT DISTINCT rid FROM candidate_match WHERE customer_id = ? AND person = ?",
            [.int(customer), .text(person)]
        ) { $0.int(0) }
    }

    /// Keeps the count of matched candidates right after matches went.
    func countUnmatched(_ rids: [Int64], customer: Int64) throws {
        var change = TallyChange()
        for rid in rids {
            let isMatched = try first(
                "SELECT 1 FROM candidate_match WHERE customer_id = ? AND rid = ? LIMIT 1", [.int(customer), .int(rid)]
            ) { _ in true }
            guard isMatched == nil else { continue }
            let after = Counted(isDesired: true, isObserved: false, state: .synced)
            var before = after
            before.isMatched = true
            change.record(.candidate, from: before, to: after)
        }
        try apply(change, customer: customer)
    }
}
