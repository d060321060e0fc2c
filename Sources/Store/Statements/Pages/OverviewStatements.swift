// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// One customer as the first page sees it.
package struct Glance: Hashable, Sendable {
    package var customer: Customer
    /// All kinds together.
    package var tally: Tally
    /// How long the changes of the last hour or two took.
    package var lags: LagHistogram
    /// When the record that should go first was due; nil when nothing is due, or nothing may be sent.
    package var oldestDue: Millis?
    /// The contract's end was asked for, and whether it is through.
    package var ending: Ending

    package enum Ending: Hashable, Sendable {
        case no, going, ended
    }

    package init(customer: Customer, tally: Tally, lags: LagHistogram, oldestDue: Millis?, ending: Ending) {
        self.customer = customer
        self.tally = tally
        self.lags = lags
        self.oldestDue = oldestDue
        self.ending = ending
    }
}

extension SQLTransaction {
    /// Every customer at a glance. Reads kept counts alone, so that a million records cost no more than ten.
    package func glances(at now: Millis) throws -> [Glance] {
        var tallies: [Int64: [RecordKind: Tally]] = [:]
        try each(
            "SELECT customer_id, kind, desired, observed, due, rejected, waiting, confirming, deleting, matched FROM tally"
        ) { row in
            guard let kind = RecordKind(number: row.int(1)) else { return true }
            var tally = Tally()
            tally.desired = Int(row.int(2))
            tally.observed = Int(row.int(3))
            tally.due = Int(row.int(4))
            tally.rejected = Int(row.int(5))
            tally.waiting = Int(row.int(6))
            tally.confirming = Int(row.int(7))
            tally.deleting = Int(row.int(8))
            tally.matched = Int(row.int(9))
            tallies[row.int(0), default: [:]][kind] = tally
            return true
        }
        var endings: [Int64: Glance.Ending] = [:]
        try each("SELECT customer_id, finished_ms IS NOT NULL FROM erasure WHERE scope = 3") { row in
            endings[row.int(0)] = row.flag(1) ? .ended : .going
            return true
        }
        return try customers().map { customer in
            let kinds = tallies[customer.number] ?? [:]
            var lags = LagHistogram()
            for step in try history(customer: customer.number, .hour, steps: 2, at: now) { lags += step.count.lags }
            var oldest: Millis?
            if customer.status == .enabled, customer.pausedAt == nil {
                oldest = try kinds.filter { $0.value.due > 0 }.keys.compactMap {
                    try nextDue(customer: customer.number, kind: $0)
                }.min()
            }
            return Glance(
                customer: customer, tally: Tally(sumOf: kinds.values), lags: lags, oldestDue: oldest,
                ending: endings[customer.number] ?? .no)
        }
    }

    /// What was spent of the quotas on one UTC day, by the name of the endpoint group; groups that spent nothing are absent.
    package func spentToday(customer: Int64, groups: [String], day: Int64) throws -> [String: Spend] {
        let places = Array(repeating: "?", count: groups.count).joined(separator: ", ")
        var spent: [String: Spend] = [:]
        try each(
            "SELECT lane, records, requests FROM budget_day WHERE customer_id = ? AND lane IN (\(places)) AND day = ?",
            [.int(customer)] + groups.map { .text($0) } + [.int(day)]
        ) { row in
            spent[row.text(0)] = Spend(
                at: Millis(day * 86_400_000), records: Int(row.int(1)), requests: Int(row.int(2)))
            return true
        }
        return spent
    }

    /// When LinkedIn is read next for a customer: matches, or what recruiters did; nil when nothing is planned.
    package func nextReading(customer: Int64) throws -> Millis? {
        let pull = try first("SELECT min(due_ms) FROM pull_cursor WHERE customer_id = ?", [.int(customer)]) {
            $0.optionalInt(0).map(Millis.init)
        }
        return [try nextMatch(customer: customer), pull ?? nil].compactMap(\.self).min()
    }
}

extension Tally {
    package init(sumOf tallies: some Sequence<Tally>) {
        self.init()
        for tally in tallies {
            desired += tally.desired
            observed += tally.observed
            due += tally.due
            rejected += tally.rejected
            waiting += tally.waiting
            confirming += tally.confirming
            deleting += tally.deleting
            matched += tally.matched
        }
    }
}
