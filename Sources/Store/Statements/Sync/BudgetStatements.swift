// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Notes what is about to be spent of a quota, before the call: a crash then wastes a little and never overspends.
    ///
    /// - Parameter keepFor: how long single moments are remembered; older ones count for their day only.
    package func reserve(
        customer: Int64, group: String, records: Int, requests: Int, at now: Millis, keepFor: Duration = .seconds(600)
    ) throws {
        try run(
            """
            INSERT INTO budget_spend (customer_id, lane, at_ms, records, requests) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, lane, at_ms)
            DO UPDATE SET records = budget_spend.records + excluded.records, requests = budget_spend.requests + excluded.requests
            """, .int(customer), .text(group), .int(now.value), .int(records), .int(requests))
        try run(
            """
            INSERT INTO budget_day (customer_id, lane, day, records, requests) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, lane, day)
            DO UPDATE SET records = budget_day.records + excluded.records, requests = budget_day.requests + excluded.requests
            """, .int(customer), .text(group), .int(now.utcDay), .int(records), .int(requests))
        try run(
            "DELETE FROM budget_spend WHERE customer_id = ? AND lane = ? AND at_ms < ?",
            .int(customer), .text(group), .int((now - keepFor).value))
    }

    /// What was spent of a quota since a moment (included), oldest first.
    package func spending(customer: Int64, group: String, since: Millis) throws -> [Spend] {
        try rows(
            "SELECT at_ms, records, requests FROM budget_spend WHERE customer_id = ? AND lane = ? AND at_ms >= ? ORDER BY at_ms",
            [.int(customer), .text(group), .int(since.value)]
        ) { Spend(at: Millis($0.int(0)), records: Int($0.int(1)), requests: Int($0.int(2))) }
    }

    /// Requests of one UTC day (`Millis.utcDay`).
    package func requestsToday(customer: Int64, group: String, day: Int64) throws -> Int {
        try spentToday(customer: customer, group: group, day: day).requests
    }

    /// What was spent on one UTC day.
    package func spentToday(customer: Int64, group: String, day: Int64) throws -> (records: Int, requests: Int) {
        try first(
            "SELECT records, requests FROM budget_day WHERE customer_id = ? AND lane = ? AND day = ?",
            [.int(customer), .text(group), .int(day)]
        ) { (Int($0.int(0)), Int($0.int(1))) } ?? (0, 0)
    }
}
