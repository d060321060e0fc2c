// SPDX-License-Identifier: Apache-2.0

/// Something that the ATS must learn. The raw value is its name in our API and in webhooks.
package enum EventType: String, CaseIterable, Sendable {
    /// A recruiter exported a member to a job.
    case exportReceived = "export.received"
    /// LinkedIn matched a candidate to a member, or somebody did, or the match went.
    case matchChanged = "match.changed"
    /// New messages of InMail conversations with one member.
    case inMailReceived = "inmail.received"
    /// A recruiter wrote, changed or deleted a note about a member.
    case noteChanged = "note.changed"
    /// A member agreed to share contact data.
    case stubReceived = "stub_profile.received"
    /// A member whose data came from LinkedIn closed the account.
    case profileClosed = "profile.closed"
    /// An integration was requested, enabled or disabled.
    case integrationChanged = "integration.changed"
    /// LinkedIn refused a record.
    case recordRejected = "record.rejected"
    /// Two records are about the same person: a suggestion, or a tie that was made or undone.
    case personTied = "person.tied"
    /// A notification of a type we do not know; it is stored as it came.
    case unknownPush = "push.unknown"
    /// An erasure ended; its receipt can be read.
    case erased = "candidate.erased"
    /// A webhook was switched off, because its receiver said so or failed for days.
    case webhookDisabled = "webhook.disabled"
}

/// An event to append.
package struct NewEvent: Sendable {
    package var type: EventType
    /// The ATS's id of the candidate it is about.
    package var candidate: String?
    /// The person URN it is about.
    package var person: String?
    /// Whether `data` holds personal data that came from LinkedIn: retention then applies to it.
    package var isFromLinkedIn: Bool
    /// One JSON object in UTF-8.
    package var data: [UInt8]

    package init(
        _ type: EventType, candidate: String? = nil, person: String? = nil, isFromLinkedIn: Bool, data: [UInt8]
    ) {
        self.type = type
        self.candidate = candidate
        self.person = person
        self.isFromLinkedIn = isFromLinkedIn
        self.data = data
    }
}

/// An event as it is stored.
package struct Event: Sendable, Hashable {
    /// From 1, per customer, without gaps: the feed's cursor.
    package var number: Int64
    /// `EventType`'s raw value; kept as text, so that a newer version's types survive.
    package var type: String
    package var at: Millis
    package var candidate: String?
    package var person: String?
    /// One JSON object; nil once it was erased.
    package var data: [UInt8]?

    package init(number: Int64, type: String, at: Millis, candidate: String?, person: String?, data: [UInt8]?) {
        self.number = number
        self.type = type
        self.at = at
        self.candidate = candidate
        self.person = person
        self.data = data
    }
}
