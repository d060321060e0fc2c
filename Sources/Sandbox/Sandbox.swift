// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Logging
import Synchronization

/// LinkedIn's side as a stateful server: OAuth, the gateway, the resources, members, push notifications, and a
/// control API.
///
/// `respond(to:)` is the whole of it, in process; `run(port:)` puts HTTP around it and does the work that falls due
/// by the clock.
package final class Sandbox: Sendable {
    package let options: SandboxOptions
    package let core: SandboxCore
    package let quotas: QuotaMeter
    package let faults: FaultInjector
    package let journal: Journal
    let controls: any EntityControls
    let gate = Gate()
    let searchKeeper = SearchKeeper()
    private let pages = PageRouter()
    private let pipeline: Pipeline
    private let requestIDs = RequestIDs()
    private let memberWork = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    package var clock: SandboxClock { core.clock }

    /// Opens the world, or makes one. Members are not generated yet: `run` does it in the background,
    /// `generateMembers` at once.
    ///
    /// - Throws: `SQLError` when the file is no world of ours.
    package init(options: SandboxOptions = SandboxOptions(), logger: Logger = Logger(label: "crosswalk.sandbox"))
        async throws
    {
        self.options = options
        let world = try World(directory: options.directory)
        let clock = SandboxClock(options.clock)
        let settings = Settings(options)
        let applications = Applications(world: world)
        let tokens = Tokens(world: world)
        core = SandboxCore(
            world: world, clock: clock, applications: applications, tokens: tokens, settings: settings,
            pushes: PushQueue(world: world, clock: clock, settings: settings, applications: applications),
            logger: logger)
        quotas = QuotaMeter(isOn: options.quotas)
        faults = FaultInjector()
        journal = Journal(capacity: options.journalEntries)
        controls = RecordControls(core)
        pipeline = Pipeline(
            core: core, handlers: ResourceTable.handlers(core),
            oauth: OAuthEndpoint(
                world: world, applications: applications, tokens: tokens, clock: clock, settings: settings),
            quotas: quotas, faults: faults)
        try await load(partner: options.partner)
    }

    /// Answers a request to LinkedIn's side, to the control API (`/_sandbox/…`) or for a page.
    ///
    /// - Throws: `ConnectionDropped` when the fault plan says so; errors are answers otherwise.
    package func respond(to request: SandboxRequest) async throws -> SandboxResponse {
        if pages.has(request.path) { return await pages.respond(to: request, in: self) }
        if request.path.hasPrefix("/_sandbox/") { return await ControlAPI(self).respond(to: request) }
        await gate.enter()
        defer { gate.leave() }
        let start = ContinuousClock.now
        let requestID = requestIDs.next()
        var entry = JournalEntry(request, time: clock.now(), requestID: requestID)
        defer {
            entry.microseconds = (ContinuousClock.now - start).wholeMicroseconds
            journal.append(entry)
        }
        let answer = try await pipeline.answer(request, &entry)
        entry.status = answer.status
        entry.keepResponseBody(answer.body)
        return Self.response(answer, request, requestID)
    }

    /// Runs `body` while the world stays the same file: pages are outside of the requests that `respond` keeps apart
    /// from a reset, and only some of them must be.
    func inside<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        await gate.enter()
        defer { gate.leave() }
        return try await body()
    }

    /// Makes the members that are still missing, and returns when all are there.
    package func generateMembers() async throws {
        try await MemberFactory(world: core.world, settings: core.settings).run()
    }

    /// Sends the push notifications that are due now, one attempt each, to every URL that nobody is sending to.
    ///
    /// - Returns: how many were delivered.
    @discardableResult
    package func deliverPushes() async throws -> Int {
        try await PushSender(core: core, faults: faults).deliverDue()
    }

    /// Writes what is only in memory and closes the world.
    package func close() async throws {
        try await saveUsage()
        try await core.world.close()
    }

    private static func response(_ answer: Answer, _ request: SandboxRequest, _ requestID: String) -> SandboxResponse {
        var headers = answer.headers
        headers.append(("x-li-uuid", requestID))
        headers.append(
            ("x-restli-protocol-version", request.header("x-restli-protocol-version") == "2.0.0" ? "2.0.0" : "1.0.0"))
        if answer.status >= 400 {
            // Both spellings: 1.0.0 has the first, 2.0.0 the second; the other one is harmless (jobs-oauth-restli 2.1).
            headers.append(("x-linkedin-error-response", "true"))
            headers.append(("x-restli-error-response", "true"))
        }
        if !answer.body.isEmpty && !answer.headers.contains(where: { $0.0 == "content-type" }) {
            headers.append(("content-type", "application/json"))
        }
        return SandboxResponse(status: answer.status, headers: headers, body: answer.body)
    }
}

