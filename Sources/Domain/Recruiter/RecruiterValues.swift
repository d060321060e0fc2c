// SPDX-License-Identifier: Apache-2.0

/// A Recruiter licence of one of the customer's people.
package struct Seat: Hashable, Sendable {
    /// LinkedIn's number (`urn:li:seat:…`).
    package var number: Int64
    package var contract: Int64
    /// Who holds it, as a person URN.
    package var person: String?
    package var firstName: String
    package var lastName: String
    package var email: String?
    /// LinkedIn's word; `ACTIVE` may be read for, everything else has left or not begun.
    package var state: String
    package var roles: [String]
    package var createdAt: Millis?

    package var isActive: Bool { state == "ACTIVE" }

    package init(
        number: Int64, contract: Int64, person: String?, firstName: String, lastName: String, email: String?,
        state: String, roles: [String], createdAt: Millis?
    ) {
        self.number = number
        self.contract = contract
        self.person = person
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.state = state
        self.roles = roles
        self.createdAt = createdAt
    }
}

/// One message between a recruiter and a member.
package struct InMail: Hashable, Sendable {
    package var id: String
    /// The conversation's URN.
    package var thread: String
    /// The member's person URN; nil when LinkedIn names none.
    package var person: String?
    package var seat: Int64
    package var isFromMember: Bool
    package var at: Millis
    package var subject: String?
    package var text: String?

    package init(
        id: String, thread: String, person: String?, seat: Int64, isFromMember: Bool, at: Millis, subject: String?,
        text: String?
    ) {
        self.id = id
        self.thread = thread
        self.person = person
        self.seat = seat
        self.isFromMember = isFromMember
        self.at = at
        self.subject = subject
        self.text = text
    }
}

/// What a member shared with a recruiter: contact data and a little of the profile.
package struct SharedProfile: Hashable, Sendable {
    package var id: String
    package var person: String
    package var seat: Int64?
    package var at: Millis?
    /// One JSON object in the language of our API.
    package var profile: [UInt8]

    package init(id: String, person: String, seat: Int64?, at: Millis?, profile: [UInt8]) {
        self.id = id
        self.person = person
        self.seat = seat
        self.at = at
        self.profile = profile
    }
}

/// What a recruiter noted about a member.
package struct RecruiterNote: Hashable, Sendable {
    package var id: String
    package var person: String?
    package var seat: Int64?
    /// False: it was deleted, and its text must be forgotten.
    package var isActive: Bool
    package var createdAt: Millis?
    package var modifiedAt: Millis
    package var text: String?

    package init(
        id: String, person: String?, seat: Int64?, isActive: Bool, createdAt: Millis?, modifiedAt: Millis, text: String?
    ) {
        self.id = id
        self.person = person
        self.seat = seat
        self.isActive = isActive
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.text = text
    }
}

/// A member who closed the account after a recruiter had exported the profile.
package struct ClosedAccount: Hashable, Sendable {
    package var person: String
    /// When, if LinkedIn says so.
    package var closedAt: Millis?

    package init(person: String, closedAt: Millis?) {
        self.person = person
        self.closedAt = closedAt
    }
}
