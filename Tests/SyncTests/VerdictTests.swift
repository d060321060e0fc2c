// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@testable import Sync

@Suite struct VerdictTests {
    private let now = Millis(1_770_033_600_000)

    private func record(_ kind: RecordKind, isDeletion: Bool = false, attempts: Int = 0) -> DueRecord {
        DueRecord(
            rid: 1, key: RecordKey(kind, parent: kind.parent == nil ? "" : "P", id: "X"), revision: 1,
            hash: isDeletion ? nil : ContentHash([UInt8](repeating: 1, count: 16)), body: [], attempts: attempts)
    }

    private func result(_ answer: PortAnswer, _ record: DueRecord) -> Outcome.Result {
        Verdict(answer, for: record, at: now, pollAt: now + .seconds(300), jitter: 0).result
    }

    @Test(arguments: [200, 201, 204])
    func `success is accepted`(status: Int) {
        #expect(result(PortAnswer(status: status), record(.candidate)) == .accepted)
    }

    @Test func `a submitted job waits for its task`() {
        let answer = PortAnswer(status: 202, task: "urn:li:simpleJobPostingTask:1")
        #expect(
            result(answer, record(.job))
                == .confirming(task: "urn:li:simpleJobPostingTask:1", pollAt: now + .seconds(300)))
    }

    @Test(arguments: [400, 405, 409 + 3, 413, 422])
    func `what blames the data is rejected with LinkedIn's words`(status: Int) {
        guard
            case .rejected(let reason) = result(
                PortAnswer(status: status, message: "ERROR :: /x :: bad\n"), record(.stage))
        else {
            Issue.record("not rejected")
            return
        }
        #expect(reason == Reason(.refused, "LinkedIn refused it (\(status)): ERROR :: /x :: bad"))
    }

    @Test func `a refusal without words still says so, and a long one is cut`() {
        #expect(Verdict.refusal(422, nil).message == "LinkedIn refused it (422) without saying why")
        #expect(Verdict.refusal(422, String(repeating: "x", count: 9000)).message.count < 600)
    }

    @Test(arguments: [0, 401, 403, 409, 429, 500, 503, 504])
    func `what may pass is tried again later, and later still`(status: Int) {
        guard case .retry(let first, _) = result(PortAnswer(status: status), record(.candidate)),
            case .retry(let fifth, _) = result(PortAnswer(status: status), record(.candidate, attempts: 4))
        else {
            Issue.record("not retried")
            return
        }
        #expect(first == now + .milliseconds(500))
        #expect(fifth == now + .seconds(8))
    }

    @Test func `deleting what is gone, or closing what is closed, is done`() {
        #expect(result(PortAnswer(status: 404), record(.candidate, isDeletion: true)) == .accepted)
        #expect(result(PortAnswer(status: 409), record(.job, isDeletion: true)) == .accepted)
        #expect(result(PortAnswer(status: 409), record(.candidate, isDeletion: true)) != .accepted)
    }

    @Test func `a child of an unknown parent asks for the parent a few times and is then refused`() {
        let early = Verdict(PortAnswer(status: 404), for: record(.stage, attempts: 0), at: now, pollAt: now, jitter: 0)
        #expect(early.parentIsUnknown)
        let late = Verdict(PortAnswer(status: 404), for: record(.stage, attempts: 6), at: now, pollAt: now, jitter: 0)
        #expect(!late.parentIsUnknown)
        #expect({ if case .rejected = late.result { true } else { false } }())
    }

    private func task(_ status: String?, _ message: String? = nil, age: Duration = .seconds(60), polls: Int = 0)
        -> TaskOutcome.Result
    {
        let poll = TaskPoll(task: "t", rid: 1, key: RecordKey(.job, id: "J"), submittedAt: now - age, polls: polls)
        return TaskVerdict.result(
            of: status.map { PortTask(status: $0, errorMessage: message) }, poll: poll, at: now, schedule: .jobTasks,
            jitter: 0)
    }

    @Test func `tasks end well, badly, not yet, or not at all`() {
        #expect(task("SUCCEEDED") == .succeeded)
        #expect(task("PROCESSED") == .succeeded)
        #expect({ if case .failed = task("PROCESSED", "invalid") { true } else { false } }())
        #expect({ if case .failed = task("FAILED", "too short") { true } else { false } }())
        #expect(task("IN_PROGRESS") == .pending(pollAt: now + .seconds(300)))
        #expect(task("A_NEW_WORD", polls: 2) == .pending(pollAt: now + .seconds(1800)))
        #expect({ if case .lost = task("IN_PROGRESS", age: .seconds(90_000)) { true } else { false } }())
        #expect({ if case .lost = task(nil) { true } else { false } }())
    }

    @Test func `bodies are spliced as bytes`() {
        let front = Array(#"{"a":1}"#.utf8)
        #expect(BodySplice.insert(front, into: Array(#"{"b":2}"#.utf8)) == Array(#"{"a":1,"b":2}"#.utf8))
        #expect(BodySplice.insert(front, into: Array("{}".utf8)) == front)
        #expect(BodySplice.insert(Array("{}".utf8), into: Array(#"{"b":2}"#.utf8)) == Array(#"{"b":2}"#.utf8))
    }

    @Test func `records are split by parent and by size, in order`() {
        var records = (0..<250).map { _ in record(.candidate) }
        #expect(Call.split(records, verb: .put, most: 100).map(\.records.count) == [100, 100, 50])
        records = ["a", "b", "a", "c"].enumerated().map { index, parent in
            DueRecord(
                rid: Int64(index), key: RecordKey(.stage, parent: parent, id: "\(index)"), revision: 1, hash: nil,
                body: [])
        }
        let calls = Call.split(records, verb: .put, most: 100)
        #expect(calls.map(\.parent) == ["a", "b", "c"])
        #expect(calls[0].records.map(\.rid) == [0, 2])
    }
}
