// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

/// What LinkedIn said about one submitted job.
package enum JobSubmission: Hashable, Sendable {
    /// A task works on it: `urn:li:simpleJobPostingTask:…`
    case task(String, requestID: String?)
    case refused(ItemResult)
}

extension LinkedInClient {
    /// Submits jobs: `POST` with `batch_create` (create-jobs, documented). Without that header LinkedIn answers 403.
    ///
    /// - Parameter jobs: 1…100 whole JSON objects with different `externalJobPostingId`s.
    /// - Returns: one submission per job, in order; a job that the answer does not mention has status 0.
    package func submitJobs(_ jobs: [[UInt8]]) async throws -> [JobSubmission] {
        let answer: HTTPAnswer
        do {
            answer = try await call("POST", path(.jobs), body: Envelope.batchCreate(jobs), method: .batchCreate)
        } catch let error as LinkedInError where jobs.count == 1 && error.code == .refused {
            // The documentation prints some errors of single jobs with the HTTP status (jobs-oauth-restli 9, item 7): both are understood.
            return [.refused(ItemResult(status: error.status ?? 400, message: error.message, requestID: error.requestID))]
        }
        let requestID = answer.requestID
        return try read(answer) { body in
            let elements = try CreateAnswer.read(body)
            return jobs.indices.map { index in
                guard index < elements.count else { return .refused(ItemResult(status: 0, requestID: requestID)) }
                return switch elements[index] {
                case .created(let id, _, _): .task(id, requestID: requestID)
                case .failed(let error):
                    .refused(ItemResult(status: error.status, message: error.message, requestID: error.requestID ?? requestID))
                }
            }
        }
    }

    /// Asks what became of tasks (check-job-taskstatus, documented); one that LinkedIn does not know is missing from the result.
    ///
    /// - Parameter tasks: task URNs, 1…100.
    package func jobTasks(_ tasks: [String]) async throws -> [String: JobTask] {
        let keys = tasks.map { EntityKey.simple($0) }
        let answer = try await call("GET", path(.jobTasks), query: KeyCodec.idsQuery(keys, Self.version))
        return try read(answer) { body in
            var found: [String: JobTask] = [:]
            for (task, outcome) in zip(tasks, try BatchAnswer(body).outcomes(for: keys, simple: true)) {
                guard case .result(_, let range)? = outcome else { continue }
                found[task] = JobTask(json: try JSONValue(parsing: Array(body[range])), id: task)
            }
            return found
        }
    }
}
