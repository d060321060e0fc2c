// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import SQLFile

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
        let now = sandbox.clock.now()
        let stored = try await sandbox.core.world.write { tx in
            try tx.addContract(
                Contract(
                    number: number, organization: organization, name: name ?? Contract.standardName(number),
                    created: now))
            if let name, try tx.contract(number: number)?.organization == organization {
                try tx.renameContract(number: number, name)
            }
            return try tx.contract(number: number)
        }
        guard let stored, stored.organization == organization else {
            throw ControlError(
                409, field: "contract", "belongs to another organization",
                remedy: "choose another number; GET /_sandbox/contracts lists those in use")
        }
        return stored.json
    }

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
        try named?.mustBeOpen()
        let email = try named == nil ? input.required("email", try input.string("email")) : input.string("email")
        let first = try input.string("first_name")
        let last = try input.string("last_name")
        let state = try input.choice("state", Seat.State.self) ?? .active
        let roles = try roles(input) ?? [Seat.sourcerRole]
        let now = sandbox.clock.now()
        return try await sandbox.core.world.write { tx in
            let member = try named ?? tx.holder(email: email ?? "", first, last)
            if let taken = try tx.seat(ofMember: member.number, contract: contract.number) {
                throw ControlError(
                    409, field: "member", "has seat \(taken.number) on the contract already",
                    remedy: "change that one: POST /_sandbox/seats/\(taken.number)")
            }
            let seat = Seat(
                number: try tx.nextSeat(), contract: contract.number, member: member.number,
                firstName: first ?? member.firstName, lastName: last ?? member.lastName, email: email ?? member.email,
                state: state, roles: roles, created: now)
            try tx.addSeat(seat)
            return seat
        }.json
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
        return try await sandbox.core.world.write { tx in
            guard let number, var seat = try tx.seat(number: number) else { throw Seat.unknown }
            seat.state = state ?? seat.state
            seat.roles = roles ?? seat.roles
            seat.email = email ?? seat.email
            seat.firstName = first ?? seat.firstName
            seat.lastName = last ?? seat.lastName
            try tx.updateSeat(seat)
            return seat
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

extension SQLTransaction {
    /// The member who has this e-mail, or a new one of that name.
    fileprivate func holder(email: String, _ first: String?, _ last: String?) throws -> Member {
        if let known = try member(email: email) {
            try known.mustBeOpen()
            return known
        }
        guard let first, let last else {
            throw ControlError(
                field: first == nil ? "first_name" : "last_name", "is missing, and no member has that e-mail",
                remedy: "name the person, or an existing member in \"member\"")
        }
        let number = try nextAddedMember()
        let member = Member(
            number: number, firstName: first, lastName: last, email: email.lowercased(),
            profileURL: "https://www.linkedin.com/in/recruiter-\(number)", isAdded: true)
        try addMember(member)
        return member
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
    static let unknown = ControlError(
        404, field: "seat", "no seat has that number", remedy: "GET /_sandbox/seats lists them")

    fileprivate var json: JSONValue {
        [
            "seat": .int(number), "urn": .string(urn), "contract": .int(contract), "member": .int(member),
            "first_name": .string(firstName), "last_name": .string(lastName), "email": .string(email),
            "state": .string(state.rawValue), "roles": .array(roles.map { .string($0) }),
            "created": .int(created.millis),
        ]
    }
}
