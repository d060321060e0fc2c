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

    private struct Ranked: Sendable {
        var glance: Glance
        var trouble: Trouble

        var key: String { "\(trouble.rank.rawValue).\(glance.customer.id)" }
    }

    /// Groups whose quota sending can use up.
    private static let groups = Array(Set(RecordKind.allCases.map(\.group))).sorted { $0.rawValue < $1.rawValue }

    static func read(_ parts: Dashboard.Parts, _ query: FormFields, limit: Int) async throws -> Self {
        let now = parts.time.now()
        let day = now.utcDay
        let names = groups.map(\.rawValue)
        let glances = try await parts.store.read { try $0.glances(at: now) }
        // Only where something waits for a quota can one be missing.
        let busy = glances.filter { $0.oldestDue != nil }.map(\.customer.number)
        let spent = try await parts.store.read { tx in
            try Dictionary(
                uniqueKeysWithValues: busy.map {
                    ($0, exhausted(try tx.spentToday(customer: $0, groups: names, day: day)))
                })
        }
        let ranked = glances.map { glance in
            Ranked(
                glance: glance,
                trouble: Trouble.of(
                    glance, lanes: parts.lanes(glance.customer.number), spent: spent[glance.customer.number] ?? [],
                    at: now))
        }
        let fitting = ranked.filter { fits($0, query) }
            .sorted { ($0.trouble.rank, $0.glance.customer.id) < ($1.trouble.rank, $1.glance.customer.id) }
        let rest = query["after"].map { after in fitting.drop { $0.key <= after } } ?? fitting[...]
        let page = rest.prefix(limit)
        let lines = try await parts.store.read { tx in
            try page.map { ranked in
                let number = ranked.glance.customer.number
                return line(
                    ranked, spent: try tx.spentToday(customer: number, groups: names, day: day),
                    next: try tx.nextReading(customer: number), at: now)
            }
        }
        return Self(
            shown: Shown(tiles: tiles(ranked), customers: lines), found: fitting.count, total: glances.count,
            nextKey: rest.count > limit ? page.last?.key : nil)
    }

    private static func exhausted(_ spent: [String: Spend]) -> [EndpointGroup] {
        groups.filter { group in
            guard let spent = spent[group.rawValue] else { return false }
            let quota = group.quota
            return quota.requestsPerDay.map { spent.requests >= $0 } ?? false
                || quota.recordsPerDay.map { spent.records >= $0 } ?? false
        }
    }

    private static func fits(_ ranked: Ranked, _ query: FormFields) -> Bool {
        let (customer, tally) = (ranked.glance.customer, ranked.glance.tally)
        if let words = query["q"]?.lowercased(), !customer.id.text.contains(words),
            !customer.name.lowercased().contains(words)
        {
            return false
        }
        return switch Filter(rawValue: query["show"] ?? "") ?? .all {
        case .all: true
        case .trouble: ranked.trouble.rank <= .warn
        case .due: tally.due > 0
        case .rejected: tally.rejected > 0
        case .waiting: tally.waiting > 0
        case .paused: customer.pausedAt != nil
        case .onboarding: ranked.trouble.rank == .onboarding
        }
    }

    private static func tiles(_ all: [Ranked]) -> [Tile] {
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

    private static func line(_ ranked: Ranked, spent: [String: Spend], next: Millis?, at now: Millis) -> Line {
        let (glance, customer) = (ranked.glance, ranked.glance.customer)
        return Line(
            id: customer.id.text, name: customer.name, base: "/ui/customers/\(customer.id)",
            state: customer.badge(glance.ending), trouble: ranked.trouble.sentence, link: ranked.trouble.link,
            lag: freshness(glance.lags), due: Wording.count(glance.tally.due),
            rejected: Wording.count(glance.tally.rejected), waiting: Wording.count(glance.tally.waiting),
            matched: Wording.count(glance.tally.matched), budget: budget(spent),
            // The moment and not the distance: a live page does not change every second for it.
            nextPoll: next.map { moment(max($0, now), at: now) } ?? "–")
    }

    /// `10:18` today, `11-23 10:18` on other days.
    private static func moment(_ moment: Millis, at now: Millis) -> String {
        String(Wording.time(moment.value).dropFirst(moment.utcDay == now.utcDay ? 11 : 5).prefix(while: { $0 != "." }))
            .split(separator: ":").prefix(2).joined(separator: ":")
    }

    /// `2 s · 14 s`: half of the changes, and 19 of 20.
    static func freshness(_ lags: LagHistogram) -> String {
        guard let half = lags.percentile(0.5), let most = lags.percentile(0.95) else { return "–" }
        return Wording.duration(milliseconds: half.milliseconds) + " · "
            + Wording.duration(milliseconds: most.milliseconds)
    }

    /// What is left of the quota that is nearest to its end.
    private static func budget(_ spent: [String: Spend]) -> String {
        let left = groups.compactMap { group -> (group: String, percent: Int)? in
            guard let spent = spent[group.rawValue] else { return nil }
            let shares = [
                group.quota.requestsPerDay.map { ($0 - spent.requests) * 100 / $0 },
                group.quota.recordsPerDay.map { ($0 - spent.records) * 100 / $0 },
            ].compactMap(\.self)
            return shares.min().map { (group.rawValue, max(0, $0)) }
        }.min { $0.percent < $1.percent }
        return left.map { "\($0.percent) % (\($0.group))" } ?? "100 %"
    }
}
