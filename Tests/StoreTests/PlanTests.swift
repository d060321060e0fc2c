// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
import Store
import Testing

/// The hot statements find their rows by the index that is meant for them, whatever SQLite's planner learns.
@Suite struct PlanTests {
    static let statements: [(sql: String, index: String)] = [
        ("SELECT rid FROM record WHERE customer_id = ? AND kind = ? AND parent = ? AND id = ?", "record_key"),
        (
            """
            SELECT r.rid, bytes FROM record r LEFT JOIN body b ON b.customer_id = r.customer_id AND b.rid = r.rid
            WHERE r.customer_id = ? AND kind = ? AND priority = ? AND state = 1 AND desired IS NOT NULL
                AND due_ms <= ? AND (due_ms, r.rid) > (?, ?) ORDER BY due_ms, r.rid LIMIT ?
            """, "record_due"
        ),
        (
            """
            SELECT due_ms FROM record WHERE customer_id = ? AND kind = ? AND priority = ? AND state = 1 AND desired IS NULL
            ORDER BY due_ms, rid
            """, "record_doomed"
        ),
        (
            "SELECT rid FROM record WHERE customer_id = ? AND wait_kind = ? AND wait_id = ? AND state = 3",
            "record_waiting"
        ),
        (
            "SELECT rid FROM record WHERE customer_id = ? AND kind = ? AND state = 4 AND rid > ? ORDER BY rid LIMIT ?",
            "record_rejected"
        ),
        (
            "SELECT rid FROM record WHERE customer_id = ? AND candidate = ? AND desired IS NULL LIMIT 1",
            "record_candidate"
        ),
        (
            "SELECT rid FROM record WHERE customer_id = ? AND job = ? AND fills > 0 AND desired IS NOT NULL",
            "record_job"
        ),
        (
            "SELECT rid FROM record WHERE customer_id = ? AND poll_ms IS NOT NULL AND poll_ms <= ? ORDER BY poll_ms LIMIT ?",
            "record_poll"
        ),
        ("UPDATE record SET state = 0 WHERE customer_id = ? AND rid = ?", "INTEGER PRIMARY KEY"),
    ]

    @Test(arguments: statements.indices)
    func `a hot statement uses its index and sorts nothing`(index: Int) async throws {
        let world = try await World()
        let (sql, expected) = Self.statements[index]
        let plan = try await world.store.write { tx in try tx.rows("EXPLAIN QUERY PLAN " + sql) { $0.text(3) } }
        #expect(plan.contains { $0.contains(expected) }, "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
