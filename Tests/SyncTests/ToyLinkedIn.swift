// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Domain
import Sync
import Synchronization

/// A far side of a hundred lines: holds records, counts what it is sent by sliding and by calendar minute, and breaks by a seed. The real
/// sandbox is met in `SandboxSyncTests`; this one makes hundreds of histories cheap.
final class ToyLinkedIn: QuietLinkedIn {
    struct Faults: Sendable {
        /// Chances of 1 in `n` calls; 0 is never.
        var lostBefore = 0
        var lostAfter = 0
        var broken = 0
        var throttled = 0
        /// Chances of 1 in `n` records.
        var recordBroken = 0
        var recordMissing = 0

        static let none = Self()
        static let wild = Self(
            lostBefore: 12, lostAfter: 12, broken: 12, throttled: 60, recordBroken: 40, recordMissing: 40)
    }

    struct State: Sendable {
        var records: [RecordKey: [UInt8]] = [:]
        var tasks: [String: (key: RecordKey, body: [UInt8], polls: Int)] = [:]
        var integration = "ENABLED"
        var configured: [IntegrationRef: String] = [:]
        /// By name; integrations' names differ.
        var settings: [String: String] = [:]
        var calls: [(at: Millis, group: String, verb: Plan.Verb, records: Int)] = []
        var overruns = 0
        var orphans = 0
        var random: SeededRandom
        var faults: Faults
        var matches: [String: PortMatch] = [:]
        var forgetsTasks = false
        /// It says that it deleted, and goes on showing.
        var keepsShowing = false
    }

    let state: Mutex<State>
    private let time: VirtualTime
    private let perMinute: Int
    /// Called before every call that carries records, outside the lock.
    let before: @Sendable (Int) async -> Void

    init(
        _ time: VirtualTime, seed: UInt64 = 1, faults: Faults = .none, perMinute: Int = 10_000,
        before: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.time = time
        self.perMinute = perMinute
        self.before = before
        state = Mutex(State(random: SeededRandom(seed: seed), faults: faults))
    }

    func put(_ kind: RecordKind, parent: String, _ items: [PortItem]) async throws -> [PortAnswer] {
        try await call(kind.rawValue, .put, items.count) { state in
            if items.contains(where: { $0.body.text.contains("POISON") }) {
                throw PortFailure(.refused, "cannot parse", status: 400)
            }
            if items.contains(where: { $0.body.text.contains("BREAKS") }) {
                throw PortFailure(.broken, "Internal Server Error", status: 500)
            }
            return items.map { item in
                if let parentKind = kind.owner, state.records[RecordKey(parentKind, id: parent)] == nil {
                    state.orphans += 1
                    return PortAnswer(status: 404, message: "no parent")
                }
                if item.body.text.contains("BAD") {
                    return PortAnswer(status: 422, message: "ERROR :: /firstName :: too odd\n")
                }
                state.records[RecordKey(kind, parent: parent, id: item.id)] = item.body
                return PortAnswer(status: 204)
            }
        }
    }

    func delete(_ kind: RecordKind, parent: String, ids: [String]) async throws -> [PortAnswer] {
        try await call(kind.rawValue, .delete, ids.count) { state in
            ids.map { id in
                if state.records.keys.contains(where: { $0.parent == id && $0.kind.owner == kind }) {
                    state.orphans += 1
                }
                let had = state.records.removeValue(forKey: RecordKey(kind, parent: parent, id: id))
                return PortAnswer(status: had == nil ? 404 : 204)
            }
        }
    }

