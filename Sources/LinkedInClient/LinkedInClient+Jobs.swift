// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
package import RestLi

/// Jobs are submitted, and a task tells later what became of each (jobs-oauth-restli 5, confidence D).
extension LinkedInClient {
    /// What LinkedIn said about one submitted job.
    package struct JobSubmission: Sendable, Hashable {
        /// `urn:li:simpleJobPostingTask:…`, to be asked about with `jobTasks`; nil when the job was refused.
        package var task: String?
        package var result: ItemResult
    }

    /// What LinkedIn said about one task.
    package enum TaskReading: Sendable, Hashable {
        case task(JobTask)
        /// 404: never existed, or expired. LinkedIn keeps tasks for 24 hours or 30 days; pages differ (9 item 1).
        case unknown
        case failed(ErrorBody)
    }

    /// Submits jobs (batch_create), each a whole body.
    ///
    /// - Parameter jobs: 1…100 with different `externalJobPostingId`s.
    /// - Returns: one submission per job, in the same order; one the answer does not mention is `.missing`.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func createJobs(_ jobs: [[UInt8]]) async throws -> [JobSubmission] {
        precondition(jobs.count <= Self.batchLimit, "a call carries at most \(Self.batchLimit) records")
        guard !jobs.isEmpty else { return [] }
        let answer = try await call(
            ResourceCall(resource: .jobs, method: .batchCreate, path: path(.jobs), body: Envelope.batchCreate(jobs)))
        guard let elements = try? CreateAnswer.read(answer.body) else { throw unreadable(answer) }
        return jobs.indices.map { index in
            guard index < elements.count else {
                return JobSubmission(
                    task: nil, result: ItemResult(nil, .jobs, isDeletion: false, requestID: answer.requestID))
            }
            switch elements[index] {
            case .created(let id, let status, _):
                return JobSubmission(
                    task: id, result: ItemResult(.accepted, status: status, requestID: answer.requestID))
            case .failed(let error):
                return JobSubmission(
                    task: nil, result: ItemResult(.failed(error), .jobs, isDeletion: false, requestID: answer.requestID)
                )
            }
        }
    }

    /// Asks what became of submitted jobs (batch_get).
    ///
    /// - Parameter ids: task URNs.
    /// - Returns: by task URN. A task with several locations brings siblings that were not asked for (9 item 9); a
    ///   task the answer does not mention is not in it and should be asked for again.
    /// - Throws: `LinkedInError` when the call as a whole failed.
    package func jobTasks(_ ids: [String]) async throws -> [String: TaskReading] {
        guard !ids.isEmpty else { return [:] }
        let answer = try await call(
            ResourceCall(
                resource: .jobTasks, method: .batchGet, path: path(.jobTasks),
                query: KeyCodec.idsQuery(ids.map { .simple($0) }, version)))
        guard let batch = try? BatchAnswer(answer.body) else { throw unreadable(answer) }
        var readings: [String: TaskReading] = [:]
        for entry in batch.entries {
            let spellings = KeyCodec.readings(entry.key, simple: true).compactMap(\.text)
            let id = spellings.first(where: ids.contains) ?? entry.key
            switch entry.outcome {
            case .failed(let error): readings[id] = error.status == 404 ? .unknown : .failed(error)
            case .result(_, let range):
                guard let json = try? JSONValue(parsing: Array(batch.body[range])) else { continue }
                readings[id] = JobTask(json: json, id: id).map { .task($0) } ?? .failed(.decode(json))
            }
        }
        return readings
    }
}
