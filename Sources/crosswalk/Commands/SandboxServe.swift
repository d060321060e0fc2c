// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Logging
import Sandbox
import ServiceLifecycle

struct SandboxServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run LinkedIn's side until Ctrl-C.",
        discussion: """
            Ready when GET /_sandbox/health answers 200. The world is one SQLite file in the data folder and survives a restart.
            GET /_sandbox/partner tells the partner application's client id and secret.
            """)
    @Option(name: .long, help: "The address to listen on.") var host = "127.0.0.1"
    @Option(name: .long, help: "The port to listen on; 0 picks one.") var port = 8090
    @Option(name: .long, help: ArgumentHelp("Folder of the world.", valueName: "folder")) var data = "./sandbox-data"
    @Option(name: .long, help: "LinkedIn members to generate.") var members = 10_000
    @Option(name: .long, help: "Seed of the members: the same seed gives the same people.") var seed: UInt64 = 1
    @Flag(name: .customLong("no-quotas"), help: "Never answer 429 by quota.") var noQuotas = false
    @Option(name: .customLong("match-seconds"), help: "Seconds until a candidate is matched to a member.")
    var matchSeconds: Int?
    @Option(name: .customLong("task-seconds"), help: "Seconds a job's task stays in progress.") var taskSeconds: Int?

    func run() async throws {
        var switches = Switches()
        if let matchSeconds { switches.matchSeconds = matchSeconds }
        if let taskSeconds { switches.taskSeconds = taskSeconds }
        let logger = Log.make("crosswalk.sandbox", level: .warning)
        let sandbox = try await Sandbox(
            options: SandboxOptions(
                directory: data, members: members, seed: seed, quotas: !noQuotas, switches: switches), logger: logger)
        let service = SandboxService(sandbox: sandbox, host: host, port: port) { [host, data] port in
            Terminal.note("The sandbox listens on http://\(host):\(port) (world in \(data)). Stop it with Ctrl-C.")
        }
        try await Running.untilSignalled([service]) { try await sandbox.close() }
    }
}

/// The sandbox as a service of the process.
struct SandboxService: Service {
    var sandbox: Sandbox
    var host: String
    var port: Int
    var onReady: @Sendable (Int) async -> Void

    func run() async throws { try await sandbox.run(host: host, port: port, onReady: onReady) }
}
