// SPDX-License-Identifier: Apache-2.0

package import LinkedIn
package import SQLFile

/// Which integration: unique per child application.
package struct IntegrationPlace: Hashable, Sendable {
    package var application: Int64
    /// `urn:li:organization:…` or `urn:li:contract:…`.
    package var context: String
    package var type: String
    package var tenant: String

    package init(application: Int64, context: String, type: String, tenant: String) {
        self.application = application
        self.context = context
        self.type = type
        self.tenant = tenant
    }

    var values: [SQLValue] { [.int(application), .text(context), .text(type), .text(tenant)] }
}

/// One integration as it is stored.
package struct StoredIntegration: Hashable, Sendable {
    package var place: IntegrationPlace
    /// The customer, also for contract-level integrations.
    package var organization: Int64
    package var name: String?
    package var status: IntegrationStatus
}

extension SQLTransaction {
    private static let integrationColumns = "application, context, type, tenant, organization, name, status"

    private func integration(_ row: borrowing SQLRow) -> StoredIntegration {
        StoredIntegration(
            place: IntegrationPlace(application: row.int(0), context: row.text(1), type: row.text(2), tenant: row.text(3)),
            organization: row.int(4), name: row.optionalText(5), status: IntegrationStatus(rawValue: row.text(6)))
    }

    /// The customer's admin asks for it in the plugin. Asking again changes nothing.
    func requestIntegration(_ place: IntegrationPlace, organization: Int64, at now: Int64) throws {
        try run(
            """
            INSERT INTO integration (application, context, type, tenant, organization, name, status, changed_ms)
            VALUES (?, ?, ?, ?, ?, NULL, 'REQUESTED', ?) ON CONFLICT DO NOTHING
            """,
            place.values + [.int(organization), .int(now)])
    }

    package func integration(at place: IntegrationPlace) throws -> StoredIntegration? {
        try first(
            "SELECT \(Self.integrationColumns) FROM integration WHERE application = ? AND context = ? AND type = ? AND tenant = ?",
            place.values
        ) { integration($0) }
    }

    /// Those of one application, or of every application, for one customer.
    package func integrations(application: Int64?, organization: Int64) throws -> [StoredIntegration] {
        try rows(
            """
            SELECT \(Self.integrationColumns) FROM integration
            WHERE organization = ? AND (? IS NULL OR application = ?) ORDER BY application, context, type
            """,
            [.int(organization), .optional(application), .optional(application)]
        ) { integration($0) }
    }

    /// - Returns: false when the customer never asked for it.
    func nameIntegration(_ place: IntegrationPlace, _ name: String?) throws -> Bool {
        try run(
            "UPDATE integration SET name = ? WHERE application = ? AND context = ? AND type = ? AND tenant = ?",
            [.optional(name)] + place.values) > 0
    }

    /// - Returns: false when it had that status already.
    func setIntegrationStatus(_ place: IntegrationPlace, _ status: IntegrationStatus, at now: Int64) throws -> Bool {
        try run(
            """
            UPDATE integration SET status = ?, changed_ms = ?
            WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND status <> ?
            """,
            [.text(status.rawValue), .int(now)] + place.values + [.text(status.rawValue)]) > 0
    }

    /// Remembers what a status-change notification is about.
    ///
    /// - Returns: the notification's `requestId`, a decimal number in a string (A.4.1: documented sample).
    func addIntegrationRequest(_ places: [IntegrationPlace], at now: Int64) throws -> String {
        let number = (try first("SELECT max(number) FROM integration_request") { $0.optionalInt(0) } ?? nil) ?? 810_000_000
        for place in places {
            try run(
                "INSERT INTO integration_request (application, context, type, tenant, number, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
                place.values + [.int(number + 1), .int(now)])
        }
        return String(number + 1)
    }

    /// What a notification was about, as it is now; empty for an unknown request or another application's.
    func integrations(request: String, application: Int64) throws -> [StoredIntegration] {
        guard let number = Int64(request) else { return [] }
        let places = try rows(
            "SELECT application, context, type, tenant FROM integration_request WHERE number = ? AND application = ? ORDER BY context, type",
            [.int(number), .int(application)]
        ) { IntegrationPlace(application: $0.int(0), context: $0.text(1), type: $0.text(2), tenant: $0.text(3)) }
        return try places.compactMap { try integration(at: $0) }
    }

    // Configurations

    package func configuration(of place: IntegrationPlace, _ key: ConfigurationKey) throws -> String? {
        try first(
            """
            SELECT value FROM integration_configuration
            WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND key = ?
            """,
            place.values + [.text(key.rawValue)]
        ) { $0.text(0) }
    }

    func setConfiguration(of place: IntegrationPlace, _ key: ConfigurationKey, _ value: String) throws {
        try run(
            """
            INSERT INTO integration_configuration (application, context, type, tenant, key, value) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, context, type, tenant, key) DO UPDATE SET value = excluded.value
            """,
            place.values + [.text(key.rawValue), .text(value)])
    }

    /// - Returns: false when it was not set.
    func removeConfiguration(of place: IntegrationPlace, _ key: ConfigurationKey) throws -> Bool {
        try run(
            "DELETE FROM integration_configuration WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND key = ?",
            place.values + [.text(key.rawValue)]) > 0
    }

    /// Where LinkedIn posts this customer's events: the `CALLBACK_URL` of the organization's `ONE_CLICK_EXPORT`.
    package func callbackURL(application: Int64, organization: Int64) throws -> String? {
        let type = IntegrationType.oneClickExport
        return try configuration(
            of: IntegrationPlace(
                application: application, context: OrganizationURN(number: organization).description, type: type.rawValue,
                tenant: type.tenantType),
            .callbackURL)
    }
}
