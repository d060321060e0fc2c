// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes

/// What LinkedIn gives away of a member: to the ATS a recruiter exports to, and, with contact data, to the one whose
/// InMail the member answered. Exports and `mailStubs` carry the same kind of object.
///
/// Source: modules 3–5, A.5.2. That there is such an object is documented; the fields' names are third party, except
/// `emailAddress` (release notes, March 2024). UNVERIFIED: `phoneNumber`, and that empty fields are left out.
struct StubProfile: Sendable {
    let member: Member
    /// As the asking application sees the member.
    let person: String
    /// True when the member agreed to share e-mail and telephone; an export never carries them (third party).
    let sharesContact: Bool
    let style: Switches.StubStyle

    /// The fields in the order of the samples; what the member has not filled in is absent.
    var fields: JSONObject {
        var object: JSONObject = ["member": .string(person)]
        object["firstName"] = .string(member.firstName)
        object["lastName"] = .string(member.lastName)
        if !member.headline.isEmpty { object["headline"] = .string(member.headline) }
        if !member.place.isEmpty { object["location"] = ["locationName": .string(member.place)] }
        if !member.company.isEmpty { object["currentEmployerNames"] = [.string(member.company)] }
        object["profileUrl"] = .string(member.profileURL)
        guard sharesContact else { return object }
        // A string since March 2024, an array of them before (documented); J-4.
        object["emailAddress"] = style == .legacy ? [.string(member.email)] : .string(member.email)
        if !member.phone.isEmpty { object["phoneNumber"] = .string(member.phone) }
        return object
    }
}
