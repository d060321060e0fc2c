// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import JSONBytes
import People
import SampleATS
import Sandbox
import ServiceLifecycle
import Store
import Synchronization

/// What the demo shows, scene by scene, as a person would do it: every step goes over HTTP, as it does between real parties.
struct DemoPlay: Service {
    let stage: DemoStage
    let candidates: Int
    let seed: UInt64
    /// Serve on after the last scene.
    let staysOn: Bool
    let onCompared: @Sendable (Bool) -> Void

    private static let organization: Int64 = 1000
    private static let contract: Int64 = 5000

    func run() async throws {
        await stage.isServing.wait()
        let began = ContinuousClock.now
        introduce()
        let ats = try await inventATS()
        let tenant = try await onboard()
        let upload = BulkUpload(connector: stage.connectorURL, key: tenant.apiKey)
        var refused = try await read("Read the ATS by sample.yaml and post it", upload)
        try await watch("LinkedIn's side receives it", tenant)
        try await matches(tenant)
        refused += try await aDayLater(ats, upload, tenant)
        let report = try await DemoReport.make(stage, ats: try await ats.counts(), tenant: tenant, refused: refused)
        try await ats.close()
        report.show(seconds: (ContinuousClock.now - began) / .seconds(1))
        onCompared(report.isEqual)
        guard staysOn else { return }
        invite(tenant)
        try await gracefulShutdown()
    }

    private func introduce() {
        let style = Terminal.style
        Terminal.out(style.bold("Crosswalk demo"))
        Terminal.out("  sandbox    \(stage.sandboxURL)   LinkedIn's side")
        Terminal.out("  connector  \(stage.connectorURL)   takes the ATS's data and brings it there")
        Terminal.out("  data       \(stage.folder)")
    }

    private func scene(_ title: String) { Terminal.out("\n" + Terminal.style.bold("▸ " + title)) }

    // MARK: Scenes

    private var atsPath: String { stage.folder + "/ats.sqlite" }

    private func inventATS() async throws -> SampleATS {
        scene("An invented ATS: \(candidates.grouped) candidates, three years of jobs and applications")
        let options = SampleATS.Options(
            candidates: candidates, people: People(seed: seed), members: stage.sandbox.options.members, now: SystemTime().now())
        let all = options.jobs + options.candidates + options.applications
        let bar = ProgressBar("rows", total: all)
        let ats = try await SampleATS.create(path: atsPath, options: options) { done, _ in bar.set(done) }
        bar.finish()
        return ats
    }

    private func onboard() async throws -> CustomerAdd.Added {
        scene("Onboard a customer")
        let tenant = NewTenant(
            id: CustomerID("demo")!, name: "Demo Company", organization: Self.organization, contracts: [Self.contract])
        let added = try await CustomerAdd.add(tenant, stage.connector.workspace)
        Terminal.out("  child application \(added.clientID) provisioned")
        let sandbox = HTTPJSON.sandbox(stage.sandboxURL)
        let who: JSONValue = [
            "organization": .int(Self.organization), "contract": .int(Self.contract), "unique_foreign_id": .string(added.id.text),
        ]
        try await sandbox.send(.POST, "/_sandbox/integrations/request", who)
        Terminal.out("  the customer's admin asked for the integrations in the configuration plugin")
        try await until("the connector to name and configure the integrations") {
            let customer = try await stage.connector.workspace.customer(added.id.text)
            let known = try await stage.connector.workspace.store.read { try $0.integrations(customer: customer.number) }
            return known.count >= 4 && known.allSatisfy { !$0.name.isEmpty }
        }
        Terminal.out("  the connector named and configured them")
        try await sandbox.send(.POST, "/_sandbox/integrations/enable", who)
        Terminal.out("  the admin enabled them in Recruiter's ATS tab")
        try await until("the connector to see it") { try await stage.connector.workspace.customer(added.id.text).status == .enabled }
        return added
    }

    /// - Returns: rows and records that were refused at the door.
    private func read(_ title: String, _ upload: BulkUpload) async throws -> DemoRefusals {
        scene(title)
        let mappingPath = stage.folder + "/sample.yaml"
        if !FileManager.default.fileExists(atPath: mappingPath) {
            try SampleATS.mapping.write(toFile: mappingPath, atomically: true, encoding: .utf8)
        }
        let mapping = try Mapping.read(path: mappingPath, known: .all, environment: ["SAMPLE_ATS": atsPath])
        let bars = ProgressBars()
        let complaints = Mutex<[String]>([])
        let result = try await SourceRun(
            mapping: mapping, name: "sample", upload: upload,
            complain: { text in complaints.withLock { if $0.count < 5 { $0.append(text) } } },
            progress: { kind, count in bars.add(kind.rawValue, count) }
        ).run()
        bars.finish()
        return DemoRefusals(
            counts: result.counts.mapValues(\.rejected), unusable: result.unusable, examples: complaints.withLock { $0 })
    }

