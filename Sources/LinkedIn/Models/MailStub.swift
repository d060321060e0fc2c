// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// What a member shared with a first reply to an InMail: a subset of the profile, and contact data.
/// Source: inmail-stub-profiles (documented, cut); field names from a public connector (third party).
package struct MailStub: Hashable, Sendable {
    /// Nil when the element has none: then member and owner tell it from others.
    package var id: String?
    package var owner: SeatURN?
    /// Milliseconds since 1970.
    package var createdAt: Int64?
    package var member: PersonURN
    package var firstName: String?
    package var lastName: String?
    package var headline: String?
    package var companies: [String]
    package var place: String?
    package var profileURL: String?
    /// A text since March 2024, a list before (release-notes, documented); of a list the first.
    package var email: String?
    package var phone: String?

    /// - Returns: nil without a member: a profile of nobody cannot be kept.
    package init?(json: JSONValue) {
        guard let member = json["member"]?.string.flatMap(PersonURN.init) else { return nil }
        self.member = member
        id = json["id"]?.looseID
        owner = json["owner"]?.string.flatMap(SeatURN.init)
        createdAt = (json["created"]?["time"] ?? json["created"] ?? json["createdAt"])?.looseNumber
        firstName = json["firstName"]?.looseText
        lastName = json["lastName"]?.looseText
        headline = json["headline"]?.looseText
        companies = json["currentEmployerNames"]?.looseTexts ?? []
        place = json["location"]?.loosePlace
        profileURL = (json["profileUrl"] ?? json["publicProfileUrl"])?.looseText
        email = (json["emailAddress"] ?? json["emailAddresses"])?.looseText
        phone = (json["phoneNumber"] ?? json["phoneNumbers"])?.looseText
    }
}
