// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
package import SQLFile

extension SQLTransaction {
    /// A page of the feed.
    ///
    /// At most 50,000 numbers are looked at, so that a rare type far away does not hold a reader: `next` then lies before the head, and the
    /// caller goes on from there.
    ///
    /// - Parameters:
    ///   - after: the number of the last event that is known; 0 for all. Beyond the head nothing is found.
    ///   - types: `EventType`'s raw values; empty for all.
    package func eventPage(of customer: Int64, named id: CustomerID, after: Int64, limit: Int, types: [String] = [])
        throws -> EventPage
    {
        let head = try lastEvent(customer: customer)
        let end = min(head, after + Self.eventsLookedAt)
        var page = EventPage(next: max(after, end), head: head)
        var json = JSONWriter(capacity: 64 * 1024)
        try eachEvent(of: customer, after: after, through: end, limit: limit, types: types) { row in
            json.event(row, customer: id)
            page.count += 1
            if page.count == limit { page.next = row.int(0) }
        }
        page.json = json.bytes
        return page
    }

    /// Visits events of a range, oldest first. Columns: number, type, at_ms, data.
    func eachEvent(
        of customer: Int64, after: Int64, through end: Int64, limit: Int, types: [String],
        _ visit: (borrowing SQLRow) throws -> Void
    ) throws {
        let among = types.isEmpty ? "" : "AND type IN (\(types.map { _ in "?" }.joined(separator: ", ")))"
        try each(
            """
            SELECT number, type, at_ms, data FROM event
            WHERE customer_id = ? AND number > ? AND number <= ? \(among) ORDER BY number LIMIT ?
            """,
            [.int(customer), .int(after), .int(end)] + types.map(SQLValue.text) + [.int(limit)]
        ) { row in
            try visit(row)
            return true
        }
    }

    /// The newest event's number of every customer that has one.
    package func eventHeads() throws -> [Int64: Int64] {
        try rows("SELECT customer_id, last FROM event_head") { ($0.int(0), $0.int(1)) }
            .reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private static let eventsLookedAt: Int64 = 50_000
}

extension JSONWriter {
    /// One event as the ATS sees it, in the feed and in webhooks. Its stored data is spliced in; null once it was erased.
    mutating func event(_ row: borrowing SQLRow, customer: CustomerID) {
        let number = row.int(0)
        beginObject()
        name("number")
        int(number)
        name("id")
        string(EventID(customer: customer, number: number).description)
        name("type")
        string(row.text(1))
        name("at")
        string(Millis(row.int(2)).iso8601)
        name("data")
        if row.isNull(3) { null() } else { row.withBlob(3) { raw($0) } }
        endObject()
    }
}