    private func watch(_ title: String, _ tenant: CustomerAdd.Added) async throws {
        scene(title)
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let store = stage.connector.workspace.store
        let first = try await store.read { try $0.tallies(customer: customer.number) }
        let bars = RecordKind.allCases.filter { (first[$0]?.desired ?? 0) > 0 || (first[$0]?.deleting ?? 0) > 0 }
            .map { ($0, ProgressBar($0.rawValue, total: first[$0]?.desired ?? 0)) }
        // One line at a time on a terminal: the kinds arrive in this order anyway.
        for (kind, bar) in bars {
            try await until("LinkedIn's side to take every \(kind.rawValue)", patience: .seconds(3600)) {
                let tally = try await store.read { try $0.tallies(customer: customer.number) }[kind] ?? Tally()
                bar.set(tally.observed)
                return tally.due == 0 && tally.confirming == 0
            }
            bar.finish()
        }
        try await until("the last records to settle", patience: .seconds(3600)) {
            try await store.read { try $0.tallies(customer: customer.number) }.values.allSatisfy { $0.due == 0 && $0.confirming == 0 }
        }
    }

    private func matches(_ tenant: CustomerAdd.Added) async throws {
        scene("LinkedIn matches candidates to members; the connector reads it back")
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let store = stage.connector.workspace.store
        let bar = ProgressBar("matched", total: nil)
        // Every candidate was looked at once when the next look is not due for a while: the second one comes ten seconds after the first.
        try await until("the matches to be read back", patience: .seconds(600)) {
            let (matched, next) = try await store.read { tx in
                (try tx.tallies(customer: customer.number)[.candidate]?.matched ?? 0, try tx.nextMatch(customer: customer.number))
            }
            bar.set(matched)
            return next.map { $0 > SystemTime().now() + .seconds(4) } ?? true
        }
        bar.finish()
    }

    private func aDayLater(_ ats: SampleATS, _ upload: BulkUpload, _ tenant: CustomerAdd.Added) async throws -> DemoRefusals {
        scene("A day's work in the ATS: edits, stages, a closed job, an erasure")
        let now = SystemTime().now()
        let edits = try await ats.edit(max(1, candidates / 40), at: now)
        let deletions = try await ats.delete(candidates: max(1, candidates / 400), at: now)
        func say(_ verb: String, _ counts: [RecordKind: Int]) {
            let text = RecordKind.allCases.compactMap { kind in counts[kind].map { "\($0.grouped) × \(kind.rawValue)" } }.joined(separator: ", ")
            if !text.isEmpty { Terminal.out("  \(verb): \(text)") }
        }
        say("edited", edits.edited)
        say("added", edits.added)
        say("deleted", deletions.deleted)
        let refused = try await read("Read what changed since the last run", upload)
        try await watch("The changes arrive", tenant)
        return refused
    }

    private func invite(_ tenant: CustomerAdd.Added) {
        Terminal.out(
            """

            Both sides go on serving until Ctrl-C. Try:
              crosswalk sandbox state --organization \(Self.organization) --url \(stage.sandboxURL)
              crosswalk sync status --data \(stage.folder)/connector
              crosswalk sync explain --data \(stage.folder)/connector --customer \(tenant.id) candidate 10
              curl -s \(stage.connectorURL)/api/v1/candidates/10 -H 'authorization: Bearer \(tenant.apiKey)'
            """)
    }

    /// Looks again and again until `isTrue`; the demo's own way of waiting for another process.
    private func until(
        _ what: String, patience: Duration = .seconds(30), _ isTrue: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + patience
        while try await !isTrue() {
            guard ContinuousClock.now < end else { throw CommandError("gave up waiting for \(what)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Bars that come one after another as the types do.
final class ProgressBars: Sendable {
    private let state = Mutex<(name: String, bar: ProgressBar?)>(("", nil))

    func add(_ name: String, _ count: Int) {
        let bar = state.withLock { state in
            if state.name != name {
                state.bar?.finish()
                state = (name, ProgressBar(name, total: nil))
            }
            return state.bar
        }
        bar?.add(count)
    }

    func finish() { state.withLock { $0.bar }?.finish() }
}
