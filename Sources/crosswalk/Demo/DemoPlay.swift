// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Dashboard
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
        try await backFill(ats, upload, tenant)
        try await matches(tenant)
        try await aDayLater(ats, upload, tenant)
        let report = try await DemoReport.make(
            stage, ats: try await ats.counts(), mapping: try mapping(), tenant: tenant)
        try await ats.close()
        scene("Both sides compared")
        report.show(seconds: (ContinuousClock.now - began) / .seconds(1))
        onCompared(report.isEqual)
        try await DemoReturn(stage: stage, tenant: tenant, scene: scene).play()
        guard staysOn else { return }
        invite(tenant, password: try await openDashboard())
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
            candidates: candidates, people: People(seed: seed), members: stage.sandbox.options.members,
            now: SystemTime().now())
        let bar = ProgressBar("  rows", total: options.jobs + options.candidates + options.applications)
        let ats = try await SampleATS.create(path: atsPath, options: options) { done, _ in bar.set(done) }
        bar.finish()
        Terminal.out("  " + Self.list(try await ats.counts()))
        return ats
    }

    /// `120 jobs, 2,000 candidates`, without what there is none of.
    private static func list(_ counts: [RecordKind: Int]) -> String {
        RecordKind.allCases.compactMap { kind in
            counts[kind].flatMap { $0 > 0 ? "\($0.grouped) \(kind.plural($0))" : nil }
        }
        .joined(separator: ", ")
    }

    private func onboard() async throws -> CustomerAdd.Added {
        scene("Onboard a customer")
        let tenant = NewTenant(
            id: CustomerID("demo")!, name: "Demo Company", organization: Self.organization, contracts: [Self.contract])
        let added = try await CustomerAdd.add(tenant, stage.connector.workspace)
        Terminal.out("  child application \(added.clientID) provisioned")
        let sandbox = HTTPJSON.sandbox(stage.sandboxURL)
        let who: JSONValue = [
            "organization": .int(Self.organization), "contract": .int(Self.contract),
            "unique_foreign_id": .string(added.id.text),
        ]
        try await sandbox.send(.POST, "/_sandbox/integrations/request", who)
        Terminal.out("  the customer's admin asked for the integrations in the configuration plugin")
        try await until("the connector to name and configure the integrations") {
            let customer = try await stage.connector.workspace.customer(added.id.text)
            let known = try await stage.connector.workspace.store.read {
                try $0.integrations(customer: customer.number)
            }
            return known.count >= 4 && known.allSatisfy { !$0.name.isEmpty }
        }
        Terminal.out("  the connector named and configured them")
        try await sandbox.send(.POST, "/_sandbox/integrations/enable", who)
        try await sandbox.send(
            .POST, "/_sandbox/integrations/enable",
            [
                "organization": .int(Self.organization), "unique_foreign_id": .string(added.id.text),
                "types": ["RECOMMENDED_MATCHES", "UNIFIED_SEARCH"],
            ])
        Terminal.out("  the admin enabled them in Recruiter's ATS tab")
        try await until("the connector to see it") {
            try await stage.connector.workspace.customer(added.id.text).status == .enabled
        }
        return added
    }

    /// Everything the ATS has: it is read and posted while what was acknowledged is on its way already.
    private func backFill(_ ats: SampleATS, _ upload: BulkUpload, _ tenant: CustomerAdd.Added) async throws {
        scene("Read the ATS by sample.yaml, post it, and watch it arrive at LinkedIn's side")
        let expected = try await ats.counts()
        let kinds = RecordKind.allCases.filter { (expected[$0] ?? 0) > 0 }
        let board = ProgressBoard(kinds.map { ($0.rawValue, expected[$0]) })
        let posted = Mutex<[RecordKind: Int]>([:])
        let isRead = Verdict()
        async let reading = read(upload, isOver: isRead) { kind, count in
            posted.withLock { $0[kind, default: 0] += count }
        }
        try await settled(tenant, isPosted: { isRead.value ?? false }) { tallies in
            let posted = posted.withLock { $0 }
            board.set(
                kinds.map { kind in
                    let tally = tallies[kind] ?? Tally()
                    let read = posted[kind] ?? 0
                    let isReading = isRead.value == nil && read < expected[kind] ?? 0
                    let refused = isReading ? 0 : (expected[kind] ?? 0) - tally.desired
                    return ProgressBoard.Row(
                        done: tally.observed, isStill: !isReading && tally.due == 0 && tally.confirming == 0,
                        note: isReading ? "\(read.grouped) read" : Self.note(tally, refused: refused))
                })
        }
        board.finish()
        _ = try await reading
    }

    private static func note(_ tally: Tally, refused: Int) -> String {
        [
            refused > 0 ? "\(refused.grouped) refused at the door" : nil,
            tally.confirming > 0 ? "\(tally.confirming.grouped) confirming" : nil,
            tally.waiting > 0 ? "\(tally.waiting.grouped) waiting" : nil,
            tally.rejected > 0 ? "\(tally.rejected.grouped) rejected" : nil,
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// Reads the ATS by its mapping and posts what is new.
    ///
    /// - Returns: how many records the connector took as changes.
    private func read(
        _ upload: BulkUpload, isOver: Verdict, progress: @escaping @Sendable (RecordKind, Int) -> Void = { _, _ in }
    ) async throws -> [RecordKind: Int] {
        defer { isOver.set(true) }
        // What is refused is told at the end, with its reasons.
        let result = try await SourceRun(
            mapping: try mapping(), name: "sample", sink: upload, complain: { _ in }, progress: progress
        ).run()
        return result.counts.mapValues { $0.added + $0.changed + $0.deleted }
    }

    /// The mapping as a file beside the data, for whoever wants to play with it.
    private func mapping() throws -> Mapping {
        let path = stage.folder + "/sample.yaml"
        if !FileManager.default.fileExists(atPath: path) {
            try SampleATS.mapping.write(toFile: path, atomically: true, encoding: .utf8)
        }
        return try Mapping.read(path: path, known: .all, environment: ["SAMPLE_ATS": atsPath])
    }

    /// Waits until everything acknowledged is at LinkedIn or waits for something that will not come.
    ///
    /// - Parameters:
    ///   - isPosted: false while more may be posted.
    ///   - look: called with where things stand.
    private func settled(
        _ tenant: CustomerAdd.Added, isPosted: () -> Bool = { true }, _ look: ([RecordKind: Tally]) -> Void
    ) async throws {
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let store = stage.connector.workspace.store
        try await until("LinkedIn's side to take everything", patience: .seconds(24 * 3600)) {
            // Asked first: what is posted after the look would be missed otherwise.
            let isPosted = isPosted()
            let tallies = try await store.read { try $0.tallies(customer: customer.number) }
            look(tallies)
            return isPosted && tallies.values.allSatisfy { $0.due == 0 && $0.confirming == 0 }
        }
    }

    private func matches(_ tenant: CustomerAdd.Added) async throws {
        scene("LinkedIn matches candidates to its members; the connector reads it back")
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let store = stage.connector.workspace.store
        let bar = ProgressBar("  matched", total: nil)
        // The first look comes two seconds after acceptance. Later ones take their time: reading leaves half of each minute's quota alone.
        let horizon = SystemTime().now() + .seconds(3)
        try await until("the matches to be read back", patience: .seconds(600)) {
            let (matched, due) = try await store.read { tx in
                (
                    try tx.tallies(customer: customer.number)[.candidate]?.matched ?? 0,
                    try tx.matchesDue(customer: customer.number, at: horizon, limit: 5_000)
                )
            }
            bar.set(matched)
            return due.allSatisfy { $0.step > 0 }
        }
        bar.finish()
        let tally = try await store.read { try $0.tallies(customer: customer.number)[.candidate] } ?? Tally()
        Terminal.out(
            "  \(tally.matched.grouped) of \(tally.observed.of("candidate")) found among \(stage.sandbox.options.members.grouped) members"
        )
    }

    private func aDayLater(_ ats: SampleATS, _ upload: BulkUpload, _ tenant: CustomerAdd.Added) async throws {
        scene("A day's work in the ATS: edits, stages, a closed job, an erasure")
        let customer = try await stage.connector.workspace.customer(tenant.id.text)
        let before = try await stage.connector.workspace.store.read { try $0.tallies(customer: customer.number) }
        let now = SystemTime().now()
        let edits = try await ats.edit(max(1, candidates / 40), at: now)
        let deletions = try await ats.delete(candidates: max(1, candidates / 400), at: now)
        say("edited", edits.edited)
        say("added", edits.added)
        say("deleted", deletions.deleted)

        scene("Read what changed since the last run, and watch it arrive")
        let isRead = Verdict()
        let changes = try await read(upload, isOver: isRead)
        let kinds = RecordKind.allCases.filter { (changes[$0] ?? 0) > 0 }
        let board = ProgressBoard(kinds.map { ($0.rawValue, changes[$0]) })
        try await settled(tenant) { tallies in
            board.set(
                kinds.map { kind in
                    let (old, new) = (before[kind] ?? Tally(), tallies[kind] ?? Tally())
                    let open =
                        new.due + new.confirming + max(0, new.waiting + new.rejected - old.waiting - old.rejected)
                    return ProgressBoard.Row(done: max(0, (changes[kind] ?? 0) - open))
                })
        }
        board.finish()
    }

    private func say(_ verb: String, _ counts: [RecordKind: Int]) {
        let text = Self.list(counts)
        if !text.isEmpty { Terminal.out("  \(verb): \(text)") }
    }

    /// Makes an administrator for whoever watches.
    ///
    /// - Returns: the password.
    private func openDashboard() async throws -> String {
        let password = SetupCode().text
        let hash = try await PasswordDesk().hash(password)
        try await stage.connector.workspace.store.write { tx in
            _ = try tx.addAccount("demo", role: .admin, password: hash, at: SystemTime().now())
            try tx.audit(
                AuditEntry(actor: AuditEntry.commandLine, action: "account.add", subject: "account demo, as admin"),
                at: SystemTime().now())
        }
        return password
    }

    private func invite(_ tenant: CustomerAdd.Added, password: String) {
        Terminal.out(
            """

            Both sides go on serving until Ctrl-C. Look:
              \(stage.connectorURL)/ui    the dashboard; sign in as demo with the password \(password)
              \(stage.sandboxURL)/talent    Recruiter, LinkedIn's side; choose a seat
              \(stage.connectorURL)/ui/customers/\(tenant.id)/sources/new    read candidates.csv of \(stage.folder)/files by a mapping

            Try:
              crosswalk sandbox state --organization \(Self.organization) --url \(stage.sandboxURL)
              crosswalk sync status --data \(stage.folder)/connector
              crosswalk sync explain --data \(stage.folder)/connector --customer \(tenant.id) candidate 10
              curl -s \(stage.connectorURL)/api/v1/candidates/10 -H 'authorization: Bearer \(tenant.apiKey)'
            """)
    }
}
