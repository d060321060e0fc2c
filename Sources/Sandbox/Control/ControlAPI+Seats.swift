// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

/// Contracts and seats: what a customer bought, and who was given a licence.
extension ControlAPI {
    func contracts(_ request: ControlRequest) async throws -> JSONValue {
        try request.query.only("organization")
        let organization = try request.query.int("organization", in: 1...Int64.max)
        let found = try await sandbox.core.world.read { tx in try tx.contracts(organization: organization) }
        return ["contracts": .array(found.map(\.json))]
    }

    /// Adds a contract, or gives one another name.
    func addContract(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("contract", "organization", "name")
        let number = try input.required("contract", try input.int("contract", in: 1...Int64.max))
        let organization = try await organization(input)
        let name = try input.string("name")
        return try await seatDesk.putContract(number, organization: organization, name: name).json
    }

    private var seatDesk: SeatDesk { SeatDesk(core: sandbox.core) }

    func seats(_ request: ControlRequest) async throws -> JSONValue {
        let query = request.query
        try query.only("contract", "organization")
        let contract = try query.int("contract", in: 1...Int64.max)
        let organization = try query.int("organization", in: 1...Int64.max)
        let found = try await sandbox.core.world.read { tx in
            let contracts = try contract.map { [$0] } ?? tx.contracts(organization: organization).map(\.number)
            return try tx.seats(contracts: contracts, states: nil, start: 0, limit: 10_000)
        }
        return ["seats": .array(found.map(\.json))]
    }

    /// Gives a member a seat on a contract; without `member` the one with that e-mail, or a new one.
    func addSeat(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("contract", "organization", "member", "email", "first_name", "last_name", "state", "roles")
        let contract = try await contract(input)
        let named = input.has("member") ? try await namedMember(input) : nil
        let email = try named == nil ? input.required("email", try input.string("email")) : input.string("email")
        let draft = SeatDesk.Draft(
            contract: contract, member: named, email: email, firstName: try input.string("first_name"),
            lastName: try input.string("last_name"), state: try input.choice("state", Seat.State.self) ?? .active,
            roles: try roles(input) ?? [Seat.sourcerRole])
        return try await seatDesk.give(draft).json
    }

    /// Changes what an admin changes of a seat.
    func changeSeat(_ request: ControlRequest) async throws -> JSONValue {
        let input = request.body
        try input.only("state", "roles", "email", "first_name", "last_name")
        let number = Int64(request.rest)
        let state = try input.choice("state", Seat.State.self)
        let roles = try roles(input)
        let email = try input.string("email")
        let first = try input.string("first_name")
        let last = try input.string("last_name")
        return try await seatDesk.change(number) { seat, _ in
            seat.state = state ?? seat.state
            seat.roles = roles ?? seat.roles
            seat.email = email ?? seat.email
            seat.firstName = first ?? seat.firstName
            seat.lastName = last ?? seat.lastName
        }.json
    }

    private func roles(_ input: ControlInput) throws -> [String]? {
        try input.array("roles")?.map { value in
            guard let role = value.string, !role.isEmpty, !role.contains(" ") else {
                throw ControlError(
                    field: "roles", "must be a list of words",
                    remedy: "for example [\"\(Seat.adminRole)\", \"\(Seat.sourcerRole)\"]")
            }
            return role
        }
    }
}

extension Contract {
    fileprivate var json: JSONValue {
        [
            "contract": .int(number), "urn": .string(urn), "organization": .int(organization), "name": .string(name),
            "created": .int(created.millis),
        ]
    }
}

extension Seat {
    fileprivate var json: JSONValue {
        [
            "seat": .int(number), "urn": .string(urn), "contract": .int(contract), "member": .int(member),
            "first_name": .string(firstName), "last_name": .string(lastName), "email": .string(email),
            "state": .string(state.rawValue), "roles": .array(roles.map { .string($0) }),
            "created": .int(created.millis),
        ]
    }
}
