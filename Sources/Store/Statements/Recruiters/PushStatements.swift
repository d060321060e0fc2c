// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Keeps what LinkedIn pushed, as open.
    ///
    /// - Returns: false when an event of that id was kept before.
    package func storePush(_ push: StoredPush, customer: Int64) throws -> Bool {
        try notePush(customer: customer, at: push.receivedAt)
        return try run(
            """
            INSERT INTO push_event (customer_id, event_id, type, body, received_ms, expires_ms, state, attempts, next_ms)
            VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?) ON CONFLICT (customer_id, event_id) DO NOTHING
            """, .int(customer), .text(push.id), .text(push.type), .optional(push.body), .int(push.receivedAt.value),
            .optional(push.expiresAt?.value), .int(push.nextAt.value)) > 0
    }

    /// Pushes to read now, in the order in which they came; one that is tried again comes by its time.
    ///
    /// - Parameter types: not these.
    package func pushesDue(customer: Int64, at now: Millis, excluding types: [String] = [], limit: Int) throws
        -> [StoredPush]
    {
        let others = String(repeating: " AND type <> ?", count: types.count)
        return try pushes(
            "state = 0 AND next_ms <= ?\(others) ORDER BY next_ms, event_id LIMIT ?",
            [.int(customer), .int(now.value)] + types.map { .text($0) } + [.int(limit)])
    }

    /// When the next push that waits for its time is to be read; nil when none does.
    package func nextPush(customer: Int64, after now: Millis) throws -> Millis? {
        try first(
            "SELECT next_ms FROM push_event WHERE customer_id = ? AND state = 0 AND next_ms > ? ORDER BY next_ms LIMIT 1",
            [.int(customer), .int(now.value)]
        ) { Millis($0.int(0)) }
    }

    /// Forgets pushes that ended long ago, some thousand at a time.
    package func prunePushes(customer: Int64, settledBefore moment: Millis) throws {
        try run(
            """
            DELETE FROM push_event WHERE customer_id = ? AND event_id IN (
                SELECT event_id FROM push_event WHERE customer_id = ? AND state <> 0 AND settled_ms < ? LIMIT 5000)
            """, .int(customer), .int(customer), .int(moment.value))
    }

    /// Ends a push.
    ///
    /// - Returns: false when it was ended before: then nothing else may happen for it.
    package func settlePush(
        _ id: String, _ state: StoredPush.State, reason: String? = nil, customer: Int64, at now: Millis
    ) throws -> Bool {
        try run(
            """
            UPDATE push_event SET state = ?, reason = ?, settled_ms = ?, attempts = attempts + 1
            WHERE customer_id = ? AND event_id = ? AND state = 0
            """,
            .int(state.rawValue), .optional(reason), .int(now.value), .int(customer), .text(id)) > 0
    }

    /// Reads a push again later.
    package func postponePush(_ id: String, until next: Millis, reason: String, customer: Int64) throws {
        try run(
            """
            UPDATE push_event SET next_ms = ?, reason = ?, attempts = attempts + 1
            WHERE customer_id = ? AND event_id = ? AND state = 0
            """, .int(next.value), .text(reason), .int(customer), .text(id))
    }

    /// Pushes in the order of their ids.
    ///
    /// - Parameters:
    ///   - state: only those; nil for all.
    ///   - after: the last id that is known; empty for the first page.
    package func pushes(customer: Int64, state: StoredPush.State? = nil, after: String = "", limit: Int) throws
        -> [StoredPush]
    {
        try pushes(
            "event_id > ? \(state == nil ? "" : "AND state = ?") ORDER BY event_id LIMIT ?",
            [.int(customer), .text(after)] + (state.map { [.int($0.rawValue)] } ?? []) + [.int(limit)])
    }

    package func push(_ id: String, customer: Int64) throws -> StoredPush? {
        try pushes("event_id = ?", [.int(customer), .text(id)]).first
    }

    func pushes(_ condition: String, _ values: [SQLValue]) throws -> [StoredPush] {
        try rows(
            """
            SELECT event_id, type, body, received_ms, expires_ms, state, attempts, next_ms, settled_ms, reason
            FROM push_event WHERE customer_id = ? AND \(condition)
            """, values
        ) { row in
            guard let state = StoredPush.State(rawValue: row.int(5)) else {
                throw StoreError(.schema, "a push has an unknown state")
            }
            return StoredPush(
                id: row.text(0), type: row.text(1), body: row.optionalBlob(2), receivedAt: Millis(row.int(3)),
                expiresAt: row.optionalInt(4).map(Millis.init), state: state, attempts: Int(row.int(6)),
                nextAt: Millis(row.int(7)), settledAt: row.optionalInt(8).map(Millis.init), reason: row.optionalText(9))
        }
    }
}
