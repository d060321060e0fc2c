// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import Store
import TestSupport
import Testing

@testable import crosswalk

/// Whoever has a shell on the server is in the audit, too.
@Suite struct AuditCommandTests {
    private let folder = try! TemporaryFolder()
    private var data: [String] { ["--data", folder.path("connector")] }

    /// One command, and what the audit says of it; nil for one that changes nothing of the connector.
    private struct Line {
        var command: String
        var action: String?
        var subject: String

        init(_ command: String, _ action: String? = nil, _ subject: String = "") {
            self.command = command
            self.action = action
            self.subject = subject
        }
    }

    /// Every command, in an order in which each finds what it needs. `{webhook}` and `{erasure}` are what an earlier one made.
    private static let table = [
        Line("migrate"),
        Line(
            "customer add --id acme --name Acme --organization 1000 --client-id c --client-secret s", "customer.add",
            "organization 1000"),
        Line("customer list"), Line("customer show acme"),
        Line("customer set acme --visibility acl", "settings.change"),
        Line("customer secret acme --client-secret new", "secret.replace"),
        Line("users list --customer acme"),
        Line("users bind-link --customer acme u-1", "user.invite", "user #{hash}"),
        Line("sync status"),
        Line("sync explain --customer acme candidate C-1"),
        Line("sync run --most-minutes 0", "sync.run"),
        Line("sync retry --customer acme --type candidate --id C-1", "record.retry", "candidate #{hash}"),
        Line("sync retry --customer acme --type job", "rejected.retry", "0 of job"),
        Line("sync retry --customer acme", "rejected.retry", "0 of all types"),
        Line("sync retry --customer acme --all --type candidate", "sync.resync", "candidate"),
        Line("sync pause --customer acme", "sync.pause"), Line("sync pause --customer acme"),
        Line("sync resume --customer acme", "sync.resume"),
        Line("pulls status"), Line("pulls history --customer acme --days 30", "pulls.history", "30 days"),
        Line("events --customer acme"),
        Line("exports list --customer acme"),
        Line("exports answer --customer acme r-1 C-1", "export.tie", "export r-1"),
        Line("webhook add --customer acme http://127.0.0.1:1/hook", "webhook.add", "an endpoint"),
        Line("webhook list --customer acme"),
        Line("webhook test --customer acme {webhook}"),
        Line("webhook rotate --customer acme {webhook}", "webhook.rotate", "webhook {webhook}"),
        Line("webhook replay --customer acme {webhook} --after 0", "webhook.replay", "webhook {webhook}"),
        Line("webhook dead --customer acme {webhook}"),
        Line("webhook dead --customer acme {webhook} --retry", "webhook.retryDead", "webhook {webhook}"),
        Line("webhook remove --customer acme {webhook}", "webhook.remove", "webhook {webhook}"),
        Line("retention show --customer acme"),
        Line("retention set --customer acme --days events=90", "retention.set", "the retention policy"),
        Line("retention run --customer acme --dry-run"),
        Line("retention run --customer acme", "retention.run"),
        Line("erase run --customer acme candidate C-1 --no-wait", "erasure.begin", "erasure {erasure}"),
        Line("erase list --customer acme"), Line("erase show --customer acme {erasure}"),
        Line("erase close --customer acme {erasure}", "erasure.close", "erasure {erasure}"),
        Line("dashboard account add bo --role admin", "account.add", "account bo, as admin"),
        Line("dashboard account add eve", "account.add", "account eve, as viewer"),
        Line("dashboard account list"),
        Line("dashboard account reset eve", "account.reset", "account eve"),
        Line("dashboard account role eve operator", "account.role", "account eve, from viewer to operator"),
        Line("dashboard account enable eve --no", "account.disable", "account eve"),
        Line("support-bundle --output -", "system.support-bundle"),
        Line("audit verify"), Line("config show"), Line("doctor"),
        Line("customer remove acme --force", "customer.remove"),
    ]

    /// Commands that the table leaves out: they send records with an API key as any ATS does, look at a file, or play LinkedIn's side.
    private static let others = ["demo", "serve", "import", "source check", "source run", "erase verify"]

