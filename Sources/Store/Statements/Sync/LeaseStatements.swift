// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Takes a lease that nobody holds, that lapsed, or that the same holder had.
    ///
    /// - Parameters:
    ///   - customer: 0 for what concerns nobody in particular.
    ///   - now: read *before* the call, so that the holder never believes in it longer than others do.
    /// - Returns: nil when somebody else holds it.
    package func acquireLease(
        name: String, customer: Int64 = 0, holder: String, now: Millis, ttl: Duration = Lease.lifetime
    ) throws -> Lease? {
        try first(
            """
            INSERT INTO lease (customer_id, name, holder, term, expires_ms) VALUES (?, ?, ?, 1, ?)
            ON CONFLICT (customer_id, name)
            DO UPDATE SET holder = excluded.holder, term = lease.term + 1, expires_ms = excluded.expires_ms
            WHERE lease.expires_ms <= ? OR lease.holder = excluded.holder
            RETURNING term, expires_ms
            """, [.int(customer), .text(name), .text(holder), .int((now + ttl).value), .int(now.value)]
        ) { row in Lease(customer: customer, name: name, holder: holder, term: row.int(0), expires: Millis(row.int(1)))
        }
    }

    /// Prolongs a lease that the holder still has; a lapsed one may be renewed as long as nobody else took it.
    ///
    /// - Returns: nil when another term began: stop working.
    package func renewLease(_ lease: Lease, now: Millis, ttl: Duration = Lease.lifetime) throws -> Lease? {
        try first(
            "UPDATE lease SET expires_ms = ? WHERE customer_id = ? AND name = ? AND holder = ? AND term = ? RETURNING expires_ms",
            [.int((now + ttl).value), .int(lease.customer), .text(lease.name), .text(lease.holder), .int(lease.term)]
        ) { row in
            var renewed = lease
            renewed.expires = Millis(row.int(0))
            return renewed
        }
    }

    /// Gives a lease back, so that another process may take it at once. One that another holds now stays as it is.
    package func releaseLease(_ lease: Lease) throws {
        try run(
            "UPDATE lease SET expires_ms = 0 WHERE customer_id = ? AND name = ? AND holder = ? AND term = ?",
            .int(lease.customer), .text(lease.name), .text(lease.holder), .int(lease.term))
    }
}
