// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// Contracts and seats as a customer's admin manages them.
struct SeatDesk: Sendable {
    let core: SandboxCore

    /// A seat to give.
    struct Draft: Sendable {
        var contract: Contract
        /// Who gets it; nil: the member of that e-mail, or a new one of that name.
        var member: Member?
        var email: String?
        var firstName: String?
        var lastName: String?
        var state = Seat.State.active
        var roles = [Seat.sourcerRole]
    }

    /// - Throws: `ControlError` 409 when the member has a seat on the contract or has left; 400 when a new member has no
    ///   name.
    func give(_ draft: Draft) async throws -> Seat {
        let now = core.clock.now()
        return try await core.world.write { tx in try tx.giveSeat(draft, at: now) }
    }

    /// - Throws: `ControlError` 404.
    func change(_ number: Int64?, _ body: @escaping @Sendable (inout Seat, SQLTransaction) throws -> Void) async throws
        -> Seat
    {
        try await core.world.write { tx in
            guard let number, var seat = try tx.seat(number: number) else { throw Seat.unknown }
            try body(&seat, tx)
            try tx.updateSeat(seat)
            return seat
        }
    }

    /// Adds a contract, or gives one another name.
    ///
    /// - Parameter name: nil keeps the name, or makes one up.
    /// - Throws: `ControlError` 409 when it is another organization's.
    func putContract(_ number: Int64, organization: Int64, name: String?) async throws -> Contract {
        let now = core.clock.now()
        let stored = try await core.world.write { tx in
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
        return stored
    }
}

extension SQLTransaction {
    /// See `SeatDesk.give`.
    func giveSeat(_ draft: SeatDesk.Draft, at now: Moment) throws -> Seat {
        let member = try draft.member ?? holder(email: draft.email ?? "", draft.firstName, draft.lastName)
        try member.mustBeOpen()
        if let taken = try seat(ofMember: member.number, contract: draft.contract.number) {
            throw ControlError(
                409, field: "member", "has seat \(taken.number) on the contract already",
                remedy: "change that one: POST /_sandbox/seats/\(taken.number)")
        }
        let seat = Seat(
            number: try nextSeat(), contract: draft.contract.number, member: member.number,
            firstName: draft.firstName ?? member.firstName, lastName: draft.lastName ?? member.lastName,
            email: draft.email ?? member.email, state: draft.state, roles: draft.roles, created: now)
        try addSeat(seat)
        return seat
    }

    /// The member who has this e-mail, or a new one of that name.
    private func holder(email: String, _ first: String?, _ last: String?) throws -> Member {
        if let known = try member(email: email) { return known }
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

extension Seat {
    static let unknown = ControlError(
        404, field: "seat", "no seat has that number", remedy: "GET /_sandbox/seats lists them")
}
