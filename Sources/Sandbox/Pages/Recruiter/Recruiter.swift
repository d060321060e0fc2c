// SPDX-License-Identifier: Apache-2.0

/// A recruiter at work: the seat that a browser is signed in as.
struct Recruiter: Sendable {
    var seat: Seat
    var contract: Contract

    var name: String { "\(seat.firstName) \(seat.lastName)" }
    var contractName: String { contract.name }

    /// - Returns: nil when nobody is signed in, or the seat is not active any more.
    static func signedIn(_ session: PageSession, _ sandbox: Sandbox) async throws -> Recruiter? {
        guard let number = session.seat else { return nil }
        return try await sandbox.core.world.read { tx in
            guard let seat = try tx.seat(number: number), seat.state == .active,
                let contract = try tx.contract(number: seat.contract)
            else { return nil }
            return Recruiter(seat: seat, contract: contract)
        }
    }
}
