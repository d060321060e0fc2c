// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "What is at LinkedIn, what is not, and why.",
        subcommands: [
            SyncStatus.self, SyncRun.self, SyncExplain.self, SyncRetry.self, SyncPause.self, SyncResume.self,
        ],
        defaultSubcommand: SyncStatus.self)
}

struct SyncStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Counts per type; rejected and waiting records with their reasons.",
        discussion: "Exit status 1 when records are rejected, so that a nightly job notices.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "Only this customer (default: all).") var customer: String?
    @Option(name: .long, help: "How many rejected and waiting records to list per type.") var rejections = 3

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
                    (tallies[$0]?.rejected ?? 0) > 0
                        ? try tx.rejections(customer: customer.number, kind: $0, limit: rejections) : []
                }
                return (tallies, refused)
            }
            let waiting = try await SyncReport.waiting(workspace.store, customer, perKind: rejections)
            isClean = isClean && refused.isEmpty
            json[customer.id.text] = SyncReport.json(customer, tallies, refused, waiting)
            lines += SyncReport.lines(customer, tallies, refused, waiting) + [""]
        }
        if customers.isEmpty { lines = ["No customers yet. Add one: crosswalk customer add --help"] }
        output.print(.object(json), table: lines)
        guard isClean else { throw ExitCode.needsAttention }
    }
}

/// How one customer stands, for people and for programs.
enum SyncReport {
    /// The first waiting records of each kind, with what they wait for.
    static func waiting(_ store: Store, _ customer: Customer, perKind: Int) async throws -> [RecordStatus] {
        try await store.read { tx in
            let tallies = try tx.tallies(customer: customer.number)
            return try RecordKind.allCases.filter { (tallies[$0]?.waiting ?? 0) > 0 }
                .flatMap { try tx.waiting(customer: customer.number, kind: $0, limit: perKind) }
                .compactMap { try tx.explain(customer: customer.number, key: $0) }
        }
    }

    static func lines(
        _ customer: Customer, _ tallies: [RecordKind: Tally], _ refused: [Rejection] = [],
        _ waiting: [RecordStatus] = []
    ) -> [String] {
        let style = Terminal.style
        var table = Table(
            .text("type"), .number("desired"), .number("at LinkedIn"), .number("due"), .number("waiting"),
            .number("confirming"),
            .number("rejected"), .number("matched"))
        for kind in RecordKind.allCases {
            let tally = tallies[kind] ?? Tally()
            table.add(
                kind.rawValue, tally.desired.grouped, tally.observed.grouped, tally.due.grouped, tally.waiting.grouped,
                tally.confirming.grouped,
                tally.rejected.grouped, kind == .candidate ? tally.matched.grouped : "")
        }
        let head =
            style.bold("\(customer.id) · \(customer.name)") + "  \(customer.stateWord): \(customer.next)"
        return [head, ""] + table.lines(style: style) + reasons(refused, style) + reasons(waiting, style)
    }

    static func reasons(_ refused: [Rejection], _ style: Style) -> [String] {
        guard !refused.isEmpty else { return [] }
        return ["", style.yellow("Rejected (somebody must fix the data in the ATS):")]
            + refused.map { "  \($0.key.kind.rawValue) \($0.key.place): \($0.reason.message.firstLine)" }
    }

    static func reasons(_ waiting: [RecordStatus], _ style: Style) -> [String] {
        guard !waiting.isEmpty else { return [] }
        return ["", style.yellow("Waiting (they go by themselves when what they wait for arrives):")]
            + waiting.map { "  \($0.key.kind.rawValue) \($0.key.place): \($0.because)" }
    }

    static func json(
        _ customer: Customer, _ tallies: [RecordKind: Tally], _ refused: [Rejection] = [],
        _ waiting: [RecordStatus] = []
    ) -> JSONValue {
        var records = JSONObject()
        for kind in RecordKind.allCases {
            let tally = tallies[kind] ?? Tally()
            records[kind.rawValue] = [
                "desired": .int(Int64(tally.desired)), "observed": .int(Int64(tally.observed)),
                "due": .int(Int64(tally.due)),
                "waiting": .int(Int64(tally.waiting)), "confirming": .int(Int64(tally.confirming)),
                "rejected": .int(Int64(tally.rejected)),
                "matched": .int(Int64(tally.matched)),
            ]
        }
        return [
            "state": .string(customer.status.word), "records": .object(records),
            "rejections": .array(
                refused.map {
                    [
                        "type": .string($0.key.kind.rawValue), "id": .string($0.key.id),
                        "parent": .string($0.key.parent),
                        "code": .string($0.reason.code.rawValue), "message": .string($0.reason.message),
                        "request_id": $0.requestID.map(JSONValue.string) ?? .null,
                    ]
                }),
            "waiting": .array(
                waiting.map {
                    [
                        "type": .string($0.key.kind.rawValue), "id": .string($0.key.id),
                        "parent": .string($0.key.parent),
                        "because": .string($0.because),
                    ]
                }),
        ]
    }
}

extension RecordKey {
    /// `C-1`, or `C-1/N-7` for what belongs to something.
    var place: String { parent.isEmpty ? id : "\(parent)/\(id)" }
}

extension String {
    var firstLine: String { split(separator: "\n", maxSplits: 1).first.map(String.init) ?? self }
}
