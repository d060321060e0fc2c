// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// What a recruiter does with *Export to ATS*, and what may keep them from it.
extension ControlAPI {
    /// Exports a member to a job. A refusal is an answer and no error: Recruiter would show it to the recruiter.
    ///
    /// With `wait`, answers when the ATS has answered the notification, or after so many seconds.
    func export(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("member", "job", "seat", "organization", "client_id", "unique_foreign_id", "wait")
        let seat = try await namedSeat(input)
        let order = ExportDesk.Order(
            member: try await namedMember(input), job: try input.required("job", try input.string("job")), seat: seat,
            tenant: try await tenant(of: seat, input))
        let wait = try input.int("wait", in: 0...60) ?? 0
        switch try await ExportDesk(core: sandbox.core).export(order) {
        case .failure(let refusal):
            return [
                "status": "refused", "rule": .string(refusal.rawValue), "reason": .string(refusal.reason),
                "request_id": nil,
            ]
        case .success(let announced):
            let latest = try await push(announced.requestID, tried: 1, within: .seconds(wait))
            return ["status": "pushed", "request_id": .string(latest.requestID), "delivery": json(latest)]
        }
    }

    /// One export, and how far the ATS has come with it: asked for the profile, linked a candidate by hand, synced an
    /// application of that candidate to the job.
    func exported(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only()
        let core = sandbox.core
        let id = request.rest
        guard let (export, tenant) = try await core.world.read({ tx in try tx.exportOfAnybody(requestID: id) }) else {
            throw ControlError(
                404, field: "exports/" + id, "no export has this request id",
                remedy: "POST /_sandbox/export answers with one")
        }
        let person = core.personIDs(application: tenant.application).urn(ofMember: export.member)
        let (push, progress) = try await core.world.read { tx in
            (try tx.push(requestID: id), try tx.exportProgress(export, person: person))
        }
        return [
            "request_id": .string(id), "organization": .int(tenant.organization), "member": .int(export.member),
            "person": .string(person), "job": .string(export.job), "seat": .int(export.seat),
            "created": .int(export.created.millis), "expires": .int(export.expires.millis),
            "fetched": export.fetched.map { .int($0.millis) } ?? nil,
            "candidate": progress.candidate.map { .string($0) } ?? nil,
            "application": progress.application.map { .string($0) } ?? nil,
            "delivery": push.map { json($0) } ?? nil,
        ]
    }

    /// Whether a member's privacy settings let Recruiter customers export the profile [H a717146].
    func setPrivacy(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("member", "exportable")
        let member = try await namedMember(input)
        let isExportable = try input.required("exportable", try input.bool("exportable"))
        try await sandbox.core.world.write { tx in try tx.setExportable(isExportable, member: member.number) }
        return ["member": .int(member.number), "exportable": .bool(isExportable)]
    }

    /// The product settings of a customer's Recruiter.
    func setProducts(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("organization", "one_click_export")
        let organization = try await organization(input)
        let isOn = try input.required("one_click_export", try input.bool("one_click_export"))
        try await sandbox.core.world.write { tx in try tx.switchExport(isOn, organization: organization) }
        return ["organization": .int(organization), "one_click_export": .bool(isOn)]
    }

    /// The customer behind a seat, through one of its applications: the one that is named, or the only one.
    func tenant(of seat: Seat, _ input: ControlInput) async throws -> Tenant {
        let core = sandbox.core
        let named = try input.has("client_id") || input.has("unique_foreign_id") ? application(input).number : nil
        let wanted = try input.int("organization", in: 1...Int64.max)
        let (organization, tenancies) = try await core.world.read { tx in
            let organization = try wanted ?? tx.contract(number: seat.contract)?.organization ?? 0
            return (organization, try tx.tenancies(organization: organization))
        }
        let found = tenancies.filter { named == nil || $0.application == named }
        guard found.count == 1 else {
            throw ControlError(
                field: found.isEmpty ? "organization" : "client_id",
                found.isEmpty
                    ? "\(organization) has no integration through such an application"
                    : "is missing, and the organization has \(found.count) applications",
                remedy: found.isEmpty ? "POST /_sandbox/integrations/enable makes some" : "name one of them")
        }
        return Tenant(tenancy: found[0].number, application: found[0].application, organization: organization)
    }
}
