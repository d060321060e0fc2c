// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// One integration as it is stored.
struct StoredIntegration: Hashable, Sendable {
    var id: IntegrationID
    /// The customer, also for contract-level integrations; 0 when nobody said.
    var organization: Int64
    var name: String?
    var status: IntegrationStatus
}

extension IntegrationID {
    /// The number of the organization in the context; nil for contract-level integrations.
    var organization: Int64? { OrganizationURN(context)?.number }

    fileprivate func values(_ application: Int64) -> [SQLValue] {
        [.int(application), .text(context), .text(type), .text(tenant)]
    }
}

/// Statements on `integration` and `integration_configuration`.
extension SQLTransaction {
    private static let selectIntegration = "SELECT context, type, tenant, organization, name, status FROM integration "

    private func integration(_ row: borrowing SQLRow) -> StoredIntegration {
        StoredIntegration(
            id: IntegrationID(context: row.text(0), type: row.text(1), tenant: row.text(2)), organization: row.int(3),
            name: row.optionalText(4), status: IntegrationStatus(rawValue: row.text(5))!)  // the schema checks the word
    }

    /// The customer's admin asks for it in the plugin. Asking again changes nothing, because the plugin can fire
    /// several times.
    func requestIntegration(_ id: IntegrationID, application: Int64, organization: Int64, at now: Moment) throws {
        try run(
            """
            INSERT INTO integration (application, context, type, tenant, organization, name, status, changed_ms)
            VALUES (?, ?, ?, ?, ?, NULL, 'REQUESTED', ?) ON CONFLICT DO NOTHING
            """,
            id.values(application) + [.int(organization), .int(now.millis)])
    }

    func integration(_ id: IntegrationID, application: Int64) throws -> StoredIntegration? {
        try first(
            Self.selectIntegration + "WHERE application = ? AND context = ? AND type = ? AND tenant = ?",
            id.values(application)
        ) { integration($0) }
    }

    func integrations(application: Int64) throws -> [StoredIntegration] {
        try rows(Self.selectIntegration + "WHERE application = ? ORDER BY context, type, tenant", [.int(application)]) {
            integration($0)
        }
    }

    /// - Returns: false when the customer never asked for it.
    func nameIntegration(_ id: IntegrationID, application: Int64, _ name: String?) throws -> Bool {
        try run(
            "UPDATE integration SET name = ? WHERE application = ? AND context = ? AND type = ? AND tenant = ?",
            [.optional(name)] + id.values(application)) > 0
    }

    /// - Returns: false when it had that status already.
    func setIntegrationStatus(_ id: IntegrationID, application: Int64, _ status: IntegrationStatus, at now: Moment)
        throws -> Bool
    {
        try run(
            """
            UPDATE integration SET status = ?, changed_ms = ?
            WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND status <> ?
            """,
            [.text(status.rawValue), .int(now.millis)] + id.values(application) + [.text(status.rawValue)]) > 0
    }

    func configuration(_ key: ConfigurationKey, of id: IntegrationID, application: Int64) throws -> String? {
        try first(
            """
            SELECT value FROM integration_configuration
            WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND key = ?
            """,
            id.values(application) + [.text(key.rawValue)]
        ) { $0.text(0) }
    }

    func setConfiguration(_ key: ConfigurationKey, of id: IntegrationID, application: Int64, _ value: String) throws {
        try run(
            """
            INSERT INTO integration_configuration (application, context, type, tenant, key, value) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, context, type, tenant, key) DO UPDATE SET value = excluded.value
            """,
            id.values(application) + [.text(key.rawValue), .text(value)])
    }

    /// - Returns: false when it was not set.
    func removeConfiguration(_ key: ConfigurationKey, of id: IntegrationID, application: Int64) throws -> Bool {
        try run(
            "DELETE FROM integration_configuration WHERE application = ? AND context = ? AND type = ? AND tenant = ? AND key = ?",
            id.values(application) + [.text(key.rawValue)]) > 0
    }

    /// Where LinkedIn posts events of one context: the `CALLBACK_URL` of the organization's `ONE_CLICK_EXPORT`, for
    /// its contracts too.
    func callbackURL(application: Int64, context: String) throws -> String? {
        var organization = OrganizationURN(context)?.number
        if organization == nil {
            organization = try first(
                "SELECT organization FROM integration WHERE application = ? AND context = ?",
                [.int(application), .text(context)]
            ) { $0.int(0) }
        }
        guard let organization else { return nil }
        let type = IntegrationType.oneClickExport
        let id = IntegrationID(
            context: OrganizationURN(number: organization).description, type: type.rawValue, tenant: type.tenantType)
        return try configuration(.callbackURL, of: id, application: application)
    }
}
