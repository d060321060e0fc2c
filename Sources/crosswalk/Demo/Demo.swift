// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "See the main job: an invented ATS, LinkedIn's side and the connector between them, all on this machine.",
        discussion: """
            Starts the sandbox on 127.0.0.1:8090 and the connector on 127.0.0.1:8080, invents an ATS, sends it, reads the matches back, edits and
            deletes, and compares both sides. Needs no account and no configuration. Everything lies in the data folder; a new run starts anew.
            Exit status 1 when the two sides differ.
            """)
    @Option(name: .long, help: "Candidates in the invented ATS.") var candidates = 2_000
    @Option(name: .long, help: "Seed of everything invented: the same seed gives the same data.") var seed: UInt64 = 1
    @Option(name: .long, help: "LinkedIn members (default: twice as many as candidates, at least 5,000).") var members:
        Int?
    @Option(name: .customLong("connector-port"), help: "The connector's port.") var connectorPort = 8080
    @Option(name: .customLong("sandbox-port"), help: "The sandbox's port.") var sandboxPort = 8090
    @Option(name: .long, help: ArgumentHelp("Folder of the demo's data; emptied first.", valueName: "folder"))
    var data = "./crosswalk-data/demo"
    @Flag(name: .long, help: "End instead of serving on.") var exit = false

    func validate() throws {
        if candidates < 10 { throw ValidationError("--candidates: at least 10") }
        if let members, members < 0 { throw ValidationError("--members: not negative") }
    }

    func run() async throws {
        let stage = try await DemoStage.build(
            data: data, seed: seed, members: members ?? max(5_000, candidates * 2), connectorPort: connectorPort,
            sandboxPort: sandboxPort)
        let isEqual = Verdict()
        let play = DemoPlay(stage: stage, candidates: candidates, seed: seed, staysOn: !exit) { isEqual.set($0) }
        try await Running.untilSignalled(stage.services, last: play) { try await stage.close() }
        guard isEqual.value ?? true else { throw ExitCode.needsAttention }
    }
}
