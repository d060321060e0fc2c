// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `GET simpleJobPostingTasks`. Source: check-job-taskstatus (documented).
struct JobTaskResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchGet: return .batch(try await tasks(call.keys, call), call.version, isRead: true)
        case .get:
            guard let key = call.entityKey else { throw RecordFace.badKey }
            guard let found = try await tasks([key], call).first else { throw GatewayError(404, Self.unknown.message) }
            return .single(found.outcome)
        default: throw call.unsupported
        }
    }

    private func tasks(_ keys: [EntityKey], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let urns = try keys.map { key in
            // Documented: a value that is no task URN fails the whole request.
            guard let urn = key.text.flatMap({ TaskURN($0) }) else { throw RecordFace.badKey }
            return urn
        }
        let switches = call.switches
        let application = call.application.number
        let oldest = (call.now - .seconds(switches.taskHours * 3600)).millis
        let found = try await core.world.read { tx in try urns.map { try tx.task($0.id, application: application) } }
        return zip(keys, found).enumerated().compactMap { position, pair in
            if call.faults.strikes(position) { return (pair.0, .failed(.planned)) }
            if let task = pair.1, task.created >= oldest { return (pair.0, .entity(Self.bytes(task, call.now))) }
            // Unknown or forgotten: undocumented (jobs reference 9, item 11).
            return switches.unknownTaskIsError ? (pair.0, .failed(Self.unknown)) : nil
        }
    }

    private static let unknown = RecordProblem(404, "The task does not exist or has expired")

    private static func bytes(_ task: StoredTask, _ now: Moment) -> [UInt8] {
        let isOver = now.millis >= task.ends
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("id")
        writer.string("urn:li:simpleJobPostingTask:\(task.id)")
        writer.name("status")
        writer.string(isOver ? task.status : "IN_PROGRESS")
        if isOver, let message = task.message {
            // The documented sample of a failed task has no externalJobPostingId.
            writer.name("errorMessage")
            writer.string(message)
        } else {
            writer.name("externalJobPostingId")
            writer.string(task.job)
        }
        // Absent while in progress (jobs reference 9, item 10).
        if isOver, let posting = task.posting {
            writer.name("jobPosting")
            writer.string("urn:li:jobPosting:\(posting)")
        }
        writer.endObject()
        return writer.bytes
    }
}
