// SPDX-License-Identifier: Apache-2.0

import Domain
package import SQLFile

/// Records that were read for the index of traces, and how far it reaches with them.
package struct TracePage: Sendable {
    var traces: [(rid: Int64, hashes: Set<Int64>, names: Set<String>)]
    /// Of `traces`, those that the index knew before.
    var stale: [Int64]
    /// What the head becomes.
    var head: Int64
    /// Nothing is left to read.
    package var isLast: Bool
    /// There is nothing to enter.
    package var isIdle: Bool
}

/// The index of what candidates can be recognised by, and of the names by which people find candidates and jobs. It is filled behind
/// intake's back: new records have numbers above the head, and those below that changed are noted.
extension SQLTransaction {
    /// Whether the customer has the index: from the first export, or the first search for a name, on.
    package func hasTraces(customer: Int64) throws -> Bool {
        try first("SELECT 1 FROM trace_head WHERE customer_id = ?", [.int(customer)]) { _ in true } ?? false
    }

    /// Has the index made, in the background, unless there is one.
    package func wantTraces(customer: Int64) throws {
        try run(
            "INSERT INTO trace_head (customer_id, rid) VALUES (?, 0) ON CONFLICT (customer_id) DO NOTHING",
            .int(customer))
    }

    /// Whether every record was read for the index but the latest: false while it is being made.
    ///
    /// - Parameter slack: how many numbers it may be behind; those of other customers count, too.
    package func tracesReach(customer: Int64, slack: Int64 = 20_000) throws -> Bool {
        let head = try first("SELECT rid FROM trace_head WHERE customer_id = ?", [.int(customer)]) { $0.int(0) }
        guard let head else { return false }
        let last = try first(
            "SELECT rid FROM record WHERE customer_id = ? AND kind IN (1, 2) AND rid > ? LIMIT 1",
            [.int(customer), .int(head + slack)]
        ) { $0.int(0) }
        return last == nil
    }

    /// Candidates and jobs that the index does not know as they are now.
    package func untraced(customer: Int64, limit: Int) throws -> TracePage {
        let known = try first("SELECT rid FROM trace_head WHERE customer_id = ?", [.int(customer)]) { $0.int(0) }
        let head = known ?? 0
        let last = try first("SELECT next - 1 FROM sequence WHERE name = 'record'") { $0.int(0) } ?? head
        var page = TracePage(traces: [], stale: [], head: last, isLast: true, isIdle: false)
        try each(
            """
            SELECT s.rid, r.kind, b.bytes FROM trace_stale s
            LEFT JOIN record r ON r.customer_id = s.customer_id AND r.rid = s.rid
            LEFT JOIN body b ON b.customer_id = s.customer_id AND b.rid = s.rid
            WHERE s.customer_id = ? LIMIT ?
            """, [.int(customer), .int(limit)]
        ) { row in
            page.stale.append(row.int(0))
            if let body = row.optionalBlob(2) { page.read(row.int(0), kind: row.int(1), body) }
            return true
        }
        var count = page.stale.count
        guard count < limit else {
            page.head = head
            page.isLast = false
            return page
        }
        // The plus keeps engines from the index by customer and kind, which would sort all records for each page.
        try each(
            """
            SELECT r.rid, r.kind, b.bytes FROM record r JOIN body b ON b.customer_id = r.customer_id AND b.rid = r.rid
            WHERE r.rid > ? AND +r.customer_id = ? AND +r.kind IN (1, 2) ORDER BY r.rid LIMIT ?
            """, [.int(head), .int(customer), .int(limit - count)]
        ) { row in
            count += 1
            if count == limit {
                page.head = row.int(0)
                page.isLast = false
            }
            page.read(row.int(0), kind: row.int(1), row.blob(2))
            return true
        }
        page.isIdle = known == page.head && page.stale.isEmpty
        return page
    }

    /// Enters what `untraced` read. A record that changed in between was noted by its change and comes again.
    package func trace(_ page: TracePage, customer: Int64) throws {
        for rid in page.stale {
            try forgetTraces(rid: rid, customer: customer)
        }
        for (rid, hashes, names) in page.traces {
            for name in names {
                try run(
                    """
                    INSERT INTO record_name (customer_id, name, rid) VALUES (?, ?, ?)
                    ON CONFLICT (customer_id, name, rid) DO NOTHING
                    """, .int(customer), .text(name), .int(rid))
            }
            for hash in hashes {
                try run(
                    """
                    INSERT INTO candidate_trace (customer_id, trace, rid) VALUES (?, ?, ?)
                    ON CONFLICT (customer_id, trace, rid) DO NOTHING
                    """, .int(customer), .int(hash), .int(rid))
            }
        }
        try run(
            """
            INSERT INTO trace_head (customer_id, rid) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET rid = excluded.rid WHERE trace_head.rid < excluded.rid
            """, .int(customer), .int(page.head))
    }

    /// Candidates that have something in common with a member, the one that came first first.
    package func candidates(like member: CandidateTraces, customer: Int64) throws -> [(
        id: String, traces: CandidateTraces
    )] {
        var found: [Int64: (id: String, traces: CandidateTraces)] = [:]
        for hash in member.hashes {
            // A placeholder that a thousand candidates share (no-reply@…) tells nothing.
            try each(
                """
                SELECT r.rid, r.id, b.bytes FROM candidate_trace t
                JOIN record r ON r.customer_id = t.customer_id AND r.rid = t.rid
                JOIN body b ON b.customer_id = r.customer_id AND b.rid = r.rid
                WHERE t.customer_id = ? AND t.trace = ? AND r.desired IS NOT NULL ORDER BY t.rid LIMIT 20
                """, [.int(customer), .int(hash)]
            ) { row in
                found[row.int(0)] = (row.text(1), try CandidateTraces(row.blob(2)))
                return true
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Removes what a record was found by.
    package func forgetTraces(rid: Int64, customer: Int64) throws {
        try run("DELETE FROM record_name WHERE customer_id = ? AND rid = ?", .int(customer), .int(rid))
        try run("DELETE FROM candidate_trace WHERE customer_id = ? AND rid = ?", .int(customer), .int(rid))
        try run("DELETE FROM trace_stale WHERE customer_id = ? AND rid = ?", .int(customer), .int(rid))
    }

    /// A candidate or a job changed: when the index knows it, it is read again.
    func noteStale(rid: Int64, customer: Int64) throws {
        try run(
            """
            INSERT INTO trace_stale (customer_id, rid) SELECT customer_id, ? FROM trace_head WHERE customer_id = ? AND rid >= ?
            ON CONFLICT (customer_id, rid) DO NOTHING
            """, .int(rid), .int(customer), .int(rid))
    }
}

extension TracePage {
    /// Takes what a record can be found by from its bytes; bytes that cannot be read are found by nothing.
    fileprivate mutating func read(_ rid: Int64, kind: Int64, _ body: [UInt8]) {
        if kind == RecordKind.candidate.number {
            guard let found = try? CandidateTraces(body) else { return }
            traces.append((rid, found.hashes, found.names))
        } else if let title = RecordLabel.read(body).title {
            traces.append((rid, [], WhoIsWho.turns(of: [title])))
        }
    }
}
