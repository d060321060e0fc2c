// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// Closed accounts: what the policy makes of them, and the evidence.
extension SQLTransaction {
    /// Does what a policy says about one closed account.
    ///
    /// - Parameter candidate: the candidate that the member is.
    /// - Returns: the ids of the erasures that it began.
    package func applyClosedPolicy(
        _ policy: ClosedPolicy, to person: String, candidate: String?, customer: Int64, receipts: ReceiptKey,
        at now: Millis
    ) throws -> [String] {
        guard policy != .notify, let customer = try self.customer(number: customer) else { return [] }
        var scopes: [ErasureScope] = [.person(person)]
        if policy == .eraseCandidate, let candidate { scopes.append(.candidate(candidate)) }
        return try scopes.map { scope in
            try beginErasure(receipts.request(scope, customer: customer.id), of: customer, at: now)
        }
    }

    package func addClosedCheck(
        _ policy: ClosedPolicy, found: Int, told: Int, erased: Int, customer: Int64, at now: Millis
    ) throws {
        let last = try first("SELECT max(number) FROM closed_check WHERE customer_id = ?", [.int(customer)]) {
            $0.int(0)
        }
        try run(
            """
            INSERT INTO closed_check (customer_id, number, at_ms, policy, found, told, erased) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .int(customer), .int((last ?? 0) + 1), .int(now.value), .int(policy.rawValue), .int(found), .int(told),
            .int(erased))
    }

    /// Checks by number, the newest first.
    ///
    /// - Parameter before: the last number of the page before; nil for the first page.
    package func closedChecks(customer: Int64, before: Int64?, limit: Int) throws -> [ClosedCheck] {
        try rows(
            """
            SELECT number, at_ms, policy, found, told, erased FROM closed_check WHERE customer_id = ? AND number < ?
            ORDER BY number DESC LIMIT ?
            """, [.int(customer), .int(before ?? .max), .int(limit)]
        ) { row in
            ClosedCheck(
                number: row.int(0), at: Millis(row.int(1)), policy: ClosedPolicy(rawValue: row.int(2)) ?? .notify,
                found: Int(row.int(3)), told: Int(row.int(4)), erased: Int(row.int(5)))
        }
    }
}
