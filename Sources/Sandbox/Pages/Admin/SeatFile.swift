// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// The file with which LinkedIn's admin centre manages users in bulk: one line a user, `active` or `inactive` in the columns
/// of licences and permissions.
///
/// Source: help pages on CSV uploads for Recruiter (how values act, that the e-mail is required) and for two sister
/// products that share the admin centre (names of the users' columns). UNVERIFIED: the names of Recruiter's own licence
/// and permission columns, built here as the sister products build theirs.
enum SeatFile {
    static let email = "invited_email_address"
    static let firstName = "preferred_first_name"
    static let lastName = "preferred_last_name"
    /// Made by LinkedIn; cannot be changed.
    static let seatID = "seat_id"
    static let licence = "recruiter_license_current_status"  // UNVERIFIED
    /// The customer's own id of a user: the same twice loses data at LinkedIn, so it is refused here.
    static let ownIDs = ["unique_user_id", "employee_id"]

    private static let permission = "_permission"  // UNVERIFIED

    static func column(of role: String) -> String { role.lowercased() + permission }

    static func role(of column: String) -> String? {
        column.hasSuffix(permission) ? column.dropLast(permission.count).uppercased() : nil
    }

    /// Of a contract's file: what the sandbox knows, then what came with imports.
    static func columns(contract: Int64, _ tx: SQLTransaction) throws -> [String] {
        let roles = try tx.seatRoles(contract: contract).union([Seat.adminRole, Seat.sourcerRole]).sorted()
        return [email, firstName, lastName, seatID, licence] + roles.map(column)
            + (try tx.seatAttributeNames(contract: contract))
    }

    static func fields(_ seat: Seat, _ attributes: [String: String], _ columns: [String]) -> [String] {
        columns.map { column in
            switch column {
            case email: seat.email
            case firstName: seat.firstName
            case lastName: seat.lastName
            case seatID: String(seat.number)
            case licence: word(hasLicence(seat.state))
            default:
                role(of: column).map { word(seat.roles.contains($0)) } ?? attributes[column] ?? ""
            }
        }
    }

    static func hasLicence(_ state: Seat.State) -> Bool { state == .active || state == .invited }

    private static func word(_ isActive: Bool) -> String { isActive ? "active" : "inactive" }
}
