// SPDX-License-Identifier: Apache-2.0

/// How we know that a LinkedIn member and a candidate of the ATS are the same person, the surest way first.
///
/// Name and company are missing on purpose: alone they never tie anything, they make a `TieSuggestion`.
package enum TieSource: Int64, CaseIterable, Sendable, Comparable {
    /// The ATS said so: it answered an export, accepted a suggestion, or reported a pick in LinkedIn's widget.
    case ats = 1
    /// Somebody chose the member at LinkedIn (`manualMatchedMember`).
    case manualMatch = 2
    /// LinkedIn's own matching found the member (`matchedMembers`).
    case match = 3
    /// The candidate's public LinkedIn profile is the member's.
    case profileURL = 4
    /// They have an e-mail address in common, letter by letter but for case.
    case email = 5

    /// The word for it in our API.
    package var name: String {
        switch self {
        case .ats: "ats"
        case .manualMatch: "manual_match"
        case .match: "match"
        case .profileURL: "profile_url"
        case .email: "email"
        }
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// A LinkedIn member who is a candidate of the ATS. Person URNs hold for one child application, so a tie never leaves its customer.
package struct PersonTie: Hashable, Sendable {
    /// `urn:li:person:…`
    package var person: String
    /// The candidate's id in the ATS.
    package var candidate: String
    package var source: TieSource
    /// Since when we know.
    package var at: Millis

    package init(person: String, candidate: String, source: TieSource, at: Millis) {
        self.person = person
        self.candidate = candidate
        self.source = source
        self.at = at
    }
}

/// Two records that may be the same person: the ATS accepts or declines.
package struct TieSuggestion: Hashable, Sendable {
    package enum State: Int64, Sendable {
        case open = 0
        case accepted = 1
        case declined = 2

        /// The word for it in our API.
        package var name: String {
            switch self {
            case .open: "open"
            case .accepted: "accepted"
            case .declined: "declined"
            }
        }
    }

    package var person: String
    package var candidate: String
    /// Why, in words for a person; without names and addresses.
    package var reasons: [String]
    package var state: State
    package var at: Millis

    package init(person: String, candidate: String, reasons: [String], state: State, at: Millis) {
        self.person = person
        self.candidate = candidate
        self.reasons = reasons
        self.state = state
        self.at = at
    }
}
