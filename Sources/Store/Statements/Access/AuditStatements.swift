// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// Which entries of the audit are wanted; nil: all.
package struct AuditFilter: Sendable, Hashable {
    package var actor: String?
    package var action: String?
    /// The customer's id.
    package var customer: String?
    package var subject: String?

    package init(actor: String? = nil, action: String? = nil, customer: String? = nil, subject: String? = nil) {
        self.actor = actor
        self.action = action
        self.customer = customer
        self.subject = subject
    }
}

extension SQLTransaction {
    /// Notes what somebody did, in the transaction that does it.
    package func audit(_ entry: AuditEntry, at now: Millis) throws {
        let last = try first("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1") { row in
            AuditChain(after: row.int(0), row.blob(1))
        }
        let customer = try entry.customer.flatMap { number in
            try first("SELECT slug FROM customer WHERE customer_id = ?", [.int(number)]) { $0.text(0) }
        }
        let chain = last ?? AuditChain()
        var record = AuditRecord(
            number: chain.count + 1, at: now, actor: entry.actor, action: entry.action, customer: customer,
            subject: entry.subject, hash: [])
        record.hash = AuditChain.hash(record, after: chain.hash)
        try run(
            "INSERT INTO audit (number, at_ms, actor, action, customer, subject, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .int(record.number), .int(now.value), .text(record.actor), .text(record.action), .optional(customer),
            .text(record.subject), .blob(record.hash))
    }

    /// Entries, newest first.
    ///
    /// - Parameter before: only entries with a smaller number; nil begins with the newest.
    package func auditEntries(_ filter: AuditFilter = AuditFilter(), before: Int64? = nil, limit: Int) throws
        -> [AuditRecord]
    {
        var conditions = ["number < ?"]
        var values: [SQLValue] = [.int(before ?? .max)]
        let wanted = [
            ("actor", filter.actor), ("action", filter.action), ("customer", filter.customer),
            ("subject", filter.subject),
        ]
        for (column, value) in wanted {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            values.append(.text(value))
        }
        return try rows(
            """
            SELECT \(Self.auditColumns) FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC LIMIT ?
            """, values + [.int(limit)], Self.auditRecord)
    }

    /// Entries in the order in which they were written, after `number`.
    package func auditEntries(after number: Int64, limit: Int) throws -> [AuditRecord] {
        try rows(
            "SELECT \(Self.auditColumns) FROM audit WHERE number > ? ORDER BY number LIMIT ?",
            [.int(number), .int(limit)], Self.auditRecord)
    }

    /// The number of the last entry; 0 when there is none. Entries are numbered without a gap.
    package func auditCount() throws -> Int64 {
        try first("SELECT MAX(number) FROM audit") { $0.int(0) } ?? 0
    }

    /// Goes on checking the chain from where `chain` stands.
    ///
    /// - Parameter limit: how many entries at most.
    package func verifyAudit(from chain: AuditChain = AuditChain(), limit: Int = .max) throws -> AuditChain {
        var chain = chain
        try each(
            "SELECT \(Self.auditColumns) FROM audit WHERE number > ? ORDER BY number LIMIT ?",
            [.int(chain.count), .int(limit)]
        ) { row in
            chain.check(Self.auditRecord(row))
            return chain.broken == nil
        }
        return chain
    }

    /// Every actor, and every action, that the audit knows: what a filter offers.
    package func auditWords() throws -> (actors: [String], actions: [String]) {
        (try distinct("actor"), try distinct("action"))
    }

    /// Jumps from one value to the next in the index, however many entries each has.
    private func distinct(_ column: String) throws -> [String] {
        try rows(
            """
            WITH RECURSIVE word (value) AS (
                SELECT MIN(\(column)) FROM audit UNION ALL
                SELECT (SELECT MIN(\(column)) FROM audit WHERE \(column) > value) FROM word WHERE value IS NOT NULL)
            SELECT value FROM word WHERE value IS NOT NULL LIMIT 500
            """
        ) { $0.text(0) }
    }

    private static let auditColumns = "number, at_ms, actor, action, customer, subject, hash"

    private static func auditRecord(_ row: borrowing SQLRow) -> AuditRecord {
        AuditRecord(
            number: row.int(0), at: Millis(row.int(1)), actor: row.text(2), action: row.text(3),
            customer: row.optionalText(4), subject: row.text(5), hash: row.blob(6))
    }
}
