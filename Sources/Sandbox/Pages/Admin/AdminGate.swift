// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

extension PageCall {
    /// The signed-in admin.
    ///
    /// - Throws: `PageProblem` 403 for a seat without the admin's role.
    func admin() throws -> Recruiter {
        let recruiter = try seated()
        guard recruiter.seat.isAdmin else {
            throw PageProblem(
                status: 403, title: "Only an admin may do that",
                text: "Your seat has no admin role. An admin of your company can give it to you.",
                links: [Link("To Recruiter", "/talent"), Link("Sign in as another seat", "/talent/sign-in")])
        }
        return recruiter
    }
}

extension SQLTransaction {
    /// - Throws: `PageProblem` 409 when nobody could administer the organization after the change.
    func keepAnAdmin(_ before: Seat, _ after: Seat, organization: Int64) throws {
        func rules(_ seat: Seat) -> Bool { seat.isAdmin && seat.state == .active }
        guard rules(before), !rules(after), try activeAdmins(organization: organization) <= 1 else { return }
        throw PageProblem.refused(
            "The company would have no admin",
            "\(before.firstName) \(before.lastName) is the last active admin. Make somebody else an admin first.",
            Link("Back to the seats", "/talent/admin/seats"))
    }
}

extension Seat {
    /// What an admin can change, as a short text: a form carries it to notice that somebody else was faster.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for part in [firstName, lastName, email, state.rawValue] + roles {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x0000_0100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}

extension Seat.State {
    var badge: Badge {
        switch self {
        case .active: Badge(.good, "Active")
        case .invited: Badge(.info, "Invited")
        case .parked: Badge(.warn, "Parked")
        case .inactive: Badge(.quiet, "No licence")
        }
    }
}
