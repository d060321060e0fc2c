// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import SQLFile

/// Lets a request in to what happens under a Recruiter contract: `CSA_API` of the contract must be enabled, asked for
/// through this application by the organization that the contract belongs to.
///
/// Source: integration-types says that `CSA_API` authorises these reads, per contract (Postman collection); the 403 is
/// inferred (modules 3–5, A.5.3). An unknown contract and somebody else's look alike.
struct ContractGate: Sendable {
    private let application: Int64
    private let isOpenToAll: Bool
    private let denied: GatewayError

    init(_ call: Call) {
        application = call.application.number
        isOpenToAll = !call.switches.dataNeedsEnabledIntegration
        denied = .accessDenied(call.access)
    }

    /// - Throws: `GatewayError` 403.
    func check(_ contract: Int64, _ tx: SQLTransaction) throws {
        let status = try tx.contractIntegration(.recruiterData, contract: contract, application: application)
        guard status == .enabled || (isOpenToAll && status != nil) else { throw denied }
    }

    /// The seat, when its contract may be read.
    ///
    /// - Throws: `GatewayError` 403, also for a seat that does not exist.
    func seat(_ urn: SeatURN, _ tx: SQLTransaction) throws -> Seat {
        guard let number = urn.number, let seat = try tx.seat(number: number) else { throw denied }
        try check(seat.contract, tx)
        return seat
    }
}
