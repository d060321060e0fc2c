// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `GET seatsV2?q=attributes`: who holds a seat on a contract. Source: recruiter-seatholders (documented; modules 3–5,
/// A.7.1).
struct SeatResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        let query = try FinderQuery(call, finder: "attributes")
        // The page says both that it fails and that it means the first ten (J-13).
        if call.switches.seatsNeedStart { _ = try query.required("start", query.has("start") ? true : nil) }
        let contracts = try query.required("contracts", try query.urns("contracts", ContractURN.self))
        let states = try query.texts("states").map { words in
            Set(
                try words.map { word in
                    guard let state = Seat.State(rawValue: word) else { throw FinderQuery.invalid("states") }
                    return state
                })
        }
        let seats = try await core.seats(contracts, states, query, call)
        let persons = core.personIDs(application: call.application.number)
        return query.page(seats.map { Self.element($0, persons, call.surface) })
    }

    /// The versioned form renames two fields (migration table of the 2026-03 release notes: documented).
    private static func element(_ seat: Seat, _ persons: PersonIDs, _ surface: Surface) -> JSONObject {
        let person = persons.urn(ofMember: seat.member)
        var object: JSONObject = [surface.isVersioned ? "seatId" : "id": .int(seat.number)]
        object["firstName"] = .string(seat.firstName)
        object["lastName"] = .string(seat.lastName)
        object["contract"] = .string(ContractURN(number: seat.contract).description)
        object["member"] = .string(person)
        object["state"] = .string(seat.state.rawValue)
        object["seatRoles"] = .array(seat.roles.map { .string($0) })
        object["email"] = .string(seat.email)
        if surface.isVersioned {
            // UNVERIFIED: whose URN the actor is.
            object["createdAt"] = ["actor": .string(person), "time": .int(seat.created.millis)]
        } else {
            object["created"] = ["time": .int(seat.created.millis)]
        }
        return object
    }
}

/// `GET seats?q=seatsByAttributes`: the same in the older form. Source: the old recruiter-seatholders page (documented)
/// and the Postman collection, which still calls it (modules 3–5, A.7.2).
struct LegacySeatResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        // Announced to end in April 2022 (third party; J-14).
        guard call.switches.legacySeats else { throw GatewayError.noResource("seats") }
        let query = try FinderQuery(call, finder: "seatsByAttributes")
        let contracts = try query.required("contracts", try query.urns("contracts", ContractURN.self))
        let states: Set<Seat.State>? = try query.flag("active").map { isActive in
            isActive ? [.active] : Set(Seat.State.allCases).subtracting([.active])
        }
        let seats = try await core.seats(contracts, states, query, call)
        let persons = core.personIDs(application: call.application.number)
        return query.page(seats.map { Self.element($0, persons) })
    }

    private static func element(_ seat: Seat, _ persons: PersonIDs) -> JSONObject {
        [
            "firstName": .string(seat.firstName), "lastName": .string(seat.lastName),
            // A URN, whatever its name says (documented).
            "contractId": .string(ContractURN(number: seat.contract).description),
            "member": .string(persons.urn(ofMember: seat.member)), "active": .bool(seat.state == .active),
            "admin": .bool(seat.isAdmin), "id": .int(seat.number), "email": .string(seat.email),
        ]
    }
}

extension SandboxCore {
    /// - Throws: `GatewayError` 403 when one of the contracts may not be read.
    fileprivate func seats(_ contracts: [ContractURN], _ states: Set<Seat.State>?, _ query: FinderQuery, _ call: Call)
        async throws -> [Seat]
    {
        let gate = ContractGate(call)
        let numbers = contracts.map { $0.number ?? 0 }
        let (start, count) = query.window
        return try await world.read { tx in
            for number in numbers { try gate.check(number, tx) }
            return try tx.seats(contracts: numbers, states: states, start: start, limit: count)
        }
    }
}
