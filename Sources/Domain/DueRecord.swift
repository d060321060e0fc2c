// SPDX-License-Identifier: Apache-2.0

/// A record that may be sent now: the parent it needs is at LinkedIn.
package struct DueRecord: Hashable, Sendable {
    /// The row's number; never used for another record, even after a deletion.
    package var rid: Int64
    package var key: RecordKey
    /// Rises whenever the record has to be sent again. `Outcome` carries it back, so that a change during the call is noticed.
    package var revision: Int64
    /// What is sent; nil means: delete it at LinkedIn.
    package var hash: ContentHash?
    /// The record's bytes (`DesiredRecord.body`). Empty for a deletion, except a job's, which is closed by sending it once more.
    package var body: [UInt8]
    /// The job and the candidate that an application names; nil for every other kind.
    package var job: String?
    package var candidate: String?
    package var priority: Priority
    /// Calls that already failed for this revision.
    package var attempts: Int
    /// Whether LinkedIn holds some version of it, as far as we know.
    package var isObserved: Bool
    /// What the application's own bytes lack; nil when they lack nothing.
    package var fill: ApplicationFill?
    /// The member that somebody chose for a candidate: it goes along, because a PUT replaces the whole record.
    package var chosenMember: String?
    /// When what is to be sent was asked for: the ATS's change, or what made it due once more.
    package var since: Millis

    package init(
        rid: Int64, key: RecordKey, revision: Int64, hash: ContentHash?, body: [UInt8], job: String? = nil,
        candidate: String? = nil, priority: Priority = .backfill, attempts: Int = 0, isObserved: Bool = false,
        fill: ApplicationFill? = nil, since: Millis = Millis(0)
    ) {
        self.rid = rid
        self.key = key
        self.revision = revision
        self.hash = hash
        self.body = body
        self.job = job
        self.candidate = candidate
        self.priority = priority
        self.attempts = attempts
        self.isObserved = isObserved
        self.fill = fill
        self.since = since
    }
}

/// What an application takes over from its job and its candidate because the ATS left it out. A member that the application has itself,
/// or that neither of them knows, is nil.
package struct ApplicationFill: Hashable, Sendable {
    package var jobTitle: String?
    package var firstName: String?
    package var lastName: String?
    package var email: String?

    package init(jobTitle: String? = nil, firstName: String? = nil, lastName: String? = nil, email: String? = nil) {
        self.jobTitle = jobTitle
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
    }
}
