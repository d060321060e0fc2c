// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import JSONBytes

/// Commands that steer a running sandbox through its control API.
struct SandboxTarget: ParsableArguments {
    @Option(name: .long, help: "Where the sandbox listens.")
    var url = "http://127.0.0.1:8090"

    var client: HTTPJSON { .sandbox(url) }
}

/// The customer whose integrations a command means.
struct IntegrationTarget: ParsableArguments {
    @Option(name: .long, help: "The customer's organization id at LinkedIn.")
    var organization: Int64
    @Option(name: .long, help: "The Recruiter contract id; needed for contract-level access.")
    var contract: Int64?
    @Option(name: .long, help: "The unique foreign id the child application was provisioned with (the customer's id).")
    var customer: String

    var json: JSONValue {
        var object: JSONObject = ["organization": .int(organization), "unique_foreign_id": .string(customer)]
        if let contract { object["contract"] = .int(contract) }
        return .object(object)
    }
}

struct SandboxEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Play the customer's admin: request and enable all RSC integrations.")
    @OptionGroup var sandbox: SandboxTarget
    @OptionGroup var integration: IntegrationTarget
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/integrations/enable", integration.json)
        output.print(answer, table: ["All RSC integrations of organization \(integration.organization) are enabled."])
    }
}

struct SandboxRequest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract:
            "Play the customer's admin in the configuration plugin: request the integrations, without enabling them.")
    @OptionGroup var sandbox: SandboxTarget
    @OptionGroup var integration: IntegrationTarget
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/integrations/request", integration.json)
        output.print(
            answer, table: ["Requested. The connector now names and configures them; then: crosswalk sandbox enable …"])
    }
}

struct SandboxDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Play the customer's admin: switch the integrations off in Recruiter's ATS tab.")
    @OptionGroup var sandbox: SandboxTarget
    @OptionGroup var integration: IntegrationTarget
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/integrations/disable", integration.json)
        output.print(answer, table: ["Disabled. The connector stops sending; the data stays hidden at LinkedIn."])
    }
}

struct SandboxClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Move the sandbox's clock forward: tokens expire, quotas reset, tasks finish.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "Seconds to advance.") var advance: Int
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/clock", ["advance_seconds": .int(Int64(advance))])
        output.print(answer, table: ["The sandbox's clock is \(advance) seconds further."])
    }
}

struct SandboxFault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fault", abstract: "Set the fault plan: what goes wrong, how often, from a seed.",
        discussion: """
            The plan is JSON from a file or '-' for standard input; --clear takes all faults away.
              {"seed": 7, "rules": [{"fault": "429", "probability": 0.05}, {"fault": "drop_after", "group": "candidates", "times": 3}]}
            Faults: 429, 500, 503, slow, drop_before, drop_after, partial, push_duplicate, push_late, push_out_of_order,
            push_bad_signature. docs/sandbox.md explains each.
            """)
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The plan's file, or - for standard input.") var plan: String?
    @Flag(name: .long, help: "Take all faults away.") var clear = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if clear {
            let answer = try await sandbox.client.send(.DELETE, "/_sandbox/faults")
            return output.print(answer, table: ["No faults from now on."])
        }
        guard let plan else { throw ValidationError("give the plan's file, or --clear") }
        let bytes = plan == "-" ? Array(FileHandle.standardInput.readDataToEndOfFile()) : try CommandFile.read(plan)
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw CommandError("\(plan) is not valid JSON: \(error)") }
        let answer = try await sandbox.client.send(.POST, "/_sandbox/faults", json)
        output.print(answer, table: ["The fault plan is set."])
    }
}

struct SandboxReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "A new world: everything but the partner application and the members' seed is gone.")
    @OptionGroup var sandbox: SandboxTarget
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/reset", .object([:]), timeout: 600)
        output.print(answer, table: ["The sandbox is new."])
    }
}

struct SandboxSnapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Keep the world as it is now under a name.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The snapshot's name.") var name: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/snapshot", ["name": .string(name)], timeout: 600)
        output.print(answer, table: ["Kept as '\(name)'. Bring it back with: crosswalk sandbox restore \(name)"])
    }
}

struct SandboxRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "restore", abstract: "Bring a kept world back.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The snapshot's name.") var name: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/restore", ["name": .string(name)], timeout: 600)
        output.print(answer, table: ["The world is as it was when '\(name)' was kept."])
    }
}

struct SandboxState: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state", abstract: "How many entities LinkedIn's side holds for an organization.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The organization's id.") var organization: Int64
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.GET, "/_sandbox/state?organization=\(organization)")
        var table = Table(.text("resource"), .number("held"))
        for (name, value) in answer["counts"]?.object ?? [:] {
            if let count = value.int { table.add(name, Int(count).grouped) }
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

struct SandboxJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The requests the sandbox answered, newest last.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "The first requests after this number (default: the last ones).") var after: Int?
    @Option(name: .long, help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var start = after ?? 0
        if after == nil {
            let last = try await sandbox.client.send(.GET, "/_sandbox/journal?limit=1")["last"]?.int ?? 0
            start = max(0, Int(last) - limit)
        }
        let answer = try await sandbox.client.send(.GET, "/_sandbox/journal?after=\(start)&limit=\(limit)")
        var table = Table(
            .number("#"), .text("method"), .text("path"), .number("status"), .number("records"), .text("request id"))
        for entry in answer["requests"]?.array ?? answer["entries"]?.array ?? [] {
            table.add(
                entry["number"]?.int.map(String.init) ?? "",
                entry["restli_method"]?.string ?? entry["method"]?.string ?? "",
                (entry["path"]?.string ?? "").shortened(to: 80), entry["status"]?.int.map(String.init) ?? "",
                entry["records"]?.int.map(String.init) ?? "",
                entry["request_id"]?.string ?? "")
        }
        output.print(answer, table: table.lines(style: Terminal.style))
    }
}

/// A file named on the command line.
enum CommandFile {
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw CommandError("cannot read \(path)") }
        return Array(data)
    }
}
