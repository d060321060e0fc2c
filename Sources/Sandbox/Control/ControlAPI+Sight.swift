// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

/// What a recruiter sees.
extension ControlAPI {
    /// The jobs that a seat can export to; with `member` the In-ATS indicator that the seat sees there, or null.
    func see(_ request: ControlRequest) async throws -> JSONValue {
        let query = request.query
        try query.only(
            "seat", "member", "organization", "client_id", "unique_foreign_id", "query", "after", "limit")
        let seat = try await activeSeat(query)
        let tenant = try await tenant(of: seat, query)
        let persons = sandbox.core.personIDs(application: tenant.application)
        let sight = RecruiterSight(
            tenant: tenant, recruiter: persons.urn(ofMember: seat.member), persons: persons,
            switches: sandbox.core.settings.switches, now: sandbox.clock.now())
        let type: IntegrationType = query.has("member") ? .inATSIndicator : .oneClickExport
        try await requireEnabled(type, tenant)
        if query.has("member") {
            let member = try await namedMember(query)
            let indicator = try await sandbox.core.world.read { tx in try sight.indicator(of: member, tx) }
            return ["member": .int(member.number), "indicator": indicator ?? nil]
        }
        let text = try query.string("query")
        let after = try query.string("after") ?? ""
        let limit = Int(try query.int("limit", in: 1...1000) ?? 100)
        let page = try await sandbox.core.world.read { tx in
            try sight.jobs(matching: text, after: after, limit: limit, tx)
        }
        return ["jobs": .array(page.jobs), "next": page.next.map { .string($0) } ?? nil]
    }

    /// Recruiter shows nothing of an integration that is off.
    private func requireEnabled(_ type: IntegrationType, _ tenant: Tenant) async throws {
        let id = tenant.integration(type)
        let stored = try await sandbox.core.world.read { tx in try tx.integration(id, application: tenant.application) }
        guard stored?.status == .enabled else {
            throw ControlError(
                409, field: "organization", "has \(type.rawValue) not enabled",
                remedy: "POST /_sandbox/integrations/enable {\"organization\":\(tenant.organization),…}")
        }
    }
}
