// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// A licensed user of a Recruiter contract, as `seatsV2` or the older `seats` shows one.
/// Source: recruiter-seatholders, old and new copies (documented, cut).
package struct RecruiterSeat: Hashable, Sendable {
    package var number: Int64
    package var contract: ContractURN?
    package var member: PersonURN?
    package var firstName: String
    package var lastName: String
    package var email: String?
    /// LinkedIn's word, `ACTIVE`, `INACTIVE`, `INVITED`, `PARKED` or another; `seats` has a flag instead.
    package var state: String
    package var roles: [String]
    /// Milliseconds since 1970.
    package var createdAt: Int64?

    package static let active = "ACTIVE", inactive = "INACTIVE"

    /// Reads an element of either finder, on either surface.
    ///
    /// - Returns: nil without a seat id.
    package init?(json: JSONValue) {
        // `id` on v2, `seatId` on rest (1.5, confidence D).
        guard let number = (json["id"] ?? json["seatId"])?.looseNumber else { return nil }
        self.number = number
        // `seats` calls it `contractId` although it is a URN (A.7.2, confidence D).
        contract = (json["contract"] ?? json["contractId"])?.string.flatMap(ContractURN.init)
        member = json["member"]?.string.flatMap(PersonURN.init)
        firstName = json["firstName"]?.looseText ?? ""
        lastName = json["lastName"]?.looseText ?? ""
        email = json["email"]?.looseText
        state = json["state"]?.string ?? (json["active"]?.bool == false ? Self.inactive : Self.active)
        roles = json["seatRoles"]?.looseTexts ?? (json["admin"]?.bool == true ? ["ADMIN_SEAT"] : [])
        // `created.time` on v2, `createdAt.time` on rest (1.5, confidence D).
        createdAt = (json["created"]?["time"] ?? json["createdAt"]?["time"])?.looseNumber
    }
}
