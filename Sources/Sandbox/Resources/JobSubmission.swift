// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn

/// One element of `POST simpleJobPostings`, as far as LinkedIn's decisions need it.
struct JobSubmission: Sendable, Hashable {
    enum Operation: Sendable, Hashable {
        case create, update, renew, close
        /// The RSC style, `state` without an operation: create or update, open or closed.
        case upsert(isListed: Bool)
    }

    var id: String
    /// Nil when the company is named in another way.
    var organization: Int64?
    var operation: Operation
    var isPrivate: Bool
    var expireAt: Int64?
    /// What LinkedIn finds wrong only while it works on the task: the message the task then fails with.
    var taskFailure: String?

    /// 180 days for basic jobs (jobs reference 5.3: documented).
    static let life: Duration = .seconds(180 * 86_400)
    /// RENEW adds 30 days (official OpenAPI).
    static let renewal: Duration = .seconds(30 * 86_400)
}

/// What becomes of a submission.
enum JobVerdict: Sendable, Hashable {
    /// Refused in the answer to the submission; there is no task.
    case refused(RecordProblem)
    /// The task ends as FAILED with this text; nothing changes.
    case fails(String)
    case succeeds(Change)

    struct Change: Sendable, Hashable {
        /// Take a new LinkedIn number.
        var isNew: Bool
        var isListed: Bool
        var expires: Int64
        /// False: the stored record stays (CLOSE and RENEW may come without the full job).
        var replacesBody: Bool
    }
}

extension JobSubmission {
    /// Decides how the operation ends. Source: jobs reference 5.4 (documented) and 9, items 31 and 32 (UNVERIFIED
    /// where marked).
    ///
    /// - Parameters:
    ///   - existing: LinkedIn's side of the job, nil when there never was one.
    ///   - partner: the number in `urn:li:jobPostingPartner:{n}` of messages.
    func verdict(on existing: StoredPosting?, partner: Int64, now: Moment) -> JobVerdict {
        let isOpen = existing?.isListed == true
        switch operation {
        case .close:
            guard isOpen, let existing else {
                return .refused(RecordProblem(409, "Cannot close job which is already closed or does not exist"))
            }
            return .succeeds(.init(isNew: false, isListed: false, expires: existing.expires, replacesBody: false))
        case .renew:
            // An expired job can be renewed, a closed one cannot (UNVERIFIED).
            guard isOpen, let existing else {
                return .fails(Self.failure("Operation type RENEW is not allowed for a non-existing job"))
            }
            let expires = Moment(max(now.millis, existing.expires)) + Self.renewal
            return .succeeds(.init(isNew: false, isListed: true, expires: expires.millis, replacesBody: false))
        case .create:
            if let taskFailure { return .fails(taskFailure) }
            if isOpen, let existing { return .fails(Self.failure(duplicate(of: existing))) }
            return .succeeds(.init(isNew: true, isListed: true, expires: expiry(now), replacesBody: true))
        case .update:
            // UPDATE of a closed job: as if it did not exist (UNVERIFIED).
            guard isOpen else {
                return .fails(
                    Self.failure(
                        "Operation type UPDATE is not allowed for a non-existing job of partner urn urn:li:jobPostingPartner:\(partner), "
                            + "partner job code (\(id))"))
            }
            if let taskFailure { return .fails(taskFailure) }
            return .succeeds(.init(isNew: false, isListed: true, expires: expiry(now), replacesBody: true))
        case .upsert(let isListed):
            if let taskFailure { return .fails(taskFailure) }
            // A closed job cannot be reopened in the product, so it gets a new number (UNVERIFIED).
            let isNew = existing == nil || (isListed && !isOpen)
            return .succeeds(.init(isNew: isNew, isListed: isListed, expires: expiry(now), replacesBody: true))
        }
    }

    private func expiry(_ now: Moment) -> Int64 { expireAt ?? (now + Self.life).millis }

    private func duplicate(of existing: StoredPosting) -> String {
        "Trying to create a job with same partnerIdentifier already exists. It is duplicate creation request for a basic job or a non-draft "
            + "premium job. Dropping the duplicate job posting creation request. LinkedIn job id: \(existing.number), "
            + "externalJobPostingId: \(id)"
    }

    private static func failure(_ details: String) -> String {
        "Job processing failed due to a client-side error. Please check payload and integration setup. Error details: \(details)"
    }
}
