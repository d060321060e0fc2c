// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What the engine asks of LinkedIn, for one customer and in the ATS's ids. `ClientPort` does it over HTTP.
///
/// Every method is one call, or a few that belong together, and throws `PortFailure` when the call as a whole failed. What is said about
/// single records is in the answers: one per record, in the order asked.
package protocol LinkedInPort: RecruiterPort, ExportPort {
    /// Replaces records of one kind (1…100), all under the same parent; `parent` is empty for kinds that have none. Not for jobs.
    func put(_ kind: RecordKind, parent: String, _ items: [PortItem]) async throws -> [PortAnswer]
    /// Deletes records of one kind (1…100), all under the same parent. Not for jobs.
    func delete(_ kind: RecordKind, parent: String, ids: [String]) async throws -> [PortAnswer]
    /// Puts jobs' groups, or groups' members (1…100, of one kind): a key is all there is of them.
    func putPermissions(_ keys: [RecordKey]) async throws -> [PortAnswer]
    /// Deletes jobs' groups, or groups' members (1…100, of one kind).
    func deletePermissions(_ keys: [RecordKey]) async throws -> [PortAnswer]
    /// Submits jobs (1…100, each a whole body); an accepted one has a `task`.
    func submitJobs(_ jobs: [[UInt8]]) async throws -> [PortAnswer]
    /// Asks for job tasks; one that LinkedIn does not know is missing from the result.
    func tasks(_ tasks: [String]) async throws -> [String: PortTask]
    /// Reads the matches of candidates by their ids; one that LinkedIn does not know is missing from the result.
    func matches(of candidates: [String]) async throws -> [String: PortMatch]
    /// Which of these records LinkedIn still shows (1…100 of one kind, all under the same parent). Not for jobs.
    func held(_ kind: RecordKind, parent: String, ids: [String]) async throws -> PortReading
    /// What LinkedIn shows of one record. Not for jobs and permissions.
    func shown(_ key: RecordKey) async throws -> PortShown
    /// The customer's integrations at LinkedIn: those of `wanted` that exist.
    func integrations(_ wanted: [IntegrationRef]) async throws -> [PortIntegration]
    /// Tells LinkedIn the name that the customer's administrator sees, and the settings the type needs.
    ///
    /// - Parameter settings: a nil value removes the setting; one that is not there is removed already.
    func configure(_ integration: IntegrationRef, name: String, settings: [(key: String, value: String?)]) async throws
}

/// One record to send.
package struct PortItem: Sendable {
    package var id: String
    /// One JSON object.
    package var body: [UInt8]

    package init(id: String, body: [UInt8]) {
        self.id = id
        self.body = body
    }
}

/// What LinkedIn said about one record of a call.
package struct PortAnswer: Hashable, Sendable {
    /// An HTTP status; 0 when the answer did not mention the record.
    package var status: Int
    package var message: String?
    package var requestID: String?
    /// The task that works on a job.
    package var task: String?

    package init(status: Int, message: String? = nil, requestID: String? = nil, task: String? = nil) {
        self.status = status
        self.message = message
        self.requestID = requestID
        self.task = task
    }
}

/// Where a job's task stands.
package struct PortTask: Hashable, Sendable {
    /// Stands for a status when LinkedIn could not say it now: not an end.
    package static let unread = "UNREAD"

    /// LinkedIn's word, verbatim: `IN_PROGRESS`, `SUCCEEDED`, `FAILED`, `PROCESSED` (check-job-taskstatus, documented).
    package var status: String
    package var errorMessage: String?

    package init(status: String, errorMessage: String? = nil) {
        self.status = status
        self.errorMessage = errorMessage
    }
}

/// The members a candidate was matched to, as person URNs.
package struct PortMatch: Hashable, Sendable {
    package var matched: [String]
    package var manual: String?

    package init(matched: [String], manual: String? = nil) {
        self.matched = matched
        self.manual = manual
    }
}

/// What LinkedIn still shows of some records, in the order asked.
package struct PortReading: Hashable, Sendable {
    package enum Presence: Hashable, Sendable {
        case present
        case absent
        /// LinkedIn answered for this record with something that says neither.
        case unknown
    }

    package var presence: [Presence]
    package var requestID: String?

    package init(_ presence: [Presence], requestID: String? = nil) {
        self.presence = presence
        self.requestID = requestID
    }
}

/// What LinkedIn shows of one record, read for somebody who looks at it.
package struct PortShown: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        /// One JSON object.
        case record([UInt8])
        case absent
        case unknown
    }

    package var content: Content
    package var requestID: String?

    package init(_ content: Content, requestID: String? = nil) {
        self.content = content
        self.requestID = requestID
    }
}

/// One integration's name at LinkedIn: a type and the organization or contract URN it is for.
package struct IntegrationRef: Hashable, Sendable {
    package var type: String
    package var context: String

    package init(type: String, context: String) {
        self.type = type
        self.context = context
    }
}

package struct PortIntegration: Hashable, Sendable {
    package var ref: IntegrationRef
    package var name: String?
    /// `onboardingStatus`, else `status`, verbatim (protocol reference 9, item 3).
    package var status: String

    package init(ref: IntegrationRef, name: String?, status: String) {
        self.ref = ref
        self.name = name
        self.status = status
    }
}

/// Why a whole call failed, in the terms the engine decides by.
package struct PortFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// 400, 422 and other answers that blame the content.
        case refused
        /// 404 for the whole call.
        case notFound
        /// 413, 414.
        case tooLarge
        /// 401 that a new token did not cure, or the token was refused.
        case unauthorized
        /// 403.
        case forbidden
        /// 429.
        case throttled
        /// 5xx, or an answer that cannot be read.
        case broken
        /// No answer: refused connection, time-out, dropped reply.
        case unreachable
    }

    package var code: Code
    /// Safe to show an operator.
    package var message: String
    package var status: Int?
    package var requestID: String?
    /// How long LinkedIn asked us to wait.
    package var retryAfter: Duration?
    /// A 429 that names the limit of the day.
    package var isDayLimit: Bool
    /// LinkedIn's own words: for the customer whose record it is, never for a log.
    package var answer: String?

    package init(
        _ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, retryAfter: Duration? = nil,
        isDayLimit: Bool = false,
        answer: String? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.isDayLimit = isDayLimit
        self.answer = answer
    }

    package var description: String { message }
}
