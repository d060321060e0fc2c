// SPDX-License-Identifier: Apache-2.0

/// Somebody who works with the ATS: a recruiter, a hiring manager. Groups (ACLs) are made of users, LinkedIn's side of them of members.
package struct ATSUser: Hashable, Sendable {
    /// The ATS's own id, 1…500 characters.
    package var id: String
    package var email: String
    package var name: String
    /// Which LinkedIn member this is, when it is known.
    package var binding: Binding?

    package init(id: String, email: String, name: String, binding: Binding? = nil) {
        self.id = id
        self.email = email
        self.name = name
        self.binding = binding
    }

    /// The member's person URN, which is good for this customer's child application only; nil: not signed in yet.
    package var person: String? { binding?.person }

    /// Two spellings of one address are one key.
    package static func emailKey(_ email: String) -> String {
        email.split(whereSeparator: \.isWhitespace).joined().lowercased()
    }

    /// The tie between a user and a member.
    package struct Binding: Hashable, Sendable {
        /// How we know.
        package enum Source: Int64, Sendable {
            /// The user signed in with LinkedIn (3-legged OAuth).
            case signIn = 0
            /// The ATS said so.
            case given = 1
        }

        package var person: String
        package var source: Source
        package var at: Millis

        package init(person: String, source: Source, at: Millis) {
            self.person = person
            self.source = source
            self.at = at
        }
    }
}

/// A user's place in a group: the group's members see the jobs that carry its id.
package struct ACLMembership: Hashable, Sendable {
    package var acl: String
    package var user: String

    package init(acl: String, user: String) {
        self.acl = acl
        self.user = user
    }

    /// The most groups LinkedIn lets one user be in. Source: sync-acls (documented; modules-3-5, C.2).
    package static let mostPerUser = 10
}

/// How a membership stands: what the ATS asked for, and what LinkedIn was told.
package struct MembershipStatus: Sendable {
    package var membership: ACLMembership
    /// nil: the ATS did not tell us of this user yet.
    package var user: ATSUser?
    /// LinkedIn's side of it; nil while nobody knows which member the user is.
    package var record: RecordStatus?

    package init(membership: ACLMembership, user: ATSUser?, record: RecordStatus?) {
        self.membership = membership
        self.user = user
        self.record = record
    }

    /// Why it is where it is, in one sentence.
    package var because: String {
        if let record { return record.because }
        return user == nil
            ? "the user is not known; send it too (PUT /api/v1/users/{id})"
            : "the user has not signed in with LinkedIn yet; make a link for it (POST /api/v1/users/{id}/sign-in)"
    }
}

/// What came of binding a user to a member.
package enum BindOutcome: Hashable, Sendable {
    case bound
    case unknownUser
    /// The member would be in so many groups, and LinkedIn allows `ACLMembership.mostPerUser`: nothing was changed.
    case tooManyGroups(Int)
}
