// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// A recruiter at work: the seat that a browser is signed in as.
struct Recruiter: Sendable {
    var seat: Seat
    var contract: Contract

    var name: String { "\(seat.firstName) \(seat.lastName)" }
    var contractName: String { contract.name }

    /// - Returns: nil when nobody is signed in, or the seat is not active any more.
    static func signedIn(_ session: PageSession, _ sandbox: Sandbox) async throws -> Recruiter? {
        guard let number = session.seat else { return nil }
        return try await sandbox.core.world.read { tx in
            guard let seat = try tx.seat(number: number), seat.state == .active,
                let contract = try tx.contract(number: seat.contract)
            else { return nil }
            return Recruiter(seat: seat, contract: contract)
        }
    }
}

/// One of the customer's ATS, as a seat looks through it: a customer may have several, each an application of its own.
struct RecruiterTenant: Sendable, Hashable {
    var tenant: Tenant
    /// What the ATS is called in Recruiter: its `integrationName`, or else its application's name.
    var name: String
    /// Whether Recruiter shows what this ATS synced (`IN_ATS_INDICATOR` enabled).
    var showsIndicator: Bool
    /// Whether members can be exported to this ATS (`ONE_CLICK_EXPORT` enabled).
    var takesExports: Bool

    /// The value by which a form names it.
    var key: String { String(tenant.application) }
}

extension Recruiter {
    /// The customer's ATS, in the order in which they were connected; empty when nobody asked for an integration.
    func tenants(_ core: SandboxCore, _ tx: SQLTransaction) throws -> [RecruiterTenant] {
        try tx.tenancies(organization: contract.organization).map { number, application in
            let tenant = Tenant(tenancy: number, application: application, organization: contract.organization)
            let indicator = try tx.integration(tenant.integration(.inATSIndicator), application: application)
            let export = try tx.integration(tenant.integration(.oneClickExport), application: application)
            return RecruiterTenant(
                tenant: tenant,
                name: export?.name ?? indicator?.name ?? core.applications.application(number: application)?.name
                    ?? "ATS \(application)",
                showsIndicator: indicator?.status == .enabled, takesExports: export?.status == .enabled)
        }
    }

    func tenants(_ sandbox: Sandbox) async throws -> [RecruiterTenant] {
        let core = sandbox.core
        return try await core.world.read { tx in try tenants(core, tx) }
    }

    /// The ATS that a form or a query names by `RecruiterTenant.key`; without a name the first one that takes exports,
    /// or else the first.
    ///
    /// - Returns: nil when there is no such ATS.
    func tenant(_ key: String?, _ sandbox: Sandbox) async throws -> RecruiterTenant? {
        let all = try await tenants(sandbox)
        if let key { return all.first { $0.key == key } }
        return all.first(where: \.takesExports) ?? all.first
    }

    /// What this recruiter sees of what one ATS synced.
    func sight(through tenant: Tenant, _ core: SandboxCore) -> RecruiterSight {
        let persons = core.personIDs(application: tenant.application)
        return RecruiterSight(
            tenant: tenant, recruiter: persons.urn(ofMember: seat.member), persons: persons,
            switches: core.settings.switches, now: core.clock.now())
    }
}
