// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Whether one child application may read and write one customer's records.
enum Access: Sendable, Hashable {
    case open(tenancy: Int64)
    /// No integration of this organization was ever asked for through this application, or it is somebody else's
    /// customer.
    case foreign
    /// Asked for, but not switched on in Recruiter, or switched off again.
    case notEnabled
}

extension SQLTransaction {
    /// The gate in front of every record: an ENABLED integration of the organization, asked for through this
    /// application.
    ///
    /// Source: rsc-customer-configuration says that data may be sent only after the customer enabled the integration
    /// (documented). UNVERIFIED: which of the integrations counts; here any of the organization's, because Recruiter
    /// flips them together.
    func access(application: Int64, organization: Int64) throws -> Access {
        let row = try first(
            """
            SELECT count(*), count(*) FILTER (WHERE status = 'ENABLED'),
                   (SELECT number FROM tenancy WHERE application = ? AND organization = ?)
            FROM integration WHERE application = ? AND context = ?
            """,
            [.int(application), .int(organization), .int(application), .text("urn:li:organization:\(organization)")]
        ) { ($0.int(0), $0.int(1), $0.optionalInt(2)) }
        guard let (asked, enabled, tenancy) = row, asked > 0 else { return .foreign }
        guard enabled > 0 else { return .notEnabled }
        guard let tenancy else { return .foreign }
        return .open(tenancy: tenancy)
    }

    func tenancy(application: Int64, organization: Int64) throws -> Int64? {
        try first(
            "SELECT number FROM tenancy WHERE application = ? AND organization = ?",
            [.int(application), .int(organization)]
        ) { $0.int(0) }
    }

    func tenancies(organization: Int64) throws -> [(number: Int64, application: Int64)] {
        try rows("SELECT number, application FROM tenancy WHERE organization = ? ORDER BY number", [.int(organization)])
        {
            ($0.int(0), $0.int(1))
        }
    }

    /// Made with the customer's first integration, so that the gate never writes on a reader.
    @discardableResult
    func addTenancy(application: Int64, organization: Int64) throws -> Int64 {
        if let known = try tenancy(application: application, organization: organization) { return known }
        return try first(
            "INSERT INTO tenancy (application, organization) VALUES (?, ?) RETURNING number",
            [.int(application), .int(organization)]
        ) { $0.int(0) }!  // an INSERT … RETURNING that does not throw has a row
    }
}
