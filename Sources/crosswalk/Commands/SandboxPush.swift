// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONBytes

struct SandboxPush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Notifications to callback URLs: what became of them, and once more.",
        discussion: """
            LinkedIn tries every five minutes for eight hours, with the same body and signature each time.
              crosswalk sandbox push list
              crosswalk sandbox push resend 7304415581
              crosswalk sandbox push validate        challenge the callback URLs now, which also lifts a block
            """,
        subcommands: [SandboxPushList.self, SandboxPushResend.self, SandboxPushValidate.self],
        defaultSubcommand: SandboxPushList.self)
}

struct SandboxPushList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Notifications, the newest first, and how the callback URLs stand.")
    @OptionGroup var sandbox: SandboxTarget
    @Option(name: .long, help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.GET, "/_sandbox/pushes?limit=\(limit)")
        var table = Table(
            .text("request"), .text("type"), .number("attempts"), .number("status"), .text("outcome"), .text("url"))
        for push in answer["pushes"]?.array ?? [] {
            table.add(
                push.word("request_id"), push.word("type"), push.number("attempts"), push.number("status"),
                push.word("outcome"), push.word("url").shortened(to: 60))
        }
        output.print(
            answer,
            table: table.lines(style: Terminal.style) + (answer["challenges"]?.array ?? []).map(\.challengeLine))
    }
}

struct SandboxPushResend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Send a notification once more, the same as before.")
    @OptionGroup var sandbox: SandboxTarget
    @Argument(help: "The notification's request id.") var request: String
    @Option(name: .long, help: "Seconds to wait for the answer.") var wait = 15
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...60).contains(wait) else { throw ValidationError("--wait is from 0 to 60 seconds") }
        guard !request.isEmpty, request.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            throw ValidationError("name the notification by its request id: crosswalk sandbox push list")
        }
    }

    func run() async throws {
        let answer = try await sandbox.client.send(
            .POST, "/_sandbox/pushes/\(request)/resend", ["wait": .int(Int64(wait))], timeout: 90)
        output.print(answer, table: ["Attempt \(answer.number("attempts")): \(answer.word("outcome"))."])
        if wait > 0 && answer["delivered"]?.bool != true { throw ExitCode.needsAttention }
    }
}

struct SandboxPushValidate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Challenge the callback URLs now, and lift what blocked them.")
    @OptionGroup var sandbox: SandboxTarget
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await sandbox.client.send(.POST, "/_sandbox/callbacks/validate", [:])
        output.print(answer, table: (answer["challenges"]?.array ?? []).map(\.challengeLine))
    }
}

extension JSONValue {
    fileprivate var challengeLine: String {
        "Callback \(word("url")): \(word("outcome"))\(self["blocked"]?.bool == true ? ", blocked" : "")"
    }
}
