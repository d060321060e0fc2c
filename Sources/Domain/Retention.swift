// SPDX-License-Identifier: Apache-2.0

/// What of LinkedIn's data has a time of its own. The raw value is the word in our API.
package enum RetentionKind: String, CaseIterable, Sendable {
    /// Profiles that recruiters exported.
    case exports
    /// Profiles that members shared by an InMail.
    case stubProfiles
    case inMails
    /// Recruiters' notes.
    case notes
    /// Which members LinkedIn matched to candidates.
    case matches
    /// Which member is which candidate; the ATS's own answers among them.
    case ties
    /// What the events of the feed say of members; the events stay, empty.
    case events
}

/// What is done when a member whose data came from LinkedIn closes the account (protocol reference A.6).
package enum ClosedPolicy: Int64, CaseIterable, Sendable {
    /// The ATS is told and decides. LinkedIn asks no more of a data controller.
    case notify = 0
    /// What LinkedIn told us about the member goes, and the tie to the candidate; the ATS's candidate stays, here and at LinkedIn.
    case erase = 1
    /// The candidate that the member is goes as well, here and at LinkedIn.
    case eraseCandidate = 2

    /// The word in our API.
    package var word: String {
        switch self {
        case .notify: "notify"
        case .erase: "erase"
        case .eraseCandidate: "eraseCandidate"
        }
    }

    package init?(word: String) {
        guard let policy = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = policy
    }
}

/// How long a customer keeps LinkedIn's data.
package struct RetentionPolicy: Hashable, Sendable {
    /// Days after we got it; a kind that is not named is kept until the account is closed or the person erased.
    package var days: [RetentionKind: Int]
    package var closed: ClosedPolicy

    package static let longest = 36_500

    package init(days: [RetentionKind: Int] = [:], closed: ClosedPolicy = .notify) {
        self.days = days
        self.closed = closed
    }
}

/// One purge, and what it removed of each kind that has a limit.
package struct RetentionRun: Hashable, Sendable {
    package struct Count: Hashable, Sendable {
        package var kind: RetentionKind
        package var days: Int
        package var removed: Int

        package init(kind: RetentionKind, days: Int, removed: Int) {
            self.kind = kind
            self.days = days
            self.removed = removed
        }
    }

    /// From 1, per customer.
    package var number: Int64
    package var at: Millis
    package var counts: [Count]

    package init(number: Int64, at: Millis, counts: [Count]) {
        self.number = number
        self.at = at
        self.counts = counts
    }
}

/// One time that LinkedIn was asked who closed an account: the evidence of at least every 30 days (release notes of July 2023, documented).
package struct ClosedCheck: Hashable, Sendable {
    package var number: Int64
    package var at: Millis
    package var policy: ClosedPolicy
    /// Accounts that LinkedIn named.
    package var found: Int
    /// Those that were new, so that the ATS was told.
    package var told: Int
    /// Erasures that were begun.
    package var erased: Int

    /// LinkedIn asks for a reading at least this often.
    package static let longest: Duration = .seconds(30 * 86_400)

    package init(number: Int64, at: Millis, policy: ClosedPolicy, found: Int, told: Int, erased: Int) {
        self.number = number
        self.at = at
        self.policy = policy
        self.found = found
        self.told = told
        self.erased = erased
    }
}
