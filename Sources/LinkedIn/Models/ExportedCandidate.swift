// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// A member whom a recruiter exported, as `exportedCandidates` shows it. Every field is read in all spellings that are known (J-4), because
/// the page's own table is cut.
/// Source: retrieve-exported-candidates (documented, cut); most field names from a public connector (third party).
package struct ExportedCandidate: Hashable, Sendable {
    /// `urn:li:organization:…`: on whose behalf the export was made (documented).
    package var context: String?
    /// The ATS's job that the recruiter chose: `externalJobPostingId`, or `referenceEntityId` (third party).
    package var job: String?
    package var member: PersonURN
    package var firstName: String?
    package var lastName: String?
    package var headline: String?
    package var companies: [String]
    package var title: String?
    package var place: String?
    package var profileURL: String?
    /// Normally none: contact data is not shared by an export. A text since March 2024, a list before (release-notes, documented).
    package var emails: [String]
    package var phone: String?

    /// - Returns: nil without a member: an export of nobody cannot be kept.
    package init?(json: JSONValue) {
        let profile = json["candidate"] ?? json
        guard let member = profile["member"]?.string.flatMap(PersonURN.init) else { return nil }
        self.member = member
        context = json["integrationContext"]?.looseText
        job = (json["externalJobPostingId"] ?? json["referenceEntityId"])?.looseID
        firstName = profile["firstName"]?.looseText
        lastName = profile["lastName"]?.looseText
        headline = profile["headline"]?.looseText
        companies = profile["currentEmployerNames"]?.looseTexts ?? []
        title = profile["title"]?.looseText
        place = profile["location"]?.loosePlace
        profileURL = (profile["profileUrl"] ?? profile["publicProfileUrl"])?.looseText
        emails = (profile["emailAddress"] ?? profile["emailAddresses"])?.looseTexts ?? []
        phone = (profile["phoneNumber"] ?? profile["phoneNumbers"])?.looseText
    }
}
