// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Foundation
import LinkedInClient
import Logging
import Metrics
import Sandbox
import ServiceLifecycle
import Synchronization

/// Both sides of the demo, in one process but with nothing between them except HTTP on loopback.
struct DemoStage: Sendable {
    let folder: String
    let sandbox: Sandbox
    let sandboxPort: Int
    let connector: ConnectorProcess
    let settings: Settings
    let logger: Logger
    let isServing = Gatekeeper(parties: 2)

    var sandboxURL: String { "http://127.0.0.1:\(sandboxPort)" }
    var connectorURL: String { "http://127.0.0.1:\(settings.int(.port))" }

    static func build(data: String, seed: UInt64, members: Int, connectorPort: Int, sandboxPort: Int) async throws
        -> DemoStage
    {
        try empty(data)
        let logger = Log.make("crosswalk", level: .critical)
        // A second until a job's task ends and a candidate is matched: nobody likes to watch a clock.
        var switches = Switches()
        switches.taskSeconds = 1
        switches.matchSeconds = 1
        let sandbox = try await Sandbox(
            options: SandboxOptions(directory: data + "/sandbox", members: members, seed: seed, switches: switches),
            logger: logger)
        let files = URL(fileURLWithPath: data).standardizedFileURL.path + "/files"
        try DemoFiles.write(to: files, seed: seed, at: SystemTime().now())
        let settings = try await Settings.read(
            flags: [
                .data: data + "/connector", .host: "127.0.0.1", .port: String(connectorPort),
                .linkedInURL: "http://127.0.0.1:\(sandboxPort)",
                .profile: "sandbox", .sourcesAllowed: files,
            ], environment: [:])
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        let connector = try ConnectorProcess(settings, registry: registry, logger: logger)
        return DemoStage(
            folder: data, sandbox: sandbox, sandboxPort: sandboxPort, connector: connector, settings: settings,
            logger: logger)
    }

    /// In starting order.
    var services: [any Service] {
        let isServing = isServing
        return [SandboxService(sandbox: sandbox, host: "127.0.0.1", port: sandboxPort) { _ in isServing.arrive() }]
            + connector.services { _ in isServing.arrive() }
    }

    func close() async throws {
        try await connector.close()
        try await sandbox.close()
    }

    /// Only a folder that a demo made is emptied.
    private static func empty(_ folder: String) throws {
        let files = FileManager.default
        let mark = folder + "/demo"
        if files.fileExists(atPath: folder) {
            guard files.fileExists(atPath: mark) || ((try? files.contentsOfDirectory(atPath: folder)) ?? []).isEmpty
            else {
                throw CommandError("\(folder) is not empty and no demo made it; name another folder with --data")
            }
            try files.removeItem(atPath: folder)
        }
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard files.createFile(atPath: mark, contents: Data()) else {
            throw CommandError("\(folder) cannot be written")
        }
    }
}

/// Lets one wait until a number of others have arrived.
final class Gatekeeper: Sendable {
    private let state: Mutex<(missing: Int, waiting: CheckedContinuation<Void, Never>?)>

    init(parties: Int) { state = Mutex((parties, nil)) }

    func arrive() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.missing -= 1
            guard state.missing == 0 else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiter?.resume()
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if state.missing > 0 { state.waiting = continuation }
                return state.missing <= 0
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// A value that is set once, from another task.
final class Verdict: Sendable {
    private let state = Mutex<Bool?>(nil)
    var value: Bool? { state.withLock { $0 } }
    func set(_ value: Bool) { state.withLock { $0 = value } }
}
