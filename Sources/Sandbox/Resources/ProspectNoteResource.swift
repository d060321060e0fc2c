// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `GET prospectNotes?q=criteria`: what recruiters of a contract wrote about members, and what they deleted since.
/// Source: prospect-notes (documented; modules 3–5, A.10). UNVERIFIED: `owner`, `prospect` and `text` of an element,
/// that a deleted note still has its text, and the order.
struct ProspectNoteResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "criteria")
        let urn = try query.required("contract", try query.urn("contract", ContractURN.self))
        let owners = try query.urns("owners", SeatURN.self)?.map { $0.number ?? 0 }
        // Both are labelled as times of creation and explained as times of the last update, which is what deletions
        // need; the labels' bounds are kept (J-11, J-12).
        let after = try query.millis("cutoffDate")
        let upTo = try query.millis("beforeDate")
        let (start, count) = query.window
        let gate = ContractGate(call)
        let contract = urn.number ?? 0
        let showsPrivate = call.switches.returnPrivateNotes
        let notes = try await core.world.read { tx in
            try gate.check(contract, tx)
            return try tx.notes(
                contract: contract, seats: owners, after: after, upTo: upTo, showsPrivate: showsPrivate, start: start,
                limit: count)
        }
        let persons = core.personIDs(application: call.application.number)
        return query.page(
            notes.map { note in
                [
                    "id": .int(note.number), "active": .bool(note.isActive), "contract": .string(urn.description),
                    "created": .int(note.created.millis), "lastModified": .int(note.modified.millis),
                    "owner": .string(SeatURN(number: note.seat).description),
                    "prospect": .string(persons.urn(ofMember: note.member)), "text": .string(note.text),
                ]
            })
    }
}
