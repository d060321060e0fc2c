// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// - Throws: `StoreError` `.conflict` when the id is taken.
    package func addCustomer(_ new: NewCustomer, at now: Millis) throws -> Customer {
        guard try customer(id: new.id) == nil else {
            throw StoreError(
                .conflict, "there is a customer \(new.id) already; choose another id or remove that one first")
        }
        let number = try takeNumbers("customer", count: 1)
        try run(
            """
            INSERT INTO customer (customer_id, slug, name, organization, foreign_id, linkedin_url, client_id, client_secret, application_urn,
                status, profile_url_template, publishes_jobs, created_ms, visibility)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(number), .text(new.id.text), .text(new.name), .int(new.organization), .text(new.foreignID),
            .text(new.linkedInURL),
            .text(new.clientID), .blob(new.clientSecret.bytes), .optional(new.applicationURN),
            .int(IntegrationState.pending.rawValue),
            .optional(new.settings.profileURLTemplate), .flag(new.settings.publishesJobs), .int(now.value),
            .int(new.settings.visibility.rawValue))
        for contract in Set(new.contracts) {
            try run("INSERT INTO customer_contract (customer_id, contract) VALUES (?, ?)", .int(number), .int(contract))
        }
        guard let customer = try customer(id: new.id) else { throw StoreError(.other, "the customer was not stored") }
        return customer
    }

    /// All customers in the order in which they were added.
    package func customers() throws -> [Customer] {
        try customers(where: "TRUE", [])
    }

    package func customer(id: CustomerID) throws -> Customer? {
        try customers(where: "slug = ?", [.text(id.text)]).first
    }

    package func customer(number: Int64) throws -> Customer? {
        try customers(where: "customer_id = ?", [.int(number)]).first
    }

    /// The customer that an API key belongs to.
    ///
    /// - Parameter hash: `APIKey.hash` of what the caller showed.
    package func customer(forKeyHash hash: [UInt8]) throws -> Customer? {
        try customers(where: "customer_id = (SELECT customer_id FROM api_key WHERE hash = ?)", [.blob(hash)]).first
    }

    package func addAPIKey(customer: Int64, hash: [UInt8], label: String, at now: Millis) throws {
        try run(
            "INSERT INTO api_key (customer_id, hash, label, created_ms) VALUES (?, ?, ?, ?)",
            .int(customer), .blob(hash), .text(label), .int(now.value))
    }

    package func setSettings(customer: Int64, _ settings: CustomerSettings) throws {
        try run(
            "UPDATE customer SET profile_url_template = ?, publishes_jobs = ?, visibility = ? WHERE customer_id = ?",
            .optional(settings.profileURLTemplate), .flag(settings.publishesJobs), .int(settings.visibility.rawValue),
            .int(customer))
    }

    /// - Returns: whether it changed.
    @discardableResult
    package func setStatus(customer: Int64, _ status: IntegrationState) throws -> Bool {
        try run(
            "UPDATE customer SET status = ? WHERE customer_id = ? AND status <> ?",
            .int(status.rawValue), .int(customer), .int(status.rawValue)) > 0
    }

    /// Stores what LinkedIn says about one integration, and tells the ATS when its status is another one; the same words again write nothing.
    package func setIntegration(
        customer: Int64, type: String, context: String, name: String, status: String, at now: Millis
    ) throws {
        let before = try first(
            "SELECT status FROM integration WHERE customer_id = ? AND type = ? AND context = ?",
            [.int(customer), .text(type), .text(context)]
        ) { $0.text(0) }
        try run(
            """
            INSERT INTO integration (customer_id, type, context, name, status, changed_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, type, context)
            DO UPDATE SET name = excluded.name, status = excluded.status, changed_ms = excluded.changed_ms
            WHERE integration.name <> excluded.name OR integration.status <> excluded.status
            """,
            .int(customer), .text(type), .text(context), .text(name), .text(status), .int(now.value))
        if before != status {
            try append(.integrationChanged(type: type, context: context, status: status), customer: customer, at: now)
        }
    }

    package func integrations(customer: Int64) throws -> [CustomerIntegration] {
        try rows(
            "SELECT type, context, name, status, changed_ms FROM integration WHERE customer_id = ? ORDER BY type, context",
            [.int(customer)]
        ) { row in
            CustomerIntegration(
                type: row.text(0), context: row.text(1), name: row.text(2), status: row.text(3),
                changedAt: Millis(row.int(4)))
        }
    }

    /// Forgets the customer and everything that belongs to it, here and not at LinkedIn. Receipts of erasures stay.
    package func removeCustomer(_ customer: Int64) throws {
        try run("DELETE FROM erasure WHERE customer_id = ? AND finished_ms IS NULL", .int(customer))
        // The customer itself last: its contracts and keys refer to it.
        for holding in Holding.all where holding.table != "customer" {
            if case .outlive = holding.end { continue }
            try run("DELETE FROM \(holding.table) WHERE customer_id = ?", .int(customer))
        }
        try run("DELETE FROM customer WHERE customer_id = ?", .int(customer))
    }

    /// Takes `count` numbers that nobody had before; returns the first.
    func takeNumbers(_ name: String, count: Int) throws -> Int64 {
        let next = try first(
            "UPDATE sequence SET next = next + ? WHERE name = ? RETURNING next", [.int(count), .text(name)]
        ) { $0.int(0) }
        guard let next else { throw StoreError(.schema, "the sequence \(name) is missing") }
        return next - Int64(count)
    }

    private func customers(where condition: String, _ values: [SQLValue]) throws -> [Customer] {
        var customers = try rows(
            """
            SELECT customer_id, slug, name, organization, foreign_id, linkedin_url, client_id, client_secret, application_urn,
                status, profile_url_template, publishes_jobs, created_ms, visibility, paused_ms
            FROM customer WHERE \(condition) ORDER BY customer_id
            """, values
        ) { row in
            guard let id = CustomerID(row.text(1)), let status = IntegrationState(rawValue: row.int(9)) else {
                throw StoreError(.schema, "a customer of the database is not readable")
            }
            return Customer(
                number: row.int(0), id: id, name: row.text(2), organization: row.int(3), contracts: [],
                foreignID: row.text(4),
                linkedInURL: row.text(5), clientID: row.text(6), clientSecret: SealedSecret(row.blob(7)),
                applicationURN: row.optionalText(8), status: status, createdAt: Millis(row.int(12)),
                settings: CustomerSettings(
                    profileURLTemplate: row.optionalText(10), publishesJobs: row.flag(11),
                    visibility: JobVisibility(rawValue: row.int(13)) ?? .everybody),
                pausedAt: row.optionalInt(14).map(Millis.init))
        }
        for index in customers.indices {
            customers[index].contracts = try rows(
                "SELECT contract FROM customer_contract WHERE customer_id = ? ORDER BY contract",
                [.int(customers[index].number)]
            ) { $0.int(0) }
        }
        return customers
    }
}
