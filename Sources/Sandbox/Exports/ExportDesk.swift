// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// Exports members as a recruiter does with *Export to ATS*: checks what Recruiter checks, keeps the export, and
/// announces it. Source: modules 3–5, A.5.4.
struct ExportDesk: Sendable {
    let core: SandboxCore

    struct Order: Sendable {
        var member: Member
        /// The ATS's id.
        var job: String
        var seat: Seat
        var tenant: Tenant
    }

    /// - Returns: the notification that waits to be sent, or why there is none.
    func export(_ order: Order) async throws -> Result<Push, ExportRefusal> {
        // Whether the job is offered is a question of who exports, not of whom.
        let recruiter = core.personIDs(application: order.tenant.application).urn(ofMember: order.seat.member)
        let writer = core.pushes.writer
        let switches = core.settings.switches
        // The check and the export are one transaction, so that two recruiters at once cannot pass the limit.
        let outcome = try await core.world.write { tx -> Result<Push, ExportRefusal> in
            let url = try tx.callbackURL(application: order.tenant.application, context: order.tenant.context)
            let facts = try order.facts(recruiter: recruiter, url: url, switches, writer.now, tx)
            if let refusal = facts.refusal { return .failure(refusal) }
            let push = writer.push(Export.pushType, about: "", application: order.tenant.application, url: url)
            try tx.addPush(push)
            try tx.addExport(
                Export(
                    requestID: push.requestID, tenancy: order.tenant.tenancy, member: order.member.number,
                    job: order.job, seat: order.seat.number, created: push.created, expires: push.expires))
            return .success(push)
        }
        core.pushes.signal()
        return outcome
    }
}

extension ExportDesk.Order {
    /// - Parameter recruiter: URN of the member behind the seat, as the application sees them.
    fileprivate func facts(
        recruiter: String, url: String?, _ switches: Switches, _ now: Moment, _ tx: SQLTransaction
    ) throws -> ExportFacts {
        let integration = tenant.integration(.oneClickExport)
        return ExportFacts(
            isSeatActive: seat.state == .active,
            isContractOfOrganization: try tx.contract(number: seat.contract)?.organization == tenant.organization,
            isSwitchedOn: try tx.isExportSwitchedOn(organization: tenant.organization),
            isIntegrationEnabled: try tx.integration(integration, application: tenant.application)?.status == .enabled,
            hasCallback: url != nil, isAccountOpen: member.closed == nil,
            isExportable: try tx.isExportable(member: member.number),
            job: try tx.jobState(
                job, tenant,
                tx.visibility(of: recruiter, in: .export, tenant: tenant, everyone: switches.everyoneACL), at: now),
            exports: try tx.exportCount(seat: seat.number, utcMonth: now.utcMonth),
            mostExports: switches.exportsPerMonth)
    }
}

extension SQLTransaction {
    fileprivate func jobState(_ job: String, _ tenant: Tenant, _ visibility: Visibility, at now: Moment) throws
        -> ExportFacts.Job
    {
        guard let posting = try posting(tenancy: tenant.tenancy, job: job) else { return .unknown }
        guard posting.isListed, posting.expires > now.millis else { return .closed }
        let acls = try aclGroups(tenancy: tenant.tenancy, from: job, through: job)[ExactID(job)] ?? []
        return .open(isVisible: visibility.shows(jobWith: acls))
    }
}
