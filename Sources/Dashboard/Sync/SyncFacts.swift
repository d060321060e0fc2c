// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Web

/// One customer's sending as it is now: what a live page compares and the templates lay out.
struct SyncFacts: Hashable, Sendable {
    struct Kind: Hashable, Sendable {
        var label: String
        var type: String
        var desired: String
        var observed: String
        var due: String
        var waiting: String
        var confirming: String
        var rejected: String
        var rate: String
        var left: String
    }

    /// A meter's numbers; the drawing is made when it is rendered.
    struct Gauge: Hashable, Sendable {
        var label: String
        var part: Int
        var whole: Int
        var says: String
        var isTight: Bool
    }

    struct Hour: Hashable, Sendable {
        var label: String
        var accepted: Int
        var rejected: Int
        var throttled: Int
    }

    var base: String
    var state: Badge
    var says: String
    var tone: String
    var isPaused: Bool
    var mayAct: Bool
    var mayPause: Bool
    var mayResume: Bool
    var progress: [Gauge]
    var kinds: [Kind]
    /// Of everything together.
    var outlook: String
    var hours: [Hour]
    var freshness: String
    var budgets: [Gauge]
    /// Groups that nothing was spent of today.
    var untouched: String?
    var quotasAreOff: Bool

    private struct Found: Sendable {
        var standing: Standing
        var hours: [HistoryStep]
        var recent: [HistoryStep]
        var minute: [String: Int]
        var isResyncing: Bool

        var customer: Customer { standing.customer }
        var tallies: [RecordKind: Tally] { standing.glance.tallies }
        var spent: [String: Spend] { standing.spent }
    }

    /// Groups that have a quota.
    private static let groups = EndpointGroup.allCases.filter {
        $0.quota.requestsPerDay != nil || $0.quota.recordsPerMinute != nil || $0.quota.recordsPerDay != nil
    }
    /// Ten seconds each: a rate of the last minute.
    private static let steps = 7

    static func read(_ customer: Customer, _ parts: Dashboard.Parts, mayAct: Bool) async throws -> Self {
        let (now, number) = (parts.time.now(), customer.number)
        let found = try await parts.store.read { tx in
            Found(
                standing: try Standing.read(customer, parts, tx, groups: groups, at: now),
                hours: try tx.history(customer: number, .hour, steps: 24, at: now),
                recent: try tx.history(customer: number, .tenSeconds, steps: steps, at: now),
                minute: try groups.reduce(into: [:]) { minute, group in
                    guard group.quota.recordsPerMinute != nil else { return }
                    minute[group.rawValue] = try tx.spending(
                        customer: number, group: group.rawValue, since: now - .seconds(60)
                    ).reduce(0) { $0 + $1.records }
                }, isResyncing: try tx.isResyncing(customer: number))
        }
        return Self(found, parts, mayAct: mayAct, at: now)
    }

    private init(_ found: Found, _ parts: Dashboard.Parts, mayAct: Bool, at now: Millis) {
        let customer = found.customer
        base = "/ui/customers/\(customer.id)"
        let sum = found.standing.glance.tally
        isPaused = customer.pausedAt != nil
        self.mayAct = mayAct
        mayPause = mayAct && !isPaused
        mayResume = mayAct && isPaused
        state = found.standing.badge
        (says, tone) = Self.sentence(found.standing, isResyncing: found.isResyncing)
        let forecasts = Self.forecasts(found, parts.quotas, at: now)
        kinds = RecordKind.allCases.compactMap { kind in
            guard let tally = found.tallies[kind], tally != Tally() else { return nil }
            let rate = Self.rate(found.recent, at: now) { $0 == kind }
            return Kind(
                label: kind.plural, type: kind.rawValue, desired: Wording.count(tally.desired),
                observed: Wording.count(tally.observed), due: Wording.count(tally.due),
                waiting: Wording.count(tally.waiting), confirming: Wording.count(tally.confirming),
                rejected: Wording.count(tally.rejected),
                rate: rate.map { Wording.count(Int($0.rounded())) + " a minute" } ?? "–",
                left: Self.left(tally, forecasts[kind.group], found))
        }
        progress = RecordKind.allCases.compactMap { kind in
            guard let tally = found.tallies[kind], tally.desired > 0 else { return nil }
            let there = min(tally.observed, tally.desired)
            return Gauge(
                label: kind.plural, part: there, whole: tally.desired,
                says:
                    "\(Wording.count(there)) of \(Wording.count(tally.desired)) · \(Wording.percent(there, of: tally.desired))",
                isTight: false)
        }
        outlook = Self.outlook(forecasts, sum, found)
        hours = Self.hours(found.hours, at: now)
        var lags = LagHistogram()
        for step in found.hours { lags += step.count.lags }
        freshness = lags.words
        if case .off = parts.quotas { quotasAreOff = true } else { quotasAreOff = false }
        let gauges = quotasAreOff ? [] : Self.budgets(found, parts.quotas)
        let used = Set(gauges.filter { $0.part > 0 }.map(\.label))
        budgets = gauges.filter { used.contains($0.label) }
        var whole: [String] = []
        for gauge in gauges where !used.contains(gauge.label) && !whole.contains(gauge.label) {
            whole.append(gauge.label)
        }
        untouched = whole.isEmpty ? nil : whole.joined(separator: ", ")
    }
}

