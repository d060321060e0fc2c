// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `GET exportedCandidates?q=closedProfiles&integrationContext={organization}`: which members, whose data the customer
/// exported, closed their accounts since; `{"member","closedAt"}`, by the time they left.
///
/// UNVERIFIED, all of it: that there is such a retrieval and what it is for is documented (release notes, July 2023),
/// its path, finder, parameters and fields are not; these are inventions (modules 3–5, A.6 and J-3). It needs
/// `ONE_CLICK_EXPORT` enabled (inferred).
struct ClosedProfiles: Sendable {
    let core: SandboxCore

    static let finder = "closedProfiles"

    /// - Throws: `RestLiError` 400; `GatewayError` 403 for another customer's organization and while exports are off.
    func answer(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: Self.finder)
        let name = "integrationContext"
        let organization = try query.required(name, try query.urn(name, OrganizationURN.self))
        let type = IntegrationType.oneClickExport
        let integration = IntegrationID(
            context: organization.description, type: type.rawValue, tenant: type.tenantType)
        let application = call.application.number
        let (isOpenToAll, denied) = (!call.switches.dataNeedsEnabledIntegration, GatewayError.accessDenied(call.access))
        let (start, count) = query.window
        let left = try await core.world.read { tx in
            let status = try tx.integration(integration, application: application)?.status
            guard status == .enabled || (isOpenToAll && status != nil),
                let tenancy = try tx.tenancy(application: application, organization: organization.number ?? 0)
            else { throw denied }
            return try tx.exportedMembersWhoLeft(tenancy: tenancy, start: start, limit: count)
        }
        let persons = core.personIDs(application: application)
        return query.page(
            left.map { ["member": .string(persons.urn(ofMember: $0.member)), "closedAt": .int($0.closed.millis)] })
    }
}
