// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `GET mailStubs?q=contract`: profiles of members who shared their contact data with their first reply.
/// Source: inmail-stub-profiles (documented; modules 3–5, A.9). UNVERIFIED: `id`, `contract`, `owner` and `created` of
/// an element, its order, and that the profile of a member who left is no longer given.
struct MailStubResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "contract")
        let urn = try query.required("contract", try query.urn("contract", ContractURN.self))
        let owners = try query.urns("owners", SeatURN.self)?.map { $0.number ?? 0 }
        // The lower end is in; the upper one is labelled as out, though its note says "before or on" (J-11).
        let from = try query.millis("createdDateStart")
        let to = try query.millis("createdDateEnd")
        let (start, count) = query.window
        guard start + count <= call.switches.mailStubReach else {
            // The limit is documented, the status is not (J-15).
            throw GatewayError(400, "Only the first \(call.switches.mailStubReach) results can be reached")
        }
        let gate = ContractGate(call)
        let contract = urn.number ?? 0
        let stubs = try await core.world.read { tx in
            try gate.check(contract, tx)
            return try tx.mailStubs(contract: contract, seats: owners, from: from, to: to, start: start, limit: count)
                .compactMap { stub in try tx.member(number: stub.member).map { (stub, $0) } }
        }
        let persons = core.personIDs(application: call.application.number)
        return query.page(
            stubs.map { stub, member in
                var element: JSONObject = [
                    "id": .int(stub.number), "contract": .string(urn.description),
                    "owner": .string(SeatURN(number: stub.seat).description), "created": .int(stub.created.millis),
                ]
                let profile = StubProfile(
                    member: member, person: persons.urn(ofMember: member.number), sharesContact: true,
                    style: call.switches.stubStyle)
                for (name, value) in profile.fields { element[name] = value }
                return element
            })
    }
}
