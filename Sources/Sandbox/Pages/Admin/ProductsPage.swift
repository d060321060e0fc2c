// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile
import Web

/// Recruiter's product settings: one-click export on or off, and who sees what an ATS sent, which the ATS decides.
struct ProductsPage: Page {
    static let template = PageTemplate("products", utf8: PackageResources.products_mustache)

    struct Viewers: Sendable {
        var system: String
        var jobs: Badge
        var applications: Badge
    }

    let title = "Product settings"
    var isOn: Bool
    var state: Badge
    var limit: String
    var viewers: [Viewers]

    static let routes: [PageRoute] = [
        .seatGet("/talent/admin/products") { try await show($0) },
        .seatPost("/talent/admin/products") { try await save($0) },
    ]

    private static func show(_ call: PageCall, status: Int = 200, notice: Notice? = nil) async throws -> WebResponse {
        let admin = try call.admin()
        let core = call.core
        let (isOn, viewers) = try await call.read { tx in
            (
                try tx.isExportSwitchedOn(organization: admin.contract.organization),
                try admin.tenants(core, tx).map { one in
                    Viewers(
                        system: one.name, jobs: try whoSees(.jobPostingViewers, one.tenant, tx),
                        applications: try whoSees(.applicationViewers, one.tenant, tx))
                }
            )
        }
        let page = ProductsPage(
            isOn: isOn, state: isOn ? Badge(.good, "On") : Badge(.quiet, "Off"),
            limit: Wording.count(core.settings.switches.exportsPerMonth, "member"), viewers: viewers)
        return call.page(page, status: status, notice: notice)
    }

    private static func whoSees(_ key: ConfigurationKey, _ tenant: Tenant, _ tx: SQLTransaction) throws -> Badge {
        let value = try tx.configuration(
            key, of: tenant.integration(key.integrationType), application: tenant.application)
        return value == ConfigurationKey.allProductUsers
            ? Badge(.good, "Every seat") : Badge(.info, "Only those the ATS permits")
    }

    private static func save(_ call: PageCall) async throws -> WebResponse {
        let organization = try call.admin().contract.organization
        let isOn = try await call.read { tx in try tx.isExportSwitchedOn(organization: organization) }
        let wanted = call.form["to"] == "on"
        guard (call.form["was"] == "on") == isOn else {
            return try await show(
                call, status: 409,
                notice: Notice(.warn, "Another admin switched it meanwhile. This is how it is now."))
        }
        try await call.write { tx in try tx.switchExport(wanted, organization: organization) }
        return .see("/talent/admin/products?done=\(wanted ? "export-on" : "export-off")")
    }
}
