// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// One licensed user of a contract. Source: recruiter-seatholders (modules 3–5, A.7).
struct Seat: Sendable, Hashable {
    /// What the seat's licence may be in [documented].
    enum State: String, CaseIterable, Sendable {
        case active = "ACTIVE"
        case inactive = "INACTIVE"
        case invited = "INVITED"
        case parked = "PARKED"
    }

    /// Nine digits, as in the samples.
    var number: Int64
    var contract: Int64
    var member: Int64
    var firstName: String
    var lastName: String
    var email: String
    var state: State
    /// `ADMIN_SEAT` and `SOURCER_ADD_PROSPECT` were seen; the list is longer [documented, cut], so any word will do.
    var roles: [String]
    var created: Moment

    var urn: String { SeatURN(number: number).description }
    var isAdmin: Bool { roles.contains(Self.adminRole) }

    static let adminRole = "ADMIN_SEAT"
    static let sourcerRole = "SOURCER_ADD_PROSPECT"
    /// The first seat of a world.
    static let firstNumber: Int64 = 142_636_035
}
