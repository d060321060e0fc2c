// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `exportedCandidates`: what a recruiter exported (finder `request`), and who of them has left LinkedIn since.
/// Source: retrieve-exported-candidates (modules 3–5, A.5 and A.6). The same on both surfaces [T].
struct ExportResource: ResourceHandler {
    let core: SandboxCore

    /// UNVERIFIED: the finder of closed profiles could not be read; its name is ours (J-3).
    static let closedProfilesFinder = "closedProfiles"

    func answer(_ call: Call) async throws -> Answer {
        call.query["q"]?.text == Self.closedProfilesFinder ? try await closedProfiles(call) : try await request(call)
    }

    /// What a push notification was about.
    ///
    /// An unknown request, an expired one and another application's look alike: 404, or an empty page by the switch
    /// (J-16). The profile of a member who left is no longer given. UNVERIFIED, both.
    private func request(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "request")
        let requestID = try query.required("requestId", try query.text("requestId"))
        let application = call.application.number
        let found = try await core.world.read { tx in
            try tx.export(requestID: requestID, application: application).flatMap { found in
                try tx.member(number: found.export.member).map { (found.export, found.tenant, $0) }
            }
        }
        guard let (export, tenant, member) = found, export.expires > call.now, member.closed == nil else {
            guard call.switches.unknownRequestIsError else { return query.page([]) }
            throw GatewayError(404, "The request does not exist or has expired")
        }
        try await admit(call, to: tenant)
        if export.fetched == nil {
            let now = call.now
            try await core.world.write { tx in try tx.noteExportFetched(requestID: requestID, at: now) }
        }
        let isInPage = query.window.start == 0 && query.window.count > 0
        return query.page(isInPage ? [element(export, tenant, member, call)] : [], total: 1)
    }

    /// Integrations other than `ONE_CLICK_EXPORT` do not authorise it [Postman collection]; 403 is inferred.
    private func admit(_ call: Call, to tenant: Tenant) async throws {
        guard call.switches.dataNeedsEnabledIntegration else { return }
        let id = tenant.integration(.oneClickExport)
        let stored = try await core.world.read { tx in try tx.integration(id, application: tenant.application) }
        guard stored?.status == .enabled else { throw GatewayError.accessDenied(call.access) }
    }

    /// UNVERIFIED: every name but `candidate` and `integrationContext` (A.5.1).
    private func element(_ export: Export, _ tenant: Tenant, _ member: Member, _ call: Call) -> JSONObject {
        let stub = StubProfile(
            member: member, person: core.personIDs(application: tenant.application).urn(ofMember: member.number),
            sharesContact: call.switches.exportSharesContact, style: call.switches.stubStyle)
        var element: JSONObject = [
            "integrationContext": .string(tenant.context), "externalJobPostingId": .string(export.job),
            "candidate": .object(stub.fields),
        ]
        // J-5: vendors credit whoever exported; under which name they learn it is not known.
        if call.switches.exportNamesOwner { element["owner"] = .string(SeatURN(number: export.seat).description) }
        return element
    }

    /// Members who were exported in this context and closed their account later, in the order in which they left.
    private func closedProfiles(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: Self.closedProfilesFinder)
        let context = try query.required(
            "integrationContext", try query.urn("integrationContext", OrganizationURN.self))
        let gate = RecordGate(application: call.application.number, access: call.access, call.switches)
        let found = try await core.world.read { tx in
            var gate = gate
            let tenancy = try gate.tenancy(context.number ?? 0, tx)
            return try tx.closedExports(tenancy: tenancy, start: query.window.start, limit: query.window.count)
        }
        let persons = core.personIDs(application: call.application.number)
        return query.page(
            found.map { ["member": .string(persons.urn(ofMember: $0.member)), "closedAt": .int($0.closed.millis)] })
    }
}
