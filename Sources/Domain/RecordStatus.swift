// SPDX-License-Identifier: Apache-2.0

/// Everything the connector can say about one record.
package struct RecordStatus: Sendable {
    package var key: RecordKey
    package var state: RecordState
    /// What the ATS wants; nil for a record that is to go.
    package var desired: ContentHash?
    package var observed: Observed
    package var changedAt: Millis
    /// When it was last sent, and when LinkedIn last accepted it.
    package var sentAt: Millis?
    package var observedAt: Millis?
    /// When it may be sent (again); meaningful while due.
    package var dueAt: Millis
    package var attempts: Int
    /// Why it is rejected, or why the last call failed.
    package var reason: Reason?
    /// LinkedIn's id of the last call, for its support.
    package var requestID: String?
    package var waitsFor: Wait?
    package var task: TaskPoll?
    package var matches: [Match]
    /// The erasure that this tombstone belongs to, by id; nil for an ordinary record or deletion.
    package var erasure: String?
    /// A person paused sending; only said of a record that is due.
    package var isPaused = false

    /// What LinkedIn holds, as far as we know.
    package enum Observed: Hashable, Sendable {
        case nothing
        /// Something older, or something that we cannot be sure of.
        case older
        case exactly(ContentHash)
    }

    /// The record that stands in the way.
    package struct Wait: Hashable, Sendable {
        package var kind: RecordKind
        /// The parent's id; for a deletion the id of the record whose children go first.
        package var id: String
        /// Where the parent stands; nil when nobody told us of it.
        package var state: RecordState?

        package init(kind: RecordKind, id: String, state: RecordState?) {
            self.kind = kind
            self.id = id
            self.state = state
        }
    }

    package init(
        key: RecordKey, state: RecordState, desired: ContentHash?, observed: Observed, changedAt: Millis,
        sentAt: Millis?,
        observedAt: Millis?, dueAt: Millis, attempts: Int, reason: Reason?, requestID: String?, waitsFor: Wait?,
        task: TaskPoll?,
        matches: [Match], erasure: String? = nil
    ) {
        self.key = key
        self.state = state
        self.desired = desired
        self.observed = observed
        self.changedAt = changedAt
        self.sentAt = sentAt
        self.observedAt = observedAt
        self.dueAt = dueAt
        self.attempts = attempts
        self.reason = reason
        self.requestID = requestID
        self.waitsFor = waitsFor
        self.task = task
        self.matches = matches
        self.erasure = erasure
    }

    package var isDeletion: Bool { desired == nil }

    /// Why it is where it is, in one sentence.
    package var because: String {
        erasure.map { "it is being erased (\($0)): \(standing)" } ?? standing
    }

    private var standing: String {
        switch state {
        case .synced: return "LinkedIn accepted what the ATS last said"
        case .confirming: return "LinkedIn took it and works on it\(task.map { " (\($0.task))" } ?? "")"
        case .rejected: return reason?.message ?? "LinkedIn refused it"
        case .waiting: return waitsFor.map(waitSentence) ?? "it waits for another record"
        case .due:
            if isPaused { return "sending is paused; it goes when somebody resumes it" }
            if let reason { return "it is sent again after \(attempts) failed calls; the last one: \(reason.message)" }
            if erasure != nil { return "nothing of it is held here any more, and LinkedIn was not told yet" }
            if isDeletion { return "the ATS deleted it and LinkedIn was not told yet" }
            return switch observed {
            case .nothing: "it is new and was not sent yet"
            case .older, .exactly: "it changed and was not sent yet"
            }
        }
    }

    private func waitSentence(_ wait: Wait) -> String {
        if key.kind == .assignee {
            return
                "LinkedIn lets a user be in \(ACLMembership.mostPerUser) groups, and holds as many for this one; remove one"
        }
        if isDeletion {
            guard key.kind != .acl else {
                return wait.kind == .application
                    ? "applications still name its job, which everybody might see without it"
                    : "its job is closed first, so that nobody sees the job meanwhile"
            }
            return
                "records of kind \(wait.kind.rawValue) that belong to it are deleted first"
        }
        let parent = "its \(wait.kind.rawValue) \(wait.id)"
        return switch wait.state {
        case nil: "\(parent) is not known; send it too"
        case .rejected: "\(parent) was refused by LinkedIn"
        case .synced, .due, .confirming, .waiting: "\(parent) is not at LinkedIn yet"
        }
    }
}

/// A record that LinkedIn refused.
package struct Rejection: Sendable {
    package var rid: Int64
    package var key: RecordKey
    package var reason: Reason
    package var requestID: String?
    package var at: Millis

    package init(rid: Int64, key: RecordKey, reason: Reason, requestID: String?, at: Millis) {
        self.rid = rid
        self.key = key
        self.reason = reason
        self.requestID = requestID
        self.at = at
    }
}
