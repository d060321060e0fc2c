// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// How one customer's records go to LinkedIn: progress, history, quotas; pause, resume and re-sync.
enum SyncPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/sync", .viewer, show), .get("/ui/customers/{id}/sync/live", .viewer, live),
        .post("/ui/customers/{id}/sync/pause", .operator) { call in try await setPaused(true, call) },
        .post("/ui/customers/{id}/sync/resume", .operator) { call in try await setPaused(false, call) },
        .post("/ui/customers/{id}/sync/run", .operator, run),
        .post("/ui/customers/{id}/sync/resync", .operator, resync),
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let facts = try await SyncFacts.read(customer, call.parts, mayAct: mayAct(call))
        return call.page(SyncPage(customer, facts), of: customer, live: "/ui/customers/\(customer.id)/sync/live")
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, parts, renderer, mayAct) = (try await call.customer(), call.parts, call.renderer, mayAct(call))
        let last = LastLook<SyncFacts>()
        return .events(
            call.live.listen(to: "sync/\(customer.number)/\(mayAct)") {
                guard let facts = try? await SyncFacts.read(customer, parts, mayAct: mayAct) else { return nil }
                return last.updates(facts) { facts in
                    let drawn = SyncDrawing(facts)
                    return [
                        LiveHub.Update("state", renderer.html(.syncState, facts)),
                        LiveHub.Update("progress", renderer.html(.syncProgress, drawn)),
                        LiveHub.Update("history", renderer.html(.syncHistory, drawn)),
                        LiveHub.Update("budgets", renderer.html(.syncBudgets, drawn)),
                    ]
                }
            })
    }

    private static func mayAct(_ call: DashboardCall) -> Bool { call.visitor.account.role >= .operator }

    private static func setPaused(_ isPaused: Bool, _ call: DashboardCall) async throws -> WebResponse {
        let (customer, now) = (try await call.customer(), call.now)
        try await call.audited(isPaused ? "sync.pause" : "sync.resume", of: customer) { tx in
            try tx.setPaused(isPaused, customer: customer.number, at: now)
        }
        call.parts.signal.recordsChanged(customer.number)
        return .see("/ui/customers/\(customer.id)/sync?done=\(isPaused ? "paused" : "resumed")")
    }

    /// The lanes look now, and LinkedIn is asked how the integrations are.
    private static func run(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        try await call.audited("sync.run", of: customer) { _ in }
        call.parts.signal.integrationAsked(customer.number)
        call.parts.signal.recordsChanged(customer.number)
        return .see("/ui/customers/\(customer.id)/sync?done=running")
    }

    private static func resync(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, parts) = (try await call.customer(), call.parts)
        let kind = call.form["type"].flatMap(RecordKind.init(rawValue:))
        guard kind != nil || call.form["type"] == "all" else { throw DashboardProblem.unknownPage }
        try await call.audited("sync.resync", of: customer, kind?.rawValue ?? "everything") { tx in
            try tx.resync(customer: customer.number, kind: kind)
        }
        // A million records become due in slices; nobody waits for it, and the engine finishes what this process does not.
        Task {
            while (try? await parts.store.write({ try $0.resyncSlice(customer: customer.number, at: parts.time.now()) }))
                ?? false
            {}
            parts.signal.recordsChanged(customer.number)
        }
        return .see("/ui/customers/\(customer.id)/sync?done=resync")
    }
}

/// The drawings of the facts: made only when something changed.
struct SyncDrawing: Sendable {
    var facts: SyncFacts
    var progress: [Meter]
    var hasRecords: Bool
    var chart: BarChart
    var budgets: [Meter]

    init(_ facts: SyncFacts) {
        self.facts = facts
        progress = facts.progress.map { Meter($0.label, $0.part, of: $0.whole, says: $0.says, tone: .good) }
        hasRecords = !facts.kinds.isEmpty
        let sum = facts.hours.reduce(into: (0, 0, 0)) { sum, hour in
            sum = (sum.0 + hour.accepted, sum.1 + hour.rejected, sum.2 + hour.throttled)
        }
        chart = BarChart(
            summary:
                "In the last 24 hours LinkedIn took \(Wording.count(sum.0, "record")), refused \(Wording.count(sum.1)) and answered \(Wording.count(sum.2, "call")) with 429.",
            columns: facts.hours.map(\.label),
            series: [
                .init("taken", .good, facts.hours.map(\.accepted)),
                .init("refused", .bad, facts.hours.map(\.rejected)),
                .init("429", .warn, facts.hours.map(\.throttled)),
            ])
        budgets = facts.budgets.map {
            Meter($0.label, $0.part, of: $0.whole, says: $0.says, tone: $0.isTight ? .warn : .info)
        }
    }
}

struct SyncPage: Page {
    static let template = PageTemplate("sync", utf8: PackageResources.sync_mustache)

    struct Kind: Sendable {
        var value: String
        var label: String
    }

    var title: String
    var base: String
    var facts: SyncFacts
    var drawing: SyncDrawing
    var mayAct: Bool
    var kindChoices: [Kind]

    init(_ customer: Customer, _ facts: SyncFacts) {
        title = "Sync"
        base = facts.base
        self.facts = facts
        drawing = SyncDrawing(facts)
        mayAct = facts.mayAct
        kindChoices = RecordKind.allCases.map { Kind(value: $0.rawValue, label: $0.plural) }
    }
}

extension Fragment {
    static let syncState = Fragment("syncState", utf8: PackageResources.syncState_mustache)
    static let syncProgress = Fragment("syncProgress", utf8: PackageResources.syncProgress_mustache)
    static let syncHistory = Fragment("syncHistory", utf8: PackageResources.syncHistory_mustache)
    static let syncBudgets = Fragment("syncBudgets", utf8: PackageResources.syncBudgets_mustache)
    static let sync = [syncState, syncProgress, syncHistory, syncBudgets]
}
