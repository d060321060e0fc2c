// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Web

/// The customers of the first page: searched, filtered, sorted by trouble, one page of them.
struct OverviewList: Sendable {
    enum Filter: String, CaseIterable {
        case all = ""
        case trouble, due, rejected, waiting, paused, onboarding

        var label: String {
            switch self {
            case .all: "All customers"
            case .trouble: "In trouble"
            case .due: "With records due"
            case .rejected: "With rejected records"
            case .waiting: "With waiting records"
            case .paused: "Paused"
            case .onboarding: "Being onboarded"
            }
        }
    }

    /// What the templates see, and what a live page compares.
    struct Shown: Hashable, Sendable {
        var tiles: [Tile]
        var customers: [Line]
    }

    struct Tile: Hashable, Sendable {
        var label: String
        var count: String
        var href: String
        var tone: String
    }

    struct Line: Hashable, Sendable {
        var id: String
        var name: String
        var base: String
        var state: Badge
        var trouble: String
        var link: Link?
        var lag: String
        var due: String
        var rejected: String
        var waiting: String
        var matched: String
        var budget: String
        var nextPoll: String
    }

    var shown: Shown
    /// Customers that fit, on all pages.
    var found: Int
    /// All there are.
    var total: Int
    var nextKey: String?

    static func read(_ parts: Dashboard.Parts, _ query: FormFields, limit: Int) async throws -> Self {
        let now = parts.time.now()
        let all = try await parts.store.read { try Standing.all(parts, $0, at: now) }
        let fitting = all.filter { fits($0, query) }
            .sorted { ($0.trouble.rank, $0.customer.id) < ($1.trouble.rank, $1.customer.id) }
        let rest = query["after"].map { after in fitting.drop { key($0) <= after } } ?? fitting[...]
        let page = rest.prefix(limit)
        let lines = try await parts.store.read { tx in
            try page.map { standing in
                let number = standing.customer.number
                return line(
                    standing, budget: budget(try tx.spent(number, of: Standing.groups, at: now), parts.quotas),
                    next: try tx.nextReading(customer: number), at: now)
            }
        }
        return Self(
            shown: Shown(tiles: tiles(all), customers: lines), found: fitting.count, total: all.count,
            nextKey: rest.count > limit ? page.last.map(key) : nil)
    }

    /// Where it stands in the list.
    private static func key(_ standing: Standing) -> String {
        "\(standing.trouble.rank.rawValue).\(standing.customer.id)"
    }

    private static func fits(_ standing: Standing, _ query: FormFields) -> Bool {
        let (customer, tally) = (standing.customer, standing.glance.tally)
        if let words = query["q"]?.lowercased(), !customer.id.text.contains(words),
            !customer.name.lowercased().contains(words)
        {
            return false
        }
        return switch Filter(rawValue: query["show"] ?? "") ?? .all {
        case .all: true
        case .trouble: standing.trouble.rank <= .warn
        case .due: tally.due > 0
        case .rejected: tally.rejected > 0
        case .waiting: tally.waiting > 0
        case .paused: customer.pausedAt != nil
        case .onboarding: standing.trouble.rank == .onboarding
        }
    }

    private static func tiles(_ all: [Standing]) -> [Tile] {
        let sum = Tally(sumOf: all.map(\.glance.tally))
        func tile(_ label: String, _ count: Int, _ show: String = "", _ tone: Tone? = nil) -> Tile {
            Tile(
                label: label, count: Wording.count(count), href: show.isEmpty ? "/ui" : "/ui?show=\(show)",
                tone: count > 0 ? tone?.rawValue ?? "" : "")
        }
        return [
            tile("Customers", all.count),
            tile("In trouble", all.count { $0.trouble.rank <= .warn }, "trouble", .bad),
            tile("Records", sum.desired), tile("At LinkedIn", sum.observed), tile("Due", sum.due, "due"),
            tile("Rejected", sum.rejected, "rejected", .bad), tile("Waiting", sum.waiting, "waiting", .warn),
            tile("Matched", sum.matched),
        ]
    }

    private static func line(_ standing: Standing, budget: String, next: Millis?, at now: Millis) -> Line {
        let (glance, customer) = (standing.glance, standing.customer)
        return Line(
            id: customer.id.text, name: customer.name, base: "/ui/customers/\(customer.id)", state: standing.badge,
            trouble: standing.trouble.sentence, link: standing.trouble.link, lag: glance.lags.words,
            due: Wording.count(glance.tally.due), rejected: Wording.count(glance.tally.rejected),
            waiting: Wording.count(glance.tally.waiting), matched: Wording.count(glance.tally.matched), budget: budget,
            // The moment and not the distance: a live page does not change every second for it.
            nextPoll: next.map { moment(max($0, now), at: now) } ?? "–")
    }

    /// `10:18` today, `11-23 10:18` on other days.
    private static func moment(_ moment: Millis, at now: Millis) -> String {
        String(Wording.time(moment.value).dropFirst(moment.utcDay == now.utcDay ? 11 : 5).prefix(while: { $0 != "." }))
            .split(separator: ":").prefix(2).joined(separator: ":")
    }

    /// What is left of the quota that is nearest to its end.
    private static func budget(_ spent: [String: Spend], _ quotas: SyncOptions.Quotas) -> String {
        let left = Standing.groups.compactMap { group in
            spent[group.rawValue]?.percentLeft(of: quotas.limits(of: group)).map {
                (group: group.rawValue, percent: $0)
            }
        }.min { $0.percent < $1.percent }
        return left.map { "\($0.percent) % (\($0.group))" } ?? "100 %"
    }
}
