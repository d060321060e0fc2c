// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Events, the newest first.
    ///
    /// - Parameters:
    ///   - type: an `EventType`'s raw value; nil for all.
    ///   - before: the last number of the page before; nil for the first page.
    package func eventsNewest(customer: Int64, type: String?, before: Int64?, limit: Int) throws -> [Event] {
        try rows(
            """
            SELECT number, type, at_ms, candidate, person, data FROM event
            WHERE customer_id = ? \(type == nil ? "" : "AND type = ?") AND number < ? ORDER BY number DESC LIMIT ?
            """,
            [.int(customer)] + (type.map { [.text($0)] } ?? []) + [.int(before ?? .max), .int(limit)],
            Event.init(row:))
    }

    package func event(_ number: Int64, customer: Int64) throws -> Event? {
        try first(
            "SELECT number, type, at_ms, candidate, person, data FROM event WHERE customer_id = ? AND number = ?",
            [.int(customer), .int(number)], Event.init(row:))
    }

    /// The attempts to post one event that a webhook's log still holds, the first one first.
    package func webhookAttempts(event number: Int64, webhook: String, customer: Int64) throws -> [WebhookLogEntry] {
        try webhookLog("number = ? ORDER BY serial", [.int(customer), .text(webhook), .int(number)])
    }

    /// Replays of a webhook that are not at their end, the first one first.
    package func webhookReplays(customer: Int64, webhook: String) throws -> [WebhookReplay] {
        try rows(
            "SELECT replay, cursor, until FROM webhook_replay WHERE customer_id = ? AND webhook_id = ? ORDER BY replay",
            [.int(customer), .text(webhook)]
        ) { WebhookReplay(id: $0.int(0), cursor: $0.int(1), until: $0.int(2)) }
    }

    /// What LinkedIn pushed, the newest first.
    package func pushesNewest(customer: Int64, state: StoredPush.State?, before mark: PageMark?, limit: Int) throws
        -> [StoredPush]
    {
        try pushes(
            """
            \(state == nil ? "" : "state = ? AND ")(received_ms, event_id) < (?, ?)
            ORDER BY received_ms DESC, event_id DESC LIMIT ?
            """,
            [.int(customer)] + (state.map { [.int($0.rawValue)] } ?? []) + PageMark.values(mark) + [.int(limit)])
    }
}

extension Event {
    fileprivate init(row: borrowing SQLRow) {
        self.init(
            number: row.int(0), type: row.text(1), at: Millis(row.int(2)), candidate: row.optionalText(3),
            person: row.optionalText(4), data: row.optionalBlob(5))
    }
}
