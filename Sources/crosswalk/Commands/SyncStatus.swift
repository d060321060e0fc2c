// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "What is at LinkedIn, what is not, and why.",
        subcommands: [SyncStatus.self, SyncRun.self, SyncExplain.self, SyncRetry.self], defaultSubcommand: SyncStatus.self)
}

struct SyncStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Counts per type, rejected records with their reasons.",
        discussion: "Exit status 1 when records are rejected, so that a nightly job notices.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Only this customer (default: all).") var customer: String?
    @Option(name: .long, help: "How many rejected records to list per type.") var rejections = 3

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        var customers = try await workspace.store.read { try $0.customers() }
        if let name = customer { customers = [try await workspace.customer(name)] }
        var lines: [String] = []
        var json = JSONObject()
        var isClean = true
        for customer in customers {
            let (tallies, refused) = try await workspace.store.read { [rejections] tx in
                let tallies = try tx.tallies(customer: customer.number)
                let refused = try RecordKind.allCases.flatMap {
                    (tallies[$0]?.rejected ?? 0) > 0 ? try tx.rejections(customer: customer.number, kind: $0, limit: rejections) : []
                }
                return (tallies, refused)
            }
            isClean = isClean && refused.isEmpty
            json[customer.id.text] = SyncReport.json(customer, tallies, refused)
            lines += SyncReport.lines(customer, tallies, refused) + [""]
        }
        if customers.isEmpty { lines = ["No customers yet. Add one: crosswalk customer add --help"] }
        output.print(.object(json), table: lines)
        guard isClean else { throw ExitCode.needsAttention }
    }
}

/// How one customer stands, for people and for programs.
enum SyncReport {
    static func lines(_ customer: Customer, _ tallies: [RecordKind: Tally], _ refused: [Rejection]) -> [String] {
        let style = Terminal.style
        var table = Table(
            .text("type"), .number("desired"), .number("at LinkedIn"), .number("due"), .number("waiting"), .number("confirming"),
            .number("rejected"), .number("matched"))
        for kind in RecordKind.allCases {
            let tally = tallies[kind] ?? Tally()
            table.add(
                kind.rawValue, tally.desired.grouped, tally.observed.grouped, tally.due.grouped, tally.waiting.grouped, tally.confirming.grouped,
                tally.rejected.grouped, kind == .candidate ? tally.matched.grouped : "")
        }
        let head = style.bold("\(customer.id) · \(customer.name)") + "  \(customer.status.word): \(customer.status.next)"
        return [head, ""] + table.lines(style: style) + reasons(refused, style)
    }

    static func reasons(_ refused: [Rejection], _ style: Style) -> [String] {
        guard !refused.isEmpty else { return [] }
        return ["", style.yellow("Rejected (somebody must fix the data in the ATS):")]
            + refused.map { "  \($0.key.kind.rawValue) \($0.key.id): \($0.reason.message.firstLine)" }
    }

    static func json(_ customer: Customer, _ tallies: [RecordKind: Tally], _ refused: [Rejection]) -> JSONValue {
        var records = JSONObject()
        for kind in RecordKind.allCases {
            let tally = tallies[kind] ?? Tally()
            records[kind.rawValue] = [
                "desired": .int(Int64(tally.desired)), "observed": .int(Int64(tally.observed)), "due": .int(Int64(tally.due)),
                "waiting": .int(Int64(tally.waiting)), "confirming": .int(Int64(tally.confirming)), "rejected": .int(Int64(tally.rejected)),
                "matched": .int(Int64(tally.matched)),
            ]
        }
        return [
            "state": .string(customer.status.word), "records": .object(records),
            "rejections": .array(
                refused.map {
                    [
                        "type": .string($0.key.kind.rawValue), "id": .string($0.key.id), "parent": .string($0.key.parent),
                        "code": .string($0.reason.code.rawValue), "message": .string($0.reason.message),
                        "request_id": $0.requestID.map(JSONValue.string) ?? .null,
                    ]
                }),
        ]
    }
}

extension String {
    var firstLine: String { split(separator: "\n", maxSplits: 1).first.map(String.init) ?? self }
}
