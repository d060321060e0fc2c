// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    package func addWebhook(_ webhook: Webhook) throws {
        try run(
            """
            INSERT INTO webhook (customer_id, webhook_id, url, types, secret, cursor, attempts, failures, created_ms)
            VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)
            """,
            .int(webhook.customer), .text(webhook.id), .text(webhook.url), .text(webhook.types.joined(separator: ",")),
            .blob(webhook.secret.bytes), .int(webhook.cursor), .int(webhook.createdAt.value))
    }

    /// The customer's webhooks in the order of their ids.
    package func webhooks(customer: Int64) throws -> [Webhook] {
        try webhooks(where: "customer_id = ? ORDER BY webhook_id", [.int(customer)])
    }

    package func webhook(customer: Int64, id: String) throws -> Webhook? {
        try webhooks(where: "customer_id = ? AND webhook_id = ?", [.int(customer), .text(id)]).first
    }

    /// Every webhook that is enabled, whosever it is: what a sender has to look after.
    package func enabledWebhooks() throws -> [Webhook] {
        try webhooks(where: "disabled IS NULL ORDER BY customer_id, webhook_id", [])
    }

    /// Changes where it leads and what it is told.
    package func changeWebhook(customer: Int64, id: String, url: String, types: [String]) throws {
        try run(
            "UPDATE webhook SET url = ?, types = ? WHERE customer_id = ? AND webhook_id = ?", .text(url),
            .text(types.joined(separator: ",")), .int(customer), .text(id))
    }

    /// Switches it on, with a clean record.
    ///
    /// - Parameter cursor: goes on behind this event; nil where it stopped.
    package func enableWebhook(customer: Int64, id: String, cursor: Int64?) throws {
        try run(
            """
            UPDATE webhook SET disabled = NULL, failures = 0, failing_ms = NULL, paused_ms = NULL, cursor = COALESCE(?, cursor)
            WHERE customer_id = ? AND webhook_id = ?
            """, .optional(cursor), .int(customer), .text(id))
        guard cursor != nil else { return }
        try run(
            "UPDATE webhook_attempt SET ahead = 0 WHERE customer_id = ? AND webhook_id = ?", .int(customer), .text(id))
    }

    package func disableWebhook(customer: Int64, id: String, because reason: String) throws {
        try run(
            "UPDATE webhook SET disabled = ? WHERE customer_id = ? AND webhook_id = ?", .text(reason), .int(customer),
            .text(id))
    }

    /// Forgets a webhook with its letters and its log.
    ///
    /// - Returns: false when there was none.
    @discardableResult
    package func removeWebhook(customer: Int64, id: String) throws -> Bool {
        for table in ["webhook_letter", "webhook_replay", "webhook_attempt"] {
            try run("DELETE FROM \(table) WHERE customer_id = ? AND webhook_id = ?", .int(customer), .text(id))
        }
        return try run("DELETE FROM webhook WHERE customer_id = ? AND webhook_id = ?", .int(customer), .text(id)) > 0
    }

    /// Signs with a new secret; the one that was current signs along until `until`.
    package func rotateWebhookSecret(customer: Int64, id: String, to secret: SealedSecret, oldUntil until: Millis)
        throws
    {
        try run(
            "UPDATE webhook SET old_secret = secret, old_until_ms = ?, secret = ? WHERE customer_id = ? AND webhook_id = ?",
            .int(until.value), .blob(secret.bytes), .int(customer), .text(id))
    }

    /// The old secret signs no more.
    package func endOldWebhookSecret(customer: Int64, id: String) throws {
        try run(
            "UPDATE webhook SET old_secret = NULL, old_until_ms = NULL WHERE customer_id = ? AND webhook_id = ?",
            .int(customer), .text(id))
    }

    private func webhooks(where condition: String, _ values: [SQLValue]) throws -> [Webhook] {
        try rows(
            """
            SELECT customer_id, webhook_id, url, types, secret, old_secret, old_until_ms, disabled, cursor, failures, failing_ms,
                paused_ms, created_ms
            FROM webhook WHERE \(condition)
            """, values
        ) { row in
            Webhook(
                customer: row.int(0), id: row.text(1), url: row.text(2),
                types: row.text(3).split(separator: ",").map(String.init), secret: SealedSecret(row.blob(4)),
                oldSecret: row.optionalBlob(5).map(SealedSecret.init),
                oldSecretUntil: row.optionalInt(6).map(Millis.init),
                disabledBecause: row.optionalText(7), cursor: row.int(8),
                health: Webhook.Health(
                    failures: row.int(9), failingSince: row.optionalInt(10).map(Millis.init),
                    pausedUntil: row.optionalInt(11).map(Millis.init)),
                createdAt: Millis(row.int(12)))
        }
    }
}
