// SPDX-License-Identifier: Apache-2.0

/// How sending one due record ended.
package struct Outcome: Sendable {
    package enum Result: Hashable, Sendable {
        /// LinkedIn holds what was sent; for a deletion: LinkedIn holds nothing (a 404 counts).
        case accepted
        /// LinkedIn took it and works on it; ask for `task` at `pollAt`.
        case confirming(task: String, pollAt: Millis)
        /// LinkedIn refuses the data; nothing is sent until it changes or somebody retries.
        case rejected(Reason)
        /// Nobody knows whether it arrived, or it must come later.
        case retry(at: Millis, Reason)
    }

    package var rid: Int64
    package var key: RecordKey
    package var revision: Int64
    /// What was sent; nil for a deletion.
    package var sent: ContentHash?
    /// Whether LinkedIn held some version of it before the call.
    package var wasObserved: Bool
    package var result: Result
    /// LinkedIn's id of the call, for its support.
    package var requestID: String?
    /// The HTTP status of LinkedIn's answer about the record, where there was one.
    package var status: Int?
    /// When what was sent was asked for.
    package var since: Millis

    package init(_ record: DueRecord, _ result: Result, requestID: String? = nil, status: Int? = nil) {
        rid = record.rid
        key = record.key
        revision = record.revision
        sent = record.hash
        wasObserved = record.isObserved
        self.result = result
        self.requestID = requestID
        self.status = status
        since = record.since
    }
}

/// A job task whose end is not known yet.
package struct TaskPoll: Hashable, Sendable {
    /// LinkedIn's task URN.
    package var task: String
    package var rid: Int64
    /// The job that it is about.
    package var key: RecordKey
    package var submittedAt: Millis
    /// How often it was asked for.
    package var polls: Int

    package init(task: String, rid: Int64, key: RecordKey, submittedAt: Millis, polls: Int) {
        self.task = task
        self.rid = rid
        self.key = key
        self.submittedAt = submittedAt
        self.polls = polls
    }
}

/// What asking for a job task said.
package struct TaskOutcome: Sendable {
    package enum Result: Hashable, Sendable {
        case succeeded
        case failed(Reason)
        /// Still working: ask again at that moment.
        case pending(pollAt: Millis)
        /// LinkedIn does not know the task any more: the job is sent again at that moment.
        case lost(retryAt: Millis, Reason)
    }

    package var task: String
    package var result: Result
    package var requestID: String?

    package init(task: String, _ result: Result, requestID: String? = nil) {
        self.task = task
        self.result = result
        self.requestID = requestID
    }
}

/// A candidate whose match at LinkedIn is to be read.
package struct MatchPoll: Hashable, Sendable {
    package var rid: Int64
    package var key: RecordKey
    /// How many readings there were since the candidate was last sent.
    package var step: Int

    package init(rid: Int64, key: RecordKey, step: Int) {
        self.rid = rid
        self.key = key
        self.step = step
    }
}

/// What a reading said. `nextAt` nil ends the readings until the candidate is sent again.
package struct MatchReading: Sendable {
    package var rid: Int64
    /// The step of the poll that was answered; a reading of an older step changes the match but not the schedule.
    package var step: Int
    /// Person URNs that LinkedIn's own matching found; nil leaves what is stored (the reading failed).
    package var matched: [String]?
    /// The person URN that somebody chose.
    package var manual: String?
    package var nextAt: Millis?

    package init(_ poll: MatchPoll, matched: [String]?, manual: String?, nextAt: Millis?) {
        rid = poll.rid
        step = poll.step
        self.matched = matched
        self.manual = manual
        self.nextAt = nextAt
    }
}

/// A candidate's match as it was last read.
package struct Match: Hashable, Sendable {
    package var person: String
    /// Chosen by a person, which outranks what LinkedIn's matching found.
    package var isManual: Bool
    package var readAt: Millis

    package init(person: String, isManual: Bool, readAt: Millis) {
        self.person = person
        self.isManual = isManual
        self.readAt = readAt
    }
}