extension Sandbox {
    /// Empties the world: the same seed, partner credentials and, after a while, members; no customers, tokens,
    /// records or counters, the
    /// clock without an offset, every switch as the sandbox was started with, no fault plan.
    package func reset() async throws {
        let partner = core.applications.defaultPartner.map {
            SandboxOptions.Credentials(clientID: $0.clientID, clientSecret: $0.secrets[0])
        }
        let seed = core.settings.seed
        try await gate.alone {
            try await core.world.replace(with: nil)
            try await core.world.write { tx in try tx.set(Settings.seedName, String(seed)) }
            faults.set(nil)
            journal.clear()
            quotas.reset(isOn: options.quotas)
            try await load(partner: partner)
        }
    }

    /// Copies the world to `snapshots/{name}.sqlite` beside it, replacing an older copy of that name.
    package func snapshot(named name: String) async throws {
        let folder = core.world.directory + "/snapshots"
        let file = "\(folder)/\(name).sqlite"
        try await saveUsage()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
        try core.world.copy(to: file)
    }

    /// Goes back to a snapshot: everything in it, its clock offset and switches too.
    ///
    /// - Returns: false when there is no snapshot of that name.
    package func restore(named name: String) async throws -> Bool {
        let file = "\(core.world.directory)/snapshots/\(name).sqlite"
        guard FileManager.default.fileExists(atPath: file) else { return false }
        try await gate.alone {
            try await core.world.replace(with: file)
            try await load(partner: nil)
        }
        return true
    }

    /// Names of the snapshots, sorted.
    package var snapshots: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: core.world.directory + "/snapshots")) ?? []
        return files.filter { $0.hasSuffix(".sqlite") }.map { String($0.dropLast(7)) }.sorted()
    }

    /// Moves the clock on, durably, and wakes whatever that makes due.
    package func advance(by duration: Duration) async throws {
        clock.advance(by: duration)
        let offset = clock.offsetMillis
        try await core.world.write { tx in try tx.set(Self.offsetName, String(offset)) }
        core.pushes.signal()
    }

    /// Writes the counters that changed.
    func saveUsage() async throws {
        let dirty = quotas.takeDirty()
        guard !dirty.isEmpty else { return }
        try await core.world.write { tx in for usage in dirty { try tx.putUsage(usage) } }
    }

    /// Yields when members may be missing.
    var memberWakes: AsyncStream<Void> { memberWork.stream }

    /// Reads everything that is kept in memory out of the world.
    private func load(partner: SandboxOptions.Credentials?) async throws {
        let offset = try await core.world.read { tx in try tx.setting(Self.offsetName) }
        clock.setOffset(millis: offset.flatMap { Int64($0) } ?? 0)
        try await core.settings.load(from: core.world)
        try await core.applications.load(partner: partner, now: clock.now())
        try await core.tokens.load()
        let day = clock.now().utcDay
        quotas.load(try await core.world.read { tx in try tx.usage(utcDay: day) })
        for handler in pipeline.handlers.values { await handler.worldChanged() }
        memberWork.continuation.yield()
        core.pushes.signal()
    }

    private static let offsetName = "clock_offset_ms"
}

extension Duration {
    fileprivate var wholeMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
