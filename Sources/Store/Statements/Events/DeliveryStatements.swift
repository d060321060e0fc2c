// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
package import SQLFile

extension SQLTransaction {
    /// Events that a webhook was never offered, or is offered once more, oldest first.
    ///
    /// - Parameter isNew: leaves out what is in a letter, and what was delivered ahead of its turn.
    /// - Returns: the events, and up to which number the feed was looked at.
    package func outgoing(
        _ webhook: Webhook, named customer: CustomerID, after: Int64, through end: Int64?, isNew: Bool, limit: Int
    ) throws -> (events: [OutgoingEvent], through: Int64) {
        let head = try lastEvent(customer: webhook.customer)
        let end = min(end ?? head, head, after + 50_000)
        let done = isNew ? try settledAhead(webhook, after: after, through: end) : []
        var (events, found, through): ([OutgoingEvent], Int, Int64) = ([], 0, max(after, end))
        try eachEvent(of: webhook.customer, after: after, through: end, limit: limit, types: webhook.types) { row in
            found += 1
            if found == limit { through = row.int(0) }
            guard !done.contains(row.int(0)) else { return }
            events.append(OutgoingEvent(number: row.int(0), attempts: 0, body: JSONWriter.event(row, customer)))
        }
        return (events, through)
    }

    /// Events behind the cursor that need no first attempt: those in a letter, and those that were delivered while an elder one was not.
    private func settledAhead(_ webhook: Webhook, after: Int64, through end: Int64) throws -> Set<Int64> {
        let place: [SQLValue] = [.int(webhook.customer), .text(webhook.id), .int(after), .int(end)]
        return Set(
            try rows(
                """
                SELECT number FROM webhook_letter WHERE customer_id = ? AND webhook_id = ? AND number > ? AND number <= ?
                UNION
                SELECT number FROM webhook_attempt WHERE customer_id = ? AND webhook_id = ? AND number > ? AND number <= ? AND ahead = 1
                """, place + place
            ) { $0.int(0) })
    }

    /// Letters to be tried again, the longest overdue first, and when the one after them is due.
    package func lettersDue(_ webhook: Webhook, named customer: CustomerID, at now: Millis, limit: Int) throws
        -> (events: [OutgoingEvent], next: Millis?)
    {
        let place: [SQLValue] = [.int(webhook.customer), .text(webhook.id)]
        let events = try rows(
            """
            SELECT e.number, e.type, e.at_ms, e.data, l.attempts FROM webhook_letter l
            JOIN event e ON e.customer_id = l.customer_id AND e.number = l.number
            WHERE l.customer_id = ? AND l.webhook_id = ? AND l.due_ms IS NOT NULL AND l.due_ms <= ? ORDER BY l.due_ms, l.number LIMIT ?
            """, place + [.int(now.value), .int(limit)]
        ) { row in
            OutgoingEvent(number: row.int(0), attempts: Int(row.int(4)), body: JSONWriter.event(row, customer))
        }
        let next = try first(
            """
            SELECT due_ms FROM webhook_letter
            WHERE customer_id = ? AND webhook_id = ? AND due_ms IS NOT NULL AND due_ms > ? ORDER BY due_ms LIMIT 1
            """, place + [.int(now.value)]
        ) { Millis($0.int(0)) }
        return (events, next)
    }

    /// Writes down how an attempt ended: the letter, the log, and how the receiver does.
    ///
    /// - Parameters:
    ///   - verdict: what becomes of the event.
    ///   - cursor: where the cursor is moved to in the same transaction.
    /// - Returns: false when the webhook is gone; then nothing is written.
    @discardableResult
    package func settle(
        _ attempt: WebhookAttempt, _ verdict: WebhookAttempt.Verdict, of webhook: Webhook, health: Webhook.Health,
        cursor: Int64
    ) throws -> Bool {
        let serial = try first(
            """
            UPDATE webhook SET attempts = attempts + 1, failures = ?, failing_ms = ?, paused_ms = ?
            WHERE customer_id = ? AND webhook_id = ? RETURNING attempts
            """,
            [
                .int(health.failures), .optional(health.failingSince?.value), .optional(health.pausedUntil?.value),
                .int(webhook.customer), .text(webhook.id),
            ]
        ) { $0.int(0) }
        guard let serial else { return false }
        try log(
            WebhookLogEntry(serial: serial, attempt), of: webhook,
            isAhead: verdict == .delivered && attempt.number > cursor)
        guard verdict != .delivered else {
            try run(
                "DELETE FROM webhook_letter WHERE customer_id = ? AND webhook_id = ? AND number = ?",
                .int(webhook.customer), .text(webhook.id), .int(attempt.number))
            return true
        }
        var due: Int64?
        if case .retry(let moment) = verdict { due = moment.value }
        try run(
            """
            INSERT INTO webhook_letter (customer_id, webhook_id, number, attempts, first_ms, last_ms, due_ms, status, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, webhook_id, number) DO UPDATE SET attempts = excluded.attempts, last_ms = excluded.last_ms,
                due_ms = excluded.due_ms, status = excluded.status, outcome = excluded.outcome
            """,
            .int(webhook.customer), .text(webhook.id), .int(attempt.number), .int(attempt.attempt),
            .int(attempt.at.value), .int(attempt.at.value), .optional(due),
            .optional(attempt.status.map(Int64.init)), .text(attempt.outcome))
        return true
    }

    /// Remembers that every event up to `number` was delivered or is a letter.
    package func passEvents(_ webhook: Webhook, through number: Int64) throws {
        try run(
            "UPDATE webhook SET cursor = ? WHERE customer_id = ? AND webhook_id = ? AND cursor < ?", .int(number),
            .int(webhook.customer), .text(webhook.id), .int(number))
    }

    /// Switches a webhook off by itself, and tells the ATS in its feed. One that is off already stays as it is.
    package func switchOff(_ webhook: Webhook, because reason: String, at now: Millis) throws {
        let changed = try run(
            "UPDATE webhook SET disabled = ? WHERE customer_id = ? AND webhook_id = ? AND disabled IS NULL",
            .text(reason),
            .int(webhook.customer), .text(webhook.id))
        guard changed == 1 else { return }
        try append(.webhookDisabled(webhook, because: reason), customer: webhook.customer, at: now)
    }

    private func log(_ entry: WebhookLogEntry, of webhook: Webhook, isAhead: Bool) throws {
        let attempt = entry.attempt
        try run(
            """
            INSERT INTO webhook_attempt (customer_id, webhook_id, slot, serial, number, attempt, at_ms, took_ms, status, outcome, ahead)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, webhook_id, slot) DO UPDATE SET serial = excluded.serial, number = excluded.number,
                attempt = excluded.attempt, at_ms = excluded.at_ms, took_ms = excluded.took_ms, status = excluded.status,
                outcome = excluded.outcome, ahead = excluded.ahead
            """,
            .int(webhook.customer), .text(webhook.id), .int(entry.serial % Self.attemptsKept), .int(entry.serial),
            .int(attempt.number), .int(attempt.attempt), .int(attempt.at.value), .int(attempt.took.milliseconds),
            .optional(attempt.status.map(Int64.init)), .text(attempt.outcome), .flag(isAhead))
    }

    /// Attempts of one webhook that its log holds.
    package static let attemptsKept: Int64 = 500
}

extension JSONWriter {
    fileprivate static func event(_ row: borrowing SQLRow, _ customer: CustomerID) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.event(row, customer: customer)
        return json.bytes
    }
}
