// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// Statements on `export`, `private_member` and `product_setting`.
extension SQLTransaction {
    func addExport(_ export: Export) throws {
        try run(
            """
            INSERT INTO export (request_id, tenancy, member, job, seat, utc_month, created_ms, expires_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(export.requestID), .int(export.tenancy), .int(export.member), .text(export.job), .int(export.seat),
            .int(export.created.utcMonth), .int(export.created.millis), .int(export.expires.millis))
    }

    /// - Returns: nil for an unknown request, and for one of another application.
    func export(requestID: String, application: Int64) throws -> (export: Export, tenant: Tenant)? {
        guard let found = try exportOfAnybody(requestID: requestID), found.tenant.application == application else {
            return nil
        }
        return found
    }

    func exportOfAnybody(requestID: String) throws -> (export: Export, tenant: Tenant)? {
        try first(
            """
            SELECT request_id, export.tenancy, member, job, seat, created_ms, expires_ms, fetched_ms,
                   tenancy.application, tenancy.organization
            FROM export JOIN tenancy ON tenancy.number = export.tenancy WHERE request_id = ?
            """,
            [.text(requestID)]
        ) {
            (
                Export(
                    requestID: $0.text(0), tenancy: $0.int(1), member: $0.int(2), job: $0.text(3), seat: $0.int(4),
                    created: Moment($0.int(5)), expires: Moment($0.int(6)),
                    fetched: $0.optionalInt(7).map(Moment.init)),
                Tenant(tenancy: $0.int(1), application: $0.int(8), organization: $0.int(9))
            )
        }
    }

    /// Notes the first time the ATS asked.
    func noteExportFetched(requestID: String, at now: Moment) throws {
        try run(
            "UPDATE export SET fetched_ms = ? WHERE request_id = ? AND fetched_ms IS NULL", .int(now.millis),
            .text(requestID))
    }

    func exportCount(seat: Int64, utcMonth: Int64) throws -> Int {
        Int(
            try first(
                "SELECT count(*) FROM export WHERE seat = ? AND utc_month = ?", [.int(seat), .int(utcMonth)]
            ) { $0.int(0) } ?? 0)
    }

    /// Members whom a customer exported and who closed their account, in the order in which they left.
    func closedExports(tenancy: Int64, start: Int, limit: Int) throws -> [(member: Int64, closed: Moment)] {
        try rows(
            """
            SELECT DISTINCT member, closed_ms FROM export JOIN member ON member.number = export.member
            WHERE tenancy = ? AND closed_ms IS NOT NULL ORDER BY closed_ms, member LIMIT ? OFFSET ?
            """,
            [.int(tenancy), .int(limit), .int(start)]
        ) { ($0.int(0), Moment($0.int(1))) }
    }

    // What keeps a recruiter from exporting

    func isExportable(member: Int64) throws -> Bool {
        try first("SELECT 1 FROM private_member WHERE member = ?", [.int(member)]) { $0.int(0) } == nil
    }

    func setExportable(_ isExportable: Bool, member: Int64) throws {
        if isExportable {
            try run("DELETE FROM private_member WHERE member = ?", .int(member))
        } else {
            try run("INSERT INTO private_member (member) VALUES (?) ON CONFLICT DO NOTHING", .int(member))
        }
    }

    /// Whether the customer's admin left one-click export on, as it is at first [H].
    func isExportSwitchedOn(organization: Int64) throws -> Bool {
        try first(
            "SELECT one_click_export FROM product_setting WHERE organization = ?", [.int(organization)]
        ) { $0.flag(0) } ?? true
    }

    func switchExport(_ isOn: Bool, organization: Int64) throws {
        try run(
            """
            INSERT INTO product_setting (organization, one_click_export) VALUES (?, ?)
            ON CONFLICT (organization) DO UPDATE SET one_click_export = excluded.one_click_export
            """,
            .int(organization), .flag(isOn))
    }
}