    func putPermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] {
        try await call("acls", .put, keys.count) { state in
            keys.map { key in
                if key.kind == .acl, state.records[RecordKey(.job, id: key.parent)] == nil { state.orphans += 1 }
                let held = state.records.keys.count { $0.kind == .assignee && $0.id == key.id && $0 != key }
                if key.kind == .assignee, held >= ACLMembership.mostPerUser { return PortAnswer(status: 422) }
                state.records[key] = Array("{}".utf8)
                return PortAnswer(status: 204)
            }
        }
    }

    func deletePermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] {
        try await call("acls", .delete, keys.count) { state in
            keys.map { PortAnswer(status: state.records.removeValue(forKey: $0) == nil ? 404 : 204) }
        }
    }

    func submitJobs(_ jobs: [[UInt8]]) async throws -> [PortAnswer] {
        try await call("job", .put, jobs.count) { state in
            jobs.map { body in
                guard body.text.contains("urn:li:organization:"),
                    let id = body.text.between(#""externalJobPostingId":""#, #"""#)
                else {
                    return PortAnswer(status: 422, message: "no id")
                }
                let task = "urn:li:simpleJobPostingTask:\(state.random.next())"
                state.tasks[task] = (RecordKey(.job, id: id), body, 0)
                return PortAnswer(status: 202, task: task)
            }
        }
    }

    func tasks(_ tasks: [String]) async throws -> [String: PortTask] {
        try await call("jobTasks", .put, tasks.count, isCounted: false) { state in
            var found: [String: PortTask] = [:]
            if state.forgetsTasks { return found }
            for name in tasks {
                guard var task = state.tasks[name] else { continue }
                task.polls += 1
                state.tasks[name] = task
                if task.polls < 2 {
                    found[name] = PortTask(status: "IN_PROGRESS")
                } else if task.body.text.contains("BAD") {
                    found[name] = PortTask(
                        status: "FAILED", errorMessage: "The description length should be at least 100 characters")
                } else {
                    state.records[task.key] = task.body
                    found[name] = PortTask(status: "PROCESSED")
                }
            }
            return found
        }
    }

    func matches(of candidates: [String]) async throws -> [String: PortMatch] {
        try await call("candidate", .put, candidates.count) { state in
            state.matches.filter { candidates.contains($0.key) }
        }
    }

    func held(_ kind: RecordKind, parent: String, ids: [String]) async throws -> PortReading {
        try await call(kind.rawValue, .put, ids.count) { state in
            PortReading(
                ids.map {
                    let isGone = state.records[RecordKey(kind, parent: parent, id: $0)] == nil && !state.keepsShowing
                    return isGone ? .absent : .present
                },
                requestID: "toy")
        }
    }

    func shown(_ key: RecordKey) async throws -> PortShown {
        try await call(key.kind.rawValue, .put, 1) { state in
            PortShown(
                state.records[key].map { .record(Array("{\"text\":\"\($0.text)\"}".utf8)) } ?? .absent, requestID: "toy"
            )
        }
    }

    func integrations(_ wanted: [IntegrationRef]) async throws -> [PortIntegration] {
        state.withLock { state in
            wanted.map { PortIntegration(ref: $0, name: state.configured[$0], status: state.integration) }
        }
    }

    func configure(_ integration: IntegrationRef, name: String, settings: [(key: String, value: String?)]) async throws
    {
        state.withLock { state in
            state.configured[integration] = name
            for setting in settings { state.settings[setting.key] = setting.value }
        }
    }

    private func call<Answer: Sendable>(
        _ group: String, _ verb: Plan.Verb, _ records: Int, isCounted: Bool = true,
        _ body: @Sendable (inout State) throws -> Answer
    ) async throws -> Answer {
        await before(records)
        let now = time.now()
        return try state.withLock { state in
            guard state.integration == "ENABLED" else {
                throw PortFailure(.forbidden, "Not enough permissions", status: 403)
            }
            if state.chance(state.faults.lostBefore) { throw PortFailure(.unreachable, "connection refused") }
            if isCounted {
                let recent = state.calls.filter { $0.group == group }
                let sliding = recent.filter { $0.at.value > now.value - 60_000 }.reduce(records) { $0 + $1.records }
                let calendar = recent.filter { $0.at.value / 60_000 == now.value / 60_000 }.reduce(records) {
                    $0 + $1.records
                }
                if max(sliding, calendar) > perMinute {
                    state.overruns += 1
                    throw PortFailure(.throttled, "limit reached", status: 429)
                }
            }
            if state.chance(state.faults.throttled) {
                throw PortFailure(.throttled, "slow down", status: 429, retryAfter: .seconds(3))
            }
            if state.chance(state.faults.broken) { throw PortFailure(.broken, "Gateway Timeout", status: 504) }
            state.calls.append((now, group, verb, isCounted ? records : 0))
            if state.calls.count > 2000 { state.calls.removeAll { $0.at.value < now.value - 120_000 } }
            var answer = try body(&state)
            if let answers = answer as? [PortAnswer] {
                answer =
                    answers.map { one in
                        if state.chance(state.faults.recordBroken) { return PortAnswer(status: 500) }
                        return state.chance(state.faults.recordMissing) ? PortAnswer(status: 0) : one
                    } as! Answer
            }
            if state.chance(state.faults.lostAfter) { throw PortFailure(.unreachable, "connection reset") }
            return answer
        }
    }
}

extension ToyLinkedIn.State {
    mutating func chance(_ n: Int) -> Bool { n > 0 && random.next() % UInt64(n) == 0 }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension String {
    func between(_ before: String, _ after: String) -> String? {
        guard let start = range(of: before)?.upperBound, let end = self[start...].range(of: after)?.lowerBound else {
            return nil
        }
        return String(self[start..<end])
    }

    private func range(of text: String) -> Range<String.Index>? { self[...].range(of: text) }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
            at = index(after: at)
        }
        return nil
    }
}
