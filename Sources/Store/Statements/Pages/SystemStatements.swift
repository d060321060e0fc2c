// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// A lease with the customer it is for, as the system page shows it.
package struct LeaseRow: Sendable, Hashable {
    package var lease: Lease
    /// The customer's id; nil for what concerns nobody in particular.
    package var customer: String?
}

/// How much room the database took on one day.
package struct DaySize: Sendable, Hashable {
    /// Days since 1970.
    package var day: Int64
    package var bytes: Int64
}

/// How much room one table takes with its indexes, today and some days ago.
package struct TableSize: Sendable, Hashable {
    package var table: String
    package var bytes: Int64
    /// nil when it was not measured then.
    package var before: Int64?
}

extension SQLTransaction {
    /// The size of the database in bytes, its log not counted.
    package func databaseBytes() throws -> Int64 {
        try first("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") { $0.int(0) } ?? 0
    }

    /// The name of the newest step of the schema.
    package func schemaVersion() throws -> String {
        try first("SELECT name FROM migration ORDER BY number DESC LIMIT 1") { $0.text(0) } ?? ""
    }

    /// Every lease that somebody has, or had and let lapse.
    package func leases() throws -> [LeaseRow] {
        try rows(
            """
            SELECT l.customer_id, l.name, l.holder, l.term, l.expires_ms, c.slug
            FROM lease l LEFT JOIN customer c ON c.customer_id = l.customer_id
            WHERE l.expires_ms > 0 ORDER BY l.customer_id, l.name LIMIT 1000
            """
        ) { row in
            LeaseRow(
                lease: Lease(
                    customer: row.int(0), name: row.text(1), holder: row.text(2), term: row.int(3),
                    expires: Millis(row.int(4))), customer: row.optionalText(5))
        }
    }

    /// Whether the tables were measured on this day.
    package func isMeasured(day: Int64) throws -> Bool {
        try first("SELECT 1 FROM database_size WHERE day = ? LIMIT 1", [.int(day)]) { _ in true } ?? false
    }

    /// How many bytes each table takes with its indexes. It reads the whole database: once a day, on a reader.
    package func measureTables() throws -> [(table: String, bytes: Int64)] {
        try rows(
            """
            SELECT COALESCE(m.tbl_name, s.name), SUM(s.pgsize) FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name
            WHERE s.aggregate = TRUE GROUP BY 1
            """
        ) { ($0.text(0), $0.int(1)) }
    }

    /// Keeps what was measured; days older than a year are forgotten.
    package func keepSizes(_ sizes: [(table: String, bytes: Int64)], day: Int64) throws {
        try run("DELETE FROM database_size WHERE day <= ?", .int(day - 366))
        for size in sizes {
            try run(
                """
                INSERT INTO database_size (day, table_name, bytes) VALUES (?, ?, ?)
                ON CONFLICT (day, table_name) DO UPDATE SET bytes = excluded.bytes
                """, .int(day), .text(size.table), .int(size.bytes))
        }
    }

    /// The whole database on each measured day, oldest first.
    package func daySizes(since day: Int64) throws -> [DaySize] {
        try rows(
            "SELECT day, SUM(bytes) FROM database_size WHERE day >= ? GROUP BY day ORDER BY day", [.int(day)]
        ) { DaySize(day: $0.int(0), bytes: $0.int(1)) }
    }

    /// The tables as they were measured last, the largest first, beside the first measurement in the `days` before.
    package func tableSizes(days: Int64, limit: Int) throws -> [TableSize] {
        guard let last = try first("SELECT MAX(day) FROM database_size", [], { $0.optionalInt(0) }) ?? nil else {
            return []
        }
        let then = try first(
            "SELECT MIN(day) FROM database_size WHERE day >= ? AND day < ?", [.int(last - days), .int(last)]
        ) { $0.optionalInt(0) }
        return try rows(
            """
            SELECT n.table_name, n.bytes, o.bytes FROM database_size n
            LEFT JOIN database_size o ON o.table_name = n.table_name AND o.day = ?
            WHERE n.day = ? ORDER BY n.bytes DESC, n.table_name LIMIT ?
            """, [.optional(then ?? nil), .int(last), .int(limit)]
        ) { TableSize(table: $0.text(0), bytes: $0.int(1), before: $0.optionalInt(2)) }
    }
}
