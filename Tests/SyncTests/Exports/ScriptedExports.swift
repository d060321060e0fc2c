// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedIn
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// A LinkedIn whose exports follow a script, and which can stop answering at any call.
final class ScriptedExports: QuietLinkedIn {
    private struct State: Sendable {
        var script: @Sendable (_ id: String, _ number: Int) throws -> [PortExport] = { _, _ in [] }
        var calls = 0
        var chosen: [String: String] = [:]
        var left: Int?
    }

    /// Runs while LinkedIn is being asked for an export.
    let meanwhile = Hook()

    static let ada = PortExport(
        context: "urn:li:organization:1000", job: "J1", person: "urn:li:person:ada",
        profile: ExportedProfile(
            firstName: "Ada", lastName: "Okafor", profileURL: "https://www.linkedin.com/in/ada"))

    private let state = Mutex(State())

    /// How often an export was asked for.
    var calls: Int { state.withLock { $0.calls } }
    var chosen: [String: String] { state.withLock { $0.chosen } }

    func script(_ script: @escaping @Sendable (_ number: Int) throws -> [PortExport]) {
        scriptByID { _, number in try script(number) }
    }

    func scriptByID(_ script: @escaping @Sendable (_ id: String, _ number: Int) throws -> [PortExport]) {
        state.withLock { $0.script = script }
    }

    /// After so many calls none is answered any more, as for a process that was killed.
    func diesAfter(_ calls: Int) { state.withLock { $0.left = calls } }
    func revives() { state.withLock { $0.left = nil } }

    func exports(request: String) async throws -> [PortExport] {
        try live()
        try await meanwhile.run()
        let (script, number) = state.withLock { state in
            state.calls += 1
            return (state.script, state.calls)
        }
        return try script(request, number)
    }

    func choose(_ choices: [(candidate: String, person: String?)]) async throws -> [PortAnswer] {
        try live()
        state.withLock { state in
            for (candidate, person) in choices { state.chosen[candidate] = person }
        }
        return choices.map { _ in PortAnswer(status: 204) }
    }

    func put(_ kind: RecordKind, parent: String, _ items: [PortItem]) async throws -> [PortAnswer] {
        try live()
        for item in items where kind == .candidate {
            let member = try JSONValue(parsing: item.body)["manualMatchedMember"]?.string
            state.withLock { $0.chosen[item.id] = member }
        }
        return items.map { _ in PortAnswer(status: 204) }
    }

    func delete(_ kind: RecordKind, parent: String, ids: [String]) async throws -> [PortAnswer] {
        ids.map { _ in PortAnswer(status: 204) }
    }

    func putPermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] { keys.map { _ in PortAnswer(status: 204) } }
    func deletePermissions(_ keys: [RecordKey]) async throws -> [PortAnswer] {
        keys.map { _ in PortAnswer(status: 204) }
    }

    func submitJobs(_ jobs: [[UInt8]]) async throws -> [PortAnswer] { jobs.map { _ in PortAnswer(status: 202) } }
    func tasks(_ tasks: [String]) async throws -> [String: PortTask] { [:] }
    func matches(of candidates: [String]) async throws -> [String: PortMatch] { [:] }

    func held(_ kind: RecordKind, parent: String, ids: [String]) async throws -> PortReading {
        PortReading(ids.map { _ in .absent })
    }

    func shown(_ key: RecordKey) async throws -> PortShown { PortShown(.absent) }

    func integrations(_ wanted: [IntegrationRef]) async throws -> [PortIntegration] {
        try live()
        return wanted.prefix(1).map { PortIntegration(ref: $0, name: nil, status: "ENABLED") }
    }

    func configure(_ integration: IntegrationRef, name: String, settings: [(key: String, value: String?)]) async throws
    {
    }

    private func live() throws {
        let isDead = state.withLock { state in
            guard let left = state.left else { return false }
            state.left = left - 1
            return left <= 0
        }
        if isDead { throw PortFailure(.unreachable, "nobody answers") }
    }
}

/// A customer whose LinkedIn follows a script, under a virtual clock.
struct PushWorld: Sendable {
    let world: SyncWorld
    let port: ScriptedExports

    init(_ port: ScriptedExports) async throws {
        world = try await SyncWorld()
        self.port = port
    }

    var time: VirtualTime { world.time }
    var customer: Int64 { world.customer.number }

    func accept(_ changes: [Change]) async throws { try await world.accept(changes) }

    func deliver(
        _ id: String, type: String = PushNotification.exportCandidateProfile, expiresAt: Millis? = nil
    ) async throws {
        let push = StoredPush(
            id: id, type: type, body: PushNotification(type: type, id: id).json.bytes, receivedAt: time.now(),
            expiresAt: expiresAt)
        _ = try await world.store.write { [customer] in try $0.storePush(push, customer: customer) }
    }

    /// Lets a new engine work for a while.
    func run(for limit: Duration, holder: String = "one") async throws {
        // What is polled at leisure makes a virtual day short.
        let engine = world.engine(port, holder: holder) { $0.pace = .linkedIn }
        let end = time.now() + limit
        while time.now() < end {
            let wake = try await engine.pass()
            guard let wake, wake < end else { return time.advance(to: end) }
            time.advance(to: wake)
        }
    }

    func push(_ id: String) async throws -> StoredPush? {
        try await world.store.read { [customer] in try $0.push(id, customer: customer) }
    }

    func exports() async throws -> [CandidateExport] {
        try await world.store.read { [customer] in try $0.exports(customer: customer, limit: 100) }
    }

    /// The types of all events, in order.
    func events() async throws -> [String] {
        try await world.store.read { [customer] in try $0.events(customer: customer, after: 0, limit: 100) }.map(\.type)
    }
}
