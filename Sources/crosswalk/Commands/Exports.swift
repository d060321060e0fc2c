// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct ExportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exports", abstract: "Members whom recruiters exported, and which candidate each is.",
        subcommands: [ExportsList.self, ExportsAnswer.self])
}

struct ExportsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Every export with its job and its candidate; an open one waits for the ATS's answer.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Flag(name: .long, help: "Only those whose candidate nobody knows yet.") var open = false
    @Option(name: .long, help: "How many at the most.") var limit = 1_000

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let exports = try await workspace.store.read { [open, limit] tx in
            try tx.exports(customer: customer.number, state: open ? .open : nil, limit: limit)
        }
        var table = Table(
            .text("export"), .text("received"), .text("job"), .text("member"), .text("candidate"), .text("known by"))
        for export in exports {
            table.add(
                export.request, export.at.readable, export.job ?? "", export.person,
                export.candidate ?? "waits for an answer", export.tiedBy?.name ?? "")
        }
        output.print(
            .array(
                exports.map { export in
                    [
                        "export": .string(export.request), "state": .string(export.state.rawValue),
                        "person": .string(export.person), "job": export.job.map(JSONValue.string) ?? .null,
                        "candidate": export.candidate.map(JSONValue.string) ?? .null,
                        "tied_by": export.tiedBy.map { .string($0.name) } ?? .null,
                        "received_at": .string(export.at.iso8601),
                    ]
                }),
            table: exports.isEmpty ? ["No such exports."] : table.lines(style: Terminal.style))
    }
}

struct ExportsAnswer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Say which of the ATS's candidates an exported member is.",
        discussion:
            "The tie is kept for every other export of the member. crosswalk exports list --open shows what waits.")
    @OptionGroup var options: ConfigurationOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "The export.") var export: String
    @Argument(help: "The candidate's id in the ATS.") var candidate: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let now = SystemTime().now()
        let isKnown = try await workspace.store.write { [export, candidate] tx in
            guard
                try tx.answerExport(
                    export, candidate: candidate, application: nil, customer: customer.number, at: now)
            else { return false }
            try tx.audit(.command("export.tie", "export \(export)", of: customer.number), at: now)
            return true
        }
        try await workspace.store.close()
        guard isKnown else {
            throw CommandError(
                "\(customer.id) has no export '\(export)'; crosswalk exports list --customer \(customer.id)")
        }
    }
}
