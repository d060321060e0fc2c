// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Store
import Sync

/// Begins erasures and, unless told otherwise, sees them through.
struct EraseRun: AsyncParsableCommand {
    enum What: String, ExpressibleByArgument, CaseIterable {
        case candidate, person
    }

    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Erase candidates, members or everything; `crosswalk erase …` does the same.",
        discussion: """
            Waits until LinkedIn was read back and prints the receipts. A running connector does LinkedIn's part; where none runs, this process does.
            Ctrl-C is safe: the erasure goes on with the next connector, and `crosswalk erase show` tells of it.
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The customer.") var customer: String
    @Argument(help: "candidate or person.") var what: What?
    @Argument(help: "Ids of the ATS, or person URNs.") var ids: [String] = []
    @Flag(name: .long, help: "Everything of the customer: the end of a contract. Asks for the customer's id again.")
    var everything = false
    @Option(name: .long, help: "The customer's id once more, for --everything.") var confirm: String?
    @Flag(name: .customLong("no-wait"), help: "Begin, print the ids and return.") var noWait = false

    func validate() throws {
        if everything {
            guard what == nil else { throw ValidationError("--everything leaves nothing to name") }
            guard confirm == customer else {
                throw ValidationError(
                    "--everything erases every record of \(customer), here and at LinkedIn, for good: say --confirm \(customer) as well"
                )
            }
        } else if what == nil || ids.isEmpty {
            throw ValidationError(
                "whom? crosswalk erase --customer \(customer) candidate C-1, or person urn:li:person:…")
        }
    }

    func run() async throws {
        let settings = try await options.settings()
        let workspace = try Workspace.open(settings)
        let customer = try await workspace.customer(self.customer)
        var begun: [String] = []
        for scope in try scopes() {
            let (request, now) = (workspace.store.receipts.request(scope, customer: customer.id), SystemTime().now())
            begun.append(
                try await workspace.store.write { tx in
                    let id = try tx.beginErasure(request, of: customer, at: now)
                    // The audit outlives the person: it names the erasure and not whom it is about.
                    try tx.audit(.command("erasure.begin", "erasure \(id)", of: customer.number), at: now)
                    return id
                })
        }
        _ = try await workspace.store.emptyLog()
        if noWait {
            let hint = "crosswalk erase show --customer \(customer.id) "
            return output.print(
                ["erasures": .array(begun.map(JSONValue.string))],
                table: begun.map { "\($0) is begun: what was held here is gone; \(hint)\($0)" })
        }
        let finished = try await EraseWatch(workspace, settings, customer).finish(begun)
        let receipts = finished.compactMap { $0.receipt.flatMap { try? JSONValue(parsing: $0) } }
        output.print(
            receipts.count == 1 ? receipts[0] : .array(receipts),
            table: finished.flatMap { EraseReport.lines($0, key: workspace.store.receipts.publicKey) })
        guard finished.allSatisfy({ EraseReport.outcome($0) != "unproven" }) else { throw ExitCode.needsAttention }
    }

    private func scopes() throws -> [ErasureScope] {
        if everything { return [.everything] }
        return try ids.map { id in
            guard what == .person else { return .candidate(id) }
            guard let urn = PersonURN(id) else {
                throw CommandError("a person is urn:li:person:… as LinkedIn wrote it; '\(id)' is not")
            }
            return .person(urn.description)
        }
    }
}

/// Waits for erasures, and works on them where no connector does.
struct EraseWatch {
    private let workspace: Workspace
    private let settings: Settings
    private let customer: Customer

    init(_ workspace: Workspace, _ settings: Settings, _ customer: Customer) {
        self.workspace = workspace
        self.settings = settings
        self.customer = customer
    }

    func finish(_ ids: [String]) async throws -> [Erasure] {
        let transport = AHCTransport()
        let access = LinkedInAccess(
            settings: settings, transport: transport, vault: workspace.store.vault,
            logger: Log.make("crosswalk", level: .warning))
        let engine = SyncEngine(
            store: workspace.store, options: ConnectorProcess.options(settings), log: access.logger,
            port: { try access.port(for: $0) })
        let bar = ProgressBar("forgotten at LinkedIn", total: nil)
        var told: String?
        var erasures: [Erasure] = []
        while true {
            // A customer that a running connector works on is left to it: then this only looks.
            let wake = try await engine.pass()
            let progress: Int
            (erasures, progress) = try await look(ids)
            bar.set(progress)
            guard erasures.contains(where: { $0.state != .finished }) else { break }
            if let because = erasures.compactMap(\.because).first, because != told {
                told = because
                Terminal.note("waiting: \(because)")
            }
            let pause = wake.map { $0 - SystemTime().now() } ?? .milliseconds(500)
            try await Task.sleep(for: max(.milliseconds(50), min(pause, .milliseconds(500))))
        }
        bar.finish()
        engine.stop()
        try await transport.shutdown()
        return erasures
    }

    private func look(_ ids: [String]) async throws -> ([Erasure], Int) {
        let number = customer.number
        return try await workspace.store.read { tx in
            let erasures = try ids.compactMap { try tx.erasure($0, customer: number) }
            let forgotten = try ids.reduce(0) { sum, id in
                try tx.progress(erasure: id, customer: number).values.reduce(sum) { $0 + $1.deleted }
            }
            return (erasures, forgotten)
        }
    }
}

/// A receipt for a person at the terminal.
enum EraseReport {
    static func outcome(_ erasure: Erasure) -> String? {
        words(erasure)?["linkedIn"]?["outcome"]?.string
    }

    private static func words(_ erasure: Erasure) -> JSONValue? {
        erasure.receipt.flatMap { try? JSONValue(parsing: $0) }?["receipt"]
    }

    static func lines(_ erasure: Erasure, key: String) -> [String] {
        var facts = Table(.text(erasure.kind.word), .text(erasure.id))
        facts.add("state", erasure.state.word)
        if let because = erasure.because { facts.add("because", because) }
        facts.add("asked", erasure.askedAt.readable)
        if let words = words(erasure) {
            for (table, count) in words["erasedHere"]?.object ?? JSONObject() {
                facts.add("erased here", "\(table): \(count.int ?? 0)")
            }
            facts.add("at LinkedIn", words["linkedIn"]?["outcome"]?.string ?? "")
            for (kind, counts) in words["linkedIn"]?["records"]?.object ?? JSONObject() {
                facts.add(
                    "",
                    "\(kind): \(counts["deleted"]?.int ?? 0) deleted, \(counts["proven"]?.int ?? 0) read back and gone")
            }
            for request in words["linkedIn"]?["requests"]?.array ?? [] {
                facts.add(
                    "request",
                    "\(request["id"]?.string ?? "")  \(request["does"]?.string ?? "") \(request["kind"]?.string ?? "")")
            }
            facts.add("finished", erasure.finishedAt?.readable ?? "")
            facts.add("signed by", key)
        }
        return facts.lines(style: Terminal.style) + [""]
    }
}