    @Test func `the table below has every command`() {
        let commands = Self.leaves(Crosswalk.self, [])
        let known = Self.table.map(\.command)
        for command in commands where !command.hasPrefix("sandbox") && !Self.others.contains(command) {
            #expect(known.contains { $0 == command || $0.hasPrefix(command + " ") }, "\(command)")
        }
    }

    private static func leaves(_ command: any ParsableCommand.Type, _ path: [String]) -> [String] {
        let below = command.configuration.subcommands
        guard !below.isEmpty else { return [path.joined(separator: " ")] }
        return below.flatMap { leaves($0, path + [$0._commandName]) }
    }

    @Test func `every command that changes something leaves one entry in the audit, as the command line`() async throws
    {
        var names: [String: String] = [:]
        var count: Int64 = 0
        for line in Self.table {
            let words = names.reduce(line.command) { $0.replacing($1.key, with: $1.value) }
            let run = try await Crosswalk.run(words.split(separator: " ").map(String.init) + data(for: words))
            // Some tell by their status that something needs a person.
            #expect(run.status <= 1 && !run.errors.contains("error:"), "\(words): \(run.errors)")
            if words.hasPrefix("customer add") { try await furnish() }
            if let id = run.output.firstMatch(of: /wh_[0-9a-z]+/) { names["{webhook}"] = String(id.output) }
            if let id = run.output.firstMatch(of: /er_[0-9A-Za-z_-]+/) { names["{erasure}"] = String(id.output) }

            let entries = try await entries(after: count)
            count += Int64(entries.count)
            guard let action = line.action else {
                #expect(entries.isEmpty, "\(words)")
                continue
            }
            let subject = names.reduce(line.subject) { $0.replacing($1.key, with: $1.value) }
            #expect(entries.map(\.action) == [action], "\(words)")
            #expect(entries.first?.actor == "command line", "\(words)")
            let said = (entries.first?.subject ?? "").replacing(/#[0-9a-f]{16}/, with: "#{hash}")
            #expect(said == subject, "\(words)")
            let isOfCustomer = words.contains("acme")
            #expect(entries.first?.customer == (isOfCustomer ? "acme" : nil), "\(words)")
        }
        // Nobody who was erased, and no secret, is in what stays.
        let all = try await entries(after: 0)
        #expect(!all.contains { $0.subject.contains("cwk_") || $0.subject.contains("whsec_") })
        #expect(!all.contains { $0.subject.contains("C-1") })
        #expect(try await Crosswalk.run(["audit", "verify"] + data).status == 0)
    }

    private func data(for words: String) -> [String] {
        words.hasPrefix("customer add") ? data + ["--linkedin", "http://127.0.0.1:1"] : data
    }

    /// What the commands after `customer add` work with.
    private func furnish() async throws {
        let store = try Store.open(directory: folder.path("connector"))
        try await store.write { tx in
            let (customer, now) = (try tx.customers()[0].number, SystemTime().now())
            _ = try tx.putUser(id: "u-1", email: "u@acme.example", name: "U", customer: customer, at: now)
            let body = Array(#"{"firstName":"Ada"}"#.utf8)
            let hash = ContentHash(Array(repeating: 7, count: 16))
            _ = try tx.accept(
                [.put(DesiredRecord(key: RecordKey(.candidate, id: "C-1"), body: body, hash: hash))],
                customer: customer, priority: .interactive, at: now)
            _ = try tx.storeExport(
                CandidateExport(request: "r-1", person: "urn:li:person:a", job: nil, profile: body, at: now),
                customer: customer)
        }
        try await store.close()
    }

    private func entries(after number: Int64) async throws -> [AuditRecord] {
        guard FileManager.default.fileExists(atPath: folder.path("connector/crosswalk.sqlite")) else { return [] }
        let store = try Store.open(directory: folder.path("connector"))
        let entries = try await store.read { try $0.auditEntries(after: number, limit: 10) }
        try await store.close()
        return entries
    }
}