extension SyncFacts {
    private static func sentence(_ standing: Standing, isResyncing: Bool) -> (String, String) {
        let (customer, sum) = (standing.customer, standing.glance.tally)
        switch standing.glance.ending {
        case .going: return ("The contract ends: what LinkedIn holds is deleted there.", "warn")
        case .ended: return (standing.trouble.sentence, "info")
        case .no: break
        }
        if let since = customer.pausedAt {
            return (
                "Sending is paused since \(Wording.time(since.value)) UTC. What the ATS sends and LinkedIn tells is taken in all the same.",
                "warn"
            )
        }
        switch customer.status {
        case .pending, .requested: return ("Nothing is sent until the integration is enabled in Recruiter.", "info")
        case .disabled: return ("The integration was switched off in Recruiter: nothing is sent.", "bad")
        case .enabled: break
        }
        if let lane = standing.lanes.first(where: \.isCircuitOpen) {
            return ("LinkedIn does not take calls (\(lane.group)): \(lane.reason ?? "no reason was given")", "bad")
        }
        if isResyncing { return ("A re-sync is being prepared: records become due again.", "info") }
        if sum.due + sum.confirming > 0 {
            return ("\(Wording.count(sum.due + sum.confirming, "record")) on the way to LinkedIn.", "info")
        }
        if sum.desired == 0 { return ("The ATS has not sent anything yet.", "info") }
        return ("Everything that can be at LinkedIn is there.", "good")
    }

    /// Records a minute over the last minute; nil when nothing was sent in it.
    private static func rate(_ steps: [HistoryStep], at now: Millis, _ wanted: (RecordKind) -> Bool) -> Double? {
        let steps = steps.filter { wanted($0.kind) }
        let sent = steps.reduce(0) { $0 + $1.count.accepted }
        guard sent > 0, let first = steps.map(\.began).min() else { return nil }
        let seconds = Double(max((now - first).milliseconds, 10_000)) / 1_000
        return Double(sent) * 60 / seconds
    }

    private static func forecasts(_ found: Found, _ quotas: SyncOptions.Quotas, at now: Millis)
        -> [EndpointGroup: Forecast]
    {
        var forecasts: [EndpointGroup: Forecast] = [:]
        for group in Set(RecordKind.allCases.map(\.group)) {
            let kinds = RecordKind.allCases.filter { $0.group == group }
            let spent = found.spent[group.rawValue]
            forecasts[group] = Forecast.of(
                due: kinds.reduce(0) { $0 + (found.tallies[$1]?.due ?? 0) },
                measured: rate(found.recent, at: now) { kinds.contains($0) }, limits: quotas.limits(of: group),
                spent: Budget.Day(records: spent?.records ?? 0, requests: spent?.requests ?? 0), at: now)
        }
        return forecasts
    }

    private static func left(_ tally: Tally, _ forecast: Forecast?, _ found: Found) -> String {
        guard tally.due > 0 else { return "–" }
        if found.customer.pausedAt != nil { return "paused" }
        if found.customer.status != .enabled { return "not enabled" }
        guard let forecast else { return "not known yet" }
        return "\(Wording.duration(milliseconds: forecast.left.milliseconds)): \(SyncWords.says(forecast.limit))"
    }

    /// Groups go side by side, so everything takes as long as the slowest.
    private static func outlook(_ forecasts: [EndpointGroup: Forecast], _ sum: Tally, _ found: Found) -> String {
        guard sum.due > 0 else {
            let open = [
                sum.confirming > 0 ? "LinkedIn works on \(Wording.count(sum.confirming, "job"))" : nil,
                sum.waiting > 0 ? "\(Wording.count(sum.waiting, "record")) wait for others" : nil,
            ].compactMap(\.self)
            return "Nothing is due" + (open.isEmpty ? "." : "; " + open.joined(separator: ", ") + ".")
        }
        if found.customer.pausedAt != nil || found.customer.status != .enabled {
            return "\(Wording.count(sum.due, "record")) wait here."
        }
        guard let (group, slowest) = forecasts.max(by: { $0.value.left < $1.value.left }) else {
            return "\(Wording.count(sum.due, "record")) due; the time left is known once the first are through."
        }
        return
            "About \(Wording.duration(milliseconds: slowest.left.milliseconds)) left for \(Wording.count(sum.due, "record")): \(SyncWords.says(slowest.limit)) (\(SyncWords.plural(group).lowercased()))."
    }

    private static func hours(_ steps: [HistoryStep], at now: Millis) -> [Hour] {
        let first = HistorySpan.hour.began(now).value - 23 * HistorySpan.hour.length
        var hours = (0..<24).map { hour in
            let began = first + Int64(hour) * HistorySpan.hour.length
            return Hour(
                label: String(Wording.time(began).dropFirst(11).prefix(5)), accepted: 0, rejected: 0, throttled: 0)
        }
        for step in steps {
            let index = Int((step.began.value - first) / HistorySpan.hour.length)
            guard hours.indices.contains(index) else { continue }
            hours[index].accepted += step.count.accepted
            hours[index].rejected += step.count.rejected
            hours[index].throttled += step.count.throttled
        }
        return hours
    }

    private static func budgets(_ found: Found, _ quotas: SyncOptions.Quotas) -> [Gauge] {
        groups.flatMap { group -> [Gauge] in
            let (limits, spent) = (quotas.limits(of: group), found.spent[group.rawValue])
            func gauge(_ part: Int, _ whole: Int?, _ unit: String) -> Gauge? {
                guard let whole else { return nil }
                return Gauge(
                    label: SyncWords.plural(group), part: part, whole: whole,
                    says: "\(Wording.count(part)) of \(Wording.count(whole)) \(unit)", isTight: part * 10 >= whole * 9)
            }
            return [
                gauge(spent?.requests ?? 0, limits.requestsPerDay, "calls today"),
                gauge(spent?.records ?? 0, limits.recordsPerDay, "records today"),
                gauge(found.minute[group.rawValue] ?? 0, limits.recordsPerMinute, "records in the last minute"),
            ].compactMap(\.self)
        }
    }
}
