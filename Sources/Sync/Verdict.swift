// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedInClient

/// What LinkedIn's answer about one record means for it. Pure: the table of remedies.
struct Verdict: Hashable {
    var result: Outcome.Result
    /// LinkedIn does not know the parent that we thought it had: the parent goes again first.
    var parentIsUnknown = false

    /// After so many 404s of a child whose parent LinkedIn keeps accepting, the child is refused instead of trying for ever.
    static let patienceWithParents = 6
    private static let longestMessage = 500

    /// - Parameters:
    ///   - pollAt: when a job's task is looked at first.
    ///   - jitter: 0 ≤ jitter < 1.
    init(_ answer: PortAnswer, for record: DueRecord, at now: Millis, pollAt: Millis, jitter: Double) {
        let isDeletion = record.hash == nil
        switch answer.status {
        case 200..<300:
            if record.key.kind == .job {
                result = answer.task.map { .confirming(task: $0, pollAt: pollAt) } ?? .accepted
            } else {
                result = .accepted
            }
        case 404 where isDeletion:
            result = .accepted
        case 409 where isDeletion && record.key.kind == .job:
            // "Cannot close job which is already closed or does not exist" (create-jobs error table, documented): that is what we want.
            result = .accepted
        case 404 where record.key.kind.owner != nil && record.attempts < Self.patienceWithParents:
            // UNVERIFIED that an unknown parent is a 404 per record (protocol reference 9, item 28).
            let reason = Reason(
                .refused,
                "LinkedIn does not know its \(record.key.kind.owner?.rawValue ?? "parent"), which is sent again first")
            result = .retry(at: now + Self.pause(after: record.attempts, jitter), reason)
            parentIsUnknown = true
        case 0:
            result = Self.later(
                record, at: now, jitter, Reason(.unavailable, "LinkedIn's answer did not mention the record"))
        case 429:
            result = Self.later(record, at: now, jitter, Reason(.throttled, "LinkedIn asked us to slow down (429)"))
        case 401, 403:
            result = Self.later(
                record, at: now, jitter, Reason(.unauthorized, "LinkedIn did not let us (\(answer.status))"))
        case 409, 500...:
            result = Self.later(
                record, at: now, jitter, Reason(.unavailable, "LinkedIn could not take it now (\(answer.status))"))
        default:
            result = .rejected(Self.refusal(answer.status, answer.message))
        }
    }

    /// Why LinkedIn refuses a record. The message is LinkedIn's own and may echo a value: it is shown to the customer and never logged.
    static func refusal(_ status: Int?, _ message: String?) -> Reason {
        let text = (message ?? "").split(whereSeparator: \.isNewline).map(String.init).joined(separator: " ")
        let said = text.isEmpty ? "without saying why" : ": " + String(text.prefix(longestMessage))
        return Reason(
            .refused, "LinkedIn refused it\(status.map { " (\($0))" } ?? "")" + (text.isEmpty ? " \(said)" : said))
    }

    /// How long one record steps back after so many failures; its neighbours go on meanwhile.
    static func pause(after attempts: Int, _ jitter: Double) -> Duration {
        RetryRule.delay(attempt: attempts + 1, remedy: .retry(after: nil), jitter: jitter) ?? RetryRule.longest
    }

    private static func later(_ record: DueRecord, at now: Millis, _ jitter: Double, _ reason: Reason) -> Outcome.Result
    {
        .retry(at: now + Self.pause(after: record.attempts, jitter), reason)
    }
}

/// What the end of a job's task means.
enum TaskVerdict {
    /// Task results are kept for 24 hours (create-jobs page, documented).
    static let lifetime: Duration = .seconds(86_400)

    static func result(
        of task: PortTask?, poll: TaskPoll, at now: Millis, schedule: PollSchedule, jitter: Double
    ) -> TaskOutcome.Result {
        guard let task else {
            return .lost(
                retryAt: now + Verdict.pause(after: 0, jitter),
                Reason(.taskLost, "LinkedIn does not know the job's task any more; the job is sent again"))
        }
        switch task.status {
        case "SUCCEEDED": return .succeeded
        case "PROCESSED" where task.errorMessage == nil: return .succeeded
        // PROCESSED with a message: "payload failed validation" (check-job-taskstatus, documented).
        case "FAILED", "PROCESSED":
            return .failed(
                Reason(
                    .taskFailed,
                    "LinkedIn could not process the job: \(String((task.errorMessage ?? "no reason given").prefix(500)))"
                ))
        default:
            // IN_PROGRESS, and words we do not know: the 2022 OpenAPI knows fewer than today's page, so more may come.
            if now - poll.submittedAt > lifetime {
                return .lost(
                    retryAt: now,
                    Reason(
                        .taskLost,
                        "the job's task did not end within the 24 hours that LinkedIn keeps it; the job is sent again"))
            }
            return .pending(pollAt: schedule.next(round: poll.polls + 1, after: now))
        }
    }
}
