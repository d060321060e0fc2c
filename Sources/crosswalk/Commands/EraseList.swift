// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import Store

struct EraseList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All erasures of a customer, or those about somebody.",
        discussion:
            "An erasure keeps no id, only a keyed hash of it: whoever knows the id finds out whether it was erased.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Option(name: .long, help: "Only those about this candidate.") var candidate: String?
    @Option(name: .long, help: "Only those about this person URN.") var person: String?

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let scope: ErasureScope? = candidate.map { .candidate($0) } ?? person.map { .person($0) }
        let found = try await workspace.store.read { [key = workspace.store.receipts] tx in
            try tx.erasures(customer: customer.number, limit: 10_000) { erasure in
                scope.map { key.isAbout($0, erasure) } ?? true
            }.page
        }.sorted { $0.askedAt < $1.askedAt }
        var table = Table(.text("erasure"), .text("what"), .text("asked"), .text("state"), .text("at LinkedIn"))
        for erasure in found {
            table.add(
                erasure.id, erasure.kind.word, erasure.askedAt.readable, erasure.state.word,
                EraseReport.outcome(erasure) ?? erasure.because ?? "")
        }
        let json = found.map { erasure -> JSONValue in
            [
                "id": .string(erasure.id), "what": .string(erasure.kind.word),
                "asked_at": .string(erasure.askedAt.iso8601),
                "state": .string(erasure.state.word),
                "outcome": EraseReport.outcome(erasure).map(JSONValue.string) ?? nil,
            ]
        }
        output.print(
            .array(json), table: found.isEmpty ? ["None."] : table.lines(style: Terminal.style))
    }
}

struct EraseShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "How far an erasure is, and its receipt.",
        discussion:
            "--format json prints the signed receipt itself once it is there: crosswalk erase show … --format json > receipt.json"
    )
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "The erasure: er_…") var id: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let id = id
        guard let erasure = try await workspace.store.read({ try $0.erasure(id, customer: customer.number) }) else {
            throw CommandError("\(customer.id) has no erasure \(id); crosswalk erase list --customer \(customer.id)")
        }
        let open: JSONValue = [
            "id": .string(id), "state": .string(erasure.state.word),
            "because": erasure.because.map(JSONValue.string) ?? nil,
        ]
        output.print(
            erasure.receipt.flatMap { try? JSONValue(parsing: $0) } ?? open,
            table: EraseReport.lines(erasure, key: workspace.store.receipts.publicKey))
    }
}

struct EraseClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Stop waiting for LinkedIn.",
        discussion: """
            For an erasure that waits for something which will not come, such as an integration that stays disabled. Its receipt says that LinkedIn's
            part is not proven, and why. What was held here is gone all the same.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "The erasure: er_…") var id: String

    func run() async throws {
        let workspace = try Workspace.open(try await options.settings())
        let customer = try await workspace.customer(customer)
        let (id, now) = (id, SystemTime().now())
        let closed = try await workspace.store.write { tx in
            let closed = try tx.closeErasure(id, customer: customer.number, at: now)
            if closed != nil {
                try tx.audit(.command("erasure.close", "erasure \(id)", of: customer.number), at: now)
            }
            return closed
        }
        guard let closed else {
            throw CommandError("\(customer.id) has no erasure \(id); crosswalk erase list --customer \(customer.id)")
        }
        output.print(
            ["id": .string(id), "state": .string(closed.state.word)],
            table: ["\(id): \(closed.state.word). The connector signs the receipt next."])
    }
}
