// SPDX-License-Identifier: Apache-2.0

import Connector
package import Domain
import Foundation
import JSONBytes
import Store
import Web

/// How the connector itself is.
enum SystemArea {
    static let routes: [DashboardRoute] = [
        .get("/ui/system", .operator) { call in try await show(call) },
        .post("/ui/system/support-bundle", .operator) { call in try await bundle(call) },
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let now = call.now
        let health: Notice
        do {
            try await call.parts.readiness.check()
            health = Notice(
                .good, "Ready: a record sent now would be stored.", link: Link("The same for machines", "/health/ready")
            )
        } catch let error as StoreError {
            health = Notice(.bad, "Not ready: \(error.message).")
        }
        let figures = try await call.store.read { tx in
            SystemFigures(
                bytes: try tx.databaseBytes(), schema: try tx.schemaVersion(), leases: try tx.leases(),
                days: try tx.daySizes(since: now.utcDay - 30), tables: try tx.tableSizes(days: 7, limit: 50))
        }
        return call.page(SystemPage(figures, health, call))
    }

    private static func bundle(_ call: DashboardCall) async throws -> WebResponse {
        let now = call.now
        let json = try await SupportBundle(
            store: call.store, configuration: call.parts.configuration, version: call.parts.version
        ).make(at: now)
        let actor = call.visitor.account.name
        try await call.store.write { tx in
            try tx.audit(AuditEntry(actor: actor, action: "system.support-bundle"), at: now)
        }
        return .download(
            SupportBundle.fileName(at: now), type: "application/json", Array(json.indented.utf8))
    }
}

extension SupportBundle {
    package static func fileName(at now: Millis) -> String { "crosswalk-support-\(now.iso8601.prefix(10)).json" }
}

/// What the system page is made of.
struct SystemFigures: Sendable {
    var bytes: Int64
    var schema: String
    var leases: [LeaseRow]
    var days: [DaySize]
    var tables: [TableSize]
}

struct SystemPage: Page {
    static let template = PageTemplate("system", utf8: PackageResources.system_mustache)

    struct Worker: Sendable {
        var holder: String
        var works: String
        var customers: [Link]
        var more: String?
        var state: Badge
        var until: ShownTime
    }

    struct Table: Sendable {
        var name: String
        var size: String
        var growth: String
    }

    struct Line: Sendable {
        var key: String
        var value: String
        var isSet: Bool
        var origin: String
        var meaning: String
    }

    struct Tile: Sendable {
        var value: String
        var label: String
    }

    var title = "System"
    var health: Notice
    var tiles: [Tile]
    var workers: [Worker]
    var hasWorkers: Bool
    var chart: LineChart?
    var tables: [Table]
    var settings: [Line]
    var isMeasured: Bool

    init(_ figures: SystemFigures, _ health: Notice, _ call: DashboardCall) {
        let now = call.now
        self.health = health
        tiles = [
            Tile(value: call.parts.version, label: "version"),
            Tile(value: Wording.relative(call.parts.startedAt.value, now: now.value), label: "this process started"),
            Tile(value: Wording.bytes(figures.bytes), label: "database"),
            Tile(value: String(figures.schema.prefix { $0 != "_" }), label: "schema"),
        ]
        workers = Dictionary(grouping: figures.leases, by: \.lease.holder).map { holder, leases in
            let until = leases.map(\.lease.expires).max() ?? now
            let customers = Set(leases.compactMap(\.customer)).sorted()
            return Worker(
                holder: holder, works: Wording.count(leases.count, "lease"),
                customers: customers.prefix(20).map { Link($0, "/ui/customers/\($0)") },
                more: customers.count > 20 ? "and \(Wording.count(customers.count - 20)) more" : nil,
                state: until > now ? Badge(.good, "working") : Badge(.quiet, "stopped"),
                until: ShownTime(until.value, now: now.value))
        }.sorted { ($1.state.text, $0.holder) < ($0.state.text, $1.holder) }
        hasWorkers = !workers.isEmpty
        chart =
            figures.days.count > 1
            ? LineChart(
                summary: "Size of the database in megabytes over the last \(figures.days.count) measured days.",
                columns: figures.days.map { String(Millis($0.day * 86_400_000).iso8601.dropFirst(5).prefix(5)) },
                values: figures.days.map { Double($0.bytes) / 1_000_000 }, unit: " MB") : nil
        tables = figures.tables.map { table in
            let growth = table.before.map { table.bytes - $0 }
            return Table(
                name: table.table, size: Wording.bytes(table.bytes),
                growth: growth.map { $0 == 0 ? "same" : ($0 > 0 ? "+" : "−") + Wording.bytes(abs($0)) } ?? "–")
        }
        isMeasured = !tables.isEmpty
        settings = call.parts.configuration.map { line in
            Line(
                key: line.key, value: line.value ?? "not set", isSet: line.value != nil, origin: line.origin,
                meaning: line.meaning)
        }
    }
}
