// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// How far everything of a customer was read.
    package func pullCursors(customer: Int64) throws -> [PullCursor] {
        try rows(
            """
            SELECT feed, contract, seat, history, owners, through_ms, stop_ms, from_ms, to_ms, start, last, restarts, due_ms, failures, reason
            FROM pull_cursor WHERE customer_id = ? ORDER BY feed, contract, seat, history
            """, [.int(customer)]
        ) { row in
            guard let feed = PullFeed(rawValue: row.text(0)) else {
                throw StoreError(.schema, "the database names a feed that this version does not know")
            }
            var cursor = PullCursor(
                .init(feed, contract: row.int(1), seat: row.int(2), isHistory: row.flag(3)),
                owners: row.text(4).split(separator: " ").compactMap { Int64($0) }, through: Millis(row.int(5)),
                stop: row.optionalInt(6).map(Millis.init), dueAt: row.optionalInt(12).map(Millis.init))
            if let from = row.optionalInt(7), let to = row.optionalInt(8) {
                cursor.window = PullWindow(from: Millis(from), to: Millis(to))
            }
            cursor.start = Int(row.int(9))
            cursor.last = row.optionalText(10)
            cursor.restarts = Int(row.int(11))
            cursor.failures = Int(row.int(13))
            cursor.reason = row.optionalText(14)
            return cursor
        }
    }

    /// Remembers how far one was read.
    package func savePull(_ cursor: PullCursor, customer: Int64) throws {
        try run(
            """
            INSERT INTO pull_cursor (customer_id, feed, contract, seat, history, owners, through_ms, stop_ms, from_ms, to_ms, start, last,
                restarts, due_ms, failures, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, feed, contract, seat, history) DO UPDATE SET
                owners = excluded.owners, through_ms = excluded.through_ms, stop_ms = excluded.stop_ms, from_ms = excluded.from_ms,
                to_ms = excluded.to_ms, start = excluded.start, last = excluded.last, restarts = excluded.restarts,
                due_ms = excluded.due_ms, failures = excluded.failures, reason = excluded.reason
            """,
            place(cursor.key, customer) + [
                .text(cursor.owners.map { String($0) }.joined(separator: " ")), .int(cursor.through.value),
                .optional(cursor.stop?.value), .optional(cursor.window?.from.value),
                .optional(cursor.window?.to.value), .int(cursor.start), .optional(cursor.last), .int(cursor.restarts),
                .optional(cursor.dueAt?.value), .int(cursor.failures), .optional(cursor.reason),
            ])
    }

    /// Forgets a cursor that has read all it was made for.
    package func removePull(_ key: PullCursor.Key, customer: Int64) throws {
        try run(
            "DELETE FROM pull_cursor WHERE customer_id = ? AND feed = ? AND contract = ? AND seat = ? AND history = ?",
            place(key, customer))
    }

    /// Puts these cursors in place of all that a contract had, lists left out.
    package func replacePulls(_ cursors: [PullCursor], contract: Int64, customer: Int64) throws {
        try run(
            "DELETE FROM pull_cursor WHERE customer_id = ? AND contract = ? AND feed NOT IN ('seats', 'closedProfiles')",
            .int(customer), .int(contract))
        for cursor in cursors { try savePull(cursor, customer: customer) }
    }

    /// Counts a call for the status page.
    package func countPull(_ feed: PullFeed, customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO pull_calls (customer_id, feed, day, calls) VALUES (?, ?, ?, 1)
            ON CONFLICT (customer_id, feed, day) DO UPDATE SET calls = pull_calls.calls + 1
            """, .int(customer), .text(feed.rawValue), .int(now.utcDay))
    }

    /// Calls of one UTC day by feed.
    package func pullCalls(customer: Int64, day: Int64) throws -> [PullFeed: Int] {
        let calls = try rows(
            "SELECT feed, calls FROM pull_calls WHERE customer_id = ? AND day = ?", [.int(customer), .int(day)]
        ) { (PullFeed(rawValue: $0.text(0)), Int($0.int(1))) }
        return calls.reduce(into: [:]) { if let feed = $1.0 { $0[feed] = $1.1 } }
    }

    /// How far back the customer wants seats to be read that are seen for the first time; nil when it did not choose.
    package func pullHistory(customer: Int64) throws -> Duration? {
        try first("SELECT history_days FROM pull_setting WHERE customer_id = ?", [.int(customer)]) {
            .seconds($0.int(0) * 86_400)
        }
    }

    package func setPullHistory(days: Int, customer: Int64) throws {
        try run(
            """
            INSERT INTO pull_setting (customer_id, history_days) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET history_days = excluded.history_days
            """, .int(customer), .int(days))
    }

    private func place(_ key: PullCursor.Key, _ customer: Int64) -> [SQLValue] {
        [.int(customer), .text(key.feed.rawValue), .int(key.contract), .int(key.seat), .flag(key.isHistory)]
    }
}
