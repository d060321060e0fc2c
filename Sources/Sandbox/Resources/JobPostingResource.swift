// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

/// `POST simpleJobPostings`: every job of a batch becomes a task, or an error in its place. Source: create-jobs
/// (documented).
///
/// What a task will end with is decided when it is submitted, in the order of submission; until its time is up it
/// reads `IN_PROGRESS`.
struct JobPostingResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchCreate: break
        case .create: throw Self.headerMissing(call)
        default: throw call.unsupported
        }
        let ranges = try Envelope.elements(in: call.body)
        try RecordResource.limit(ranges.count, call.method)
        let elements = try check(ranges, call)
        let switches = call.switches
        let outcomes = try await core.world.write { tx in
            var desk = JobDesk(application: call.application, access: call.access, switches: switches, now: call.now)
            return try elements.map { try desk.submit($0, tx) }
        }
        if outcomes.count == 1, switches.singleJobErrorsAsHTTP, case .failed(let error) = outcomes[0] {
            return Answer(status: error.status, body: error.bytes)
        }
        return Answer(body: CreateAnswer.write(outcomes))
    }

    /// Without the header a POST to a collection is a create, and the gateway looks for the fields of one job
    /// (documented).
    private static func headerMissing(_ call: Call) -> GatewayError {
        let hasElements = (try? JSONValue(parsing: call.body))?["elements"] != nil
        return hasElements
            ? GatewayError(
                403,
                "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/elements]"
            )
            : .accessDenied("POST /simpleJobPostings")
    }

    private func check(_ ranges: [Range<Int>], _ call: Call) throws -> [JobDesk.Element] {
        let rules = JobRules(surface: call.surface, switches: call.switches)
        var sketch = rules.sketch
        return try call.body.withUnsafeBytes { bytes in
            try ranges.enumerated().map { position, range in
                let body = UnsafeRawBufferPointer(rebasing: bytes[range])
                let task = TaskID.random()
                if call.faults.strikes(position) {
                    return JobDesk.Element(task: task, job: .failure(.planned), body: [])
                }
                let job = try readingBody { try rules.check(body, &sketch, task: task, now: call.now) }
                return JobDesk.Element(task: task, job: job, body: Array(body))
            }
        }
    }
}

/// The id behind `urn:li:simpleJobPostingTask:`: a UUID, as in LinkedIn's samples.
enum TaskID {
    static func random() -> String {
        var high = UInt64.random(in: .min ... .max)
        var low = UInt64.random(in: .min ... .max)
        high = high & ~0xF000 | 0x4000  // version 4
        low = low & ~(0b11 << 62) | 0b10 << 62
        let digits = Self.hex(high) + Self.hex(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
