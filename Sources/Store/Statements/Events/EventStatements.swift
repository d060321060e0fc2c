// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Appends an event to the customer's feed, in the transaction that makes it true.
    ///
    /// - Returns: its number.
    @discardableResult
    package func append(_ event: NewEvent, customer: Int64, at now: Millis) throws -> Int64 {
        let number = try first(
            """
            INSERT INTO event_head (customer_id, last) VALUES (?, 1)
            ON CONFLICT (customer_id) DO UPDATE SET last = event_head.last + 1 RETURNING last
            """, [.int(customer)]
        ) { $0.int(0) }
        guard let number else { throw StoreError(.schema, "the head of the events cannot be moved") }
        try run(
            """
            INSERT INTO event (customer_id, number, type, at_ms, candidate, person, from_linkedin, data)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(customer), .int(number), .text(event.type.rawValue), .int(now.value), .optional(event.candidate),
            .optional(event.person), .flag(event.isFromLinkedIn), .blob(event.data))
        return number
    }

    /// Events after a cursor, oldest first.
    ///
    /// - Parameter after: the number of the last event that is known; 0 for all.
    package func events(customer: Int64, after: Int64, limit: Int) throws -> [Event] {
        try rows(
            """
            SELECT number, type, at_ms, candidate, person, data FROM event
            WHERE customer_id = ? AND number > ? ORDER BY number LIMIT ?
            """, [.int(customer), .int(after), .int(Int64(limit))]
        ) { row in
            Event(
                number: row.int(0), type: row.text(1), at: Millis(row.int(2)), candidate: row.optionalText(3),
                person: row.optionalText(4), data: row.optionalBlob(5))
        }
    }

    /// The newest event's number; 0 when there is none.
    package func lastEvent(customer: Int64) throws -> Int64 {
        try first("SELECT last FROM event_head WHERE customer_id = ?", [.int(customer)]) { $0.int(0) } ?? 0
    }
}
