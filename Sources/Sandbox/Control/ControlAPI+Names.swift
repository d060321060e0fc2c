// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn

/// Whom a control request means: what is named, or the only one there is.
extension ControlAPI {
    /// The customer's organization.
    func organization(_ input: ControlInput) async throws -> Int64 {
        if let number = try input.int("organization", in: 1...Int64.max) { return number }
        let known = try await sandbox.core.world.read { tx in try tx.organizations() }
        guard known.count == 1 else {
            throw ControlError(
                field: "organization", "is missing, and there are \(known.count)",
                remedy: known.isEmpty
                    ? "name it, or enable a customer's integrations first: POST /_sandbox/integrations/enable"
                    : "use one of: " + known.map(String.init).joined(separator: ", "))
        }
        return known[0]
    }

    /// A contract that exists; `organization` narrows the choice.
    func contract(_ input: ControlInput) async throws -> Contract {
        let organization = try input.int("organization", in: 1...Int64.max)
        let number = try input.int("contract", in: 1...Int64.max)
        let all = try await sandbox.core.world.read { tx in try tx.contracts(organization: organization) }
        if let number {
            guard let found = all.first(where: { $0.number == number }) else {
                throw ControlError(
                    404, field: "contract", "no such contract",
                    remedy: "add it: POST /_sandbox/contracts {\"contract\":\(number),\"organization\":…}")
            }
            return found
        }
        guard all.count == 1 else {
            throw ControlError(
                field: "contract", "is missing, and there are \(all.count)",
                remedy: all.isEmpty
                    ? "add one: POST /_sandbox/contracts {\"contract\":5000,\"organization\":1000}"
                    : "use one of: " + all.map { String($0.number) }.joined(separator: ", "))
        }
        return all[0]
    }

    /// The seat that `seat` names, by number or URN; without it the only one there is.
    func namedSeat(_ input: ControlInput) async throws -> Seat {
        let world = sandbox.core.world
        guard input.has("seat") else {
            let some = try await world.read { tx in
                try tx.seats(contracts: nil, states: nil, start: 0, limit: 2)
            }
            guard some.count == 1 else {
                throw ControlError(
                    field: "seat", some.isEmpty ? "is missing, and there is none" : "is missing, and there are several",
                    remedy: some.isEmpty
                        ? "add one: POST /_sandbox/seats {\"email\":\"rita@example.com\",…}"
                        : "name it; GET /_sandbox/seats lists them")
            }
            return some[0]
        }
        let number =
            try (try? input.int("seat", in: 1...Int64.max)) ?? input.string("seat").flatMap(SeatURN.init)?.number
        guard let seat = try await world.read({ tx in try number.flatMap { try tx.seat(number: $0) } }) else {
            throw Seat.unknown
        }
        return seat
    }

    /// The same, for what only a recruiter who can sign in does.
    func activeSeat(_ input: ControlInput) async throws -> Seat {
        let seat = try await namedSeat(input)
        guard seat.state == .active else {
            throw ControlError(
                409, field: "seat", "is \(seat.state.rawValue)",
                remedy: "POST /_sandbox/seats/\(seat.number) {\"state\":\"ACTIVE\"}")
        }
        return seat
    }
}
