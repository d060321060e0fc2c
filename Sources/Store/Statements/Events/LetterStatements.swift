// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// What was not delivered, in the order of the events.
    ///
    /// - Parameters:
    ///   - dead: dead letters, or those that are tried again.
    ///   - after: the event's number that the page before ended with.
    package func letters(customer: Int64, webhook: String, dead: Bool, after: Int64, limit: Int) throws
        -> [WebhookLetter]
    {
        try rows(
            """
            SELECT l.number, e.type, l.attempts, l.first_ms, l.last_ms, l.due_ms, l.status, l.outcome FROM webhook_letter l
            JOIN event e ON e.customer_id = l.customer_id AND e.number = l.number
            WHERE l.customer_id = ? AND l.webhook_id = ? AND (l.due_ms IS NULL) = ? AND l.number > ? ORDER BY l.number LIMIT ?
            """, [.int(customer), .text(webhook), .flag(dead), .int(after), .int(limit)]
        ) { row in
            WebhookLetter(
                number: row.int(0), type: row.text(1), attempts: Int(row.int(2)), firstAt: Millis(row.int(3)),
                lastAt: Millis(row.int(4)), dueAt: row.optionalInt(5).map(Millis.init),
                status: row.optionalInt(6).map(Int.init), outcome: row.text(7))
        }
    }

    /// How many letters a webhook has: those that are tried again, and the dead ones.
    package func letterCounts(customer: Int64, webhook: String) throws -> (waiting: Int, dead: Int) {
        try first(
            """
            SELECT count(*) FILTER (WHERE due_ms IS NOT NULL), count(*) FILTER (WHERE due_ms IS NULL) FROM webhook_letter
            WHERE customer_id = ? AND webhook_id = ?
            """, [.int(customer), .text(webhook)]
        ) { (Int($0.int(0)), Int($0.int(1))) } ?? (0, 0)
    }

    /// Tries dead letters again, on a whole new schedule.
    ///
    /// - Parameter number: one event's; nil for all.
    /// - Returns: how many.
    package func retryDeadLetters(customer: Int64, webhook: String, number: Int64?, at now: Millis) throws -> Int {
        try run(
            """
            UPDATE webhook_letter SET due_ms = ?, attempts = 0
            WHERE customer_id = ? AND webhook_id = ? AND due_ms IS NULL \(number == nil ? "" : "AND number = ?")
            """, [.int(now.value), .int(customer), .text(webhook)] + (number.map { [.int($0)] } ?? []))
    }

    /// The latest attempts, newest first, older than a serial number.
    package func webhookLog(customer: Int64, webhook: String, before: Int64, limit: Int) throws -> [WebhookLogEntry] {
        try webhookLog(
            "serial < ? ORDER BY serial DESC LIMIT ?", [.int(customer), .text(webhook), .int(before), .int(limit)])
    }

    func webhookLog(_ condition: String, _ values: [SQLValue]) throws -> [WebhookLogEntry] {
        try rows(
            """
            SELECT serial, number, attempt, at_ms, took_ms, status, outcome FROM webhook_attempt
            WHERE customer_id = ? AND webhook_id = ? AND \(condition)
            """, values
        ) { row in
            WebhookLogEntry(
                serial: row.int(0),
                WebhookAttempt(
                    number: row.int(1), attempt: Int(row.int(2)), at: Millis(row.int(3)),
                    took: .milliseconds(row.int(4)), status: row.optionalInt(5).map(Int.init), outcome: row.text(6)))
        }
    }

    /// Delivers a stretch of the feed once more, what is in letters too.
    ///
    /// - Parameters:
    ///   - after: the number before the first event.
    ///   - until: the last event's number.
    /// - Returns: the replay's number.
    package func addReplay(customer: Int64, webhook: String, after: Int64, until: Int64, at now: Millis) throws -> Int64
    {
        let replay = try takeNumbers("webhook_replay", count: 1)
        try run(
            "INSERT INTO webhook_replay (customer_id, webhook_id, replay, cursor, until, asked_ms) VALUES (?, ?, ?, ?, ?, ?)",
            .int(customer), .text(webhook), .int(replay), .int(after), .int(until), .int(now.value))
        return replay
    }

    /// The replay that was asked for first and is not at its end.
    package func nextReplay(_ webhook: Webhook) throws -> WebhookReplay? {
        try first(
            "SELECT replay, cursor, until FROM webhook_replay WHERE customer_id = ? AND webhook_id = ? ORDER BY replay LIMIT 1",
            [.int(webhook.customer), .text(webhook.id)]
        ) { WebhookReplay(id: $0.int(0), cursor: $0.int(1), until: $0.int(2)) }
    }

    /// Remembers how far a replay is; at its end it is forgotten.
    package func passReplay(_ replay: WebhookReplay, of webhook: Webhook, through number: Int64) throws {
        try run(
            "UPDATE webhook_replay SET cursor = ? WHERE customer_id = ? AND webhook_id = ? AND replay = ? AND cursor < ?",
            .int(number), .int(webhook.customer), .text(webhook.id), .int(replay.id), .int(number))
        try run(
            "DELETE FROM webhook_replay WHERE customer_id = ? AND webhook_id = ? AND replay = ? AND cursor >= until",
            .int(webhook.customer), .text(webhook.id), .int(replay.id))
    }

    /// The number of the last event before a moment; 0 when there is none. Events are stored in the order of their times.
    package func lastEvent(customer: Int64, before moment: Millis) throws -> Int64 {
        var (low, high) = (Int64(0), try lastEvent(customer: customer))
        while low < high {
            let middle = low + (high - low + 1) / 2
            let at = try first(
                "SELECT at_ms FROM event WHERE customer_id = ? AND number = ?", [.int(customer), .int(middle)]
            ) { $0.int(0) }
            if let at, at >= moment.value { high = middle - 1 } else { low = middle }
        }
        return low
    }
}
