// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// A member whose data the customer once exported and who has closed the account since.
///
/// UNVERIFIED as a whole: LinkedIn's page about it could not be read (protocol reference A.6 and J-3), so its finder is
/// named here and nowhere else.
package struct ClosedProfile: Hashable, Sendable {
    /// The finder of `exportedCandidates` that lists them. UNVERIFIED (J-3).
    package static let finder = "closedProfiles"

    package var member: PersonURN
    /// Milliseconds since 1970.
    package var closedAt: Int64?

    /// - Returns: nil without a member.
    package init?(json: JSONValue) {
        guard let member = (json["member"] ?? json["person"])?.string.flatMap(PersonURN.init) else { return nil }
        self.member = member
        closedAt = json["closedAt"]?.looseNumber
    }
}
