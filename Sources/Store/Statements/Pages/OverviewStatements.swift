// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// One customer as its pages begin: kept counts, and what goes on.
package struct Glance: Hashable, Sendable {
    package var customer: Customer
    /// By kind; kinds that never had a record are absent.
    package let tallies: [RecordKind: Tally]
    /// All kinds together.
    package let tally: Tally
    /// How long the changes of the last hour or two took.
    package var lags: LagHistogram
    /// When the record that should go first was due; nil when nothing is due, or nothing may be sent.
    package var oldestDue: Millis?
    /// The contract's end was asked for, and whether it is through.
    package var ending: Ending

    package enum Ending: Hashable, Sendable {
        case no, going, ended
    }

    package init(
        customer: Customer, tallies: [RecordKind: Tally], lags: LagHistogram, oldestDue: Millis?, ending: Ending
    ) {
        self.customer = customer
        self.tallies = tallies
        tally = Tally(sumOf: tallies.values)
        self.lags = lags
        self.oldestDue = oldestDue
        self.ending = ending
    }
}

extension SQLTransaction {
    /// Every customer at a glance. Reads kept counts alone, so that a million records cost no more than ten.
    package func glances(at now: Millis) throws -> [Glance] {
        let (tallies, endings) = (try tallies(), try endings())
        return try customers().map {
            try glance($0, tallies[$0.number] ?? [:], endings[$0.number] ?? .no, at: now)
        }
    }

    /// One customer at a glance; nil when it is gone.
    package func glance(customer number: Int64, at now: Millis) throws -> Glance? {
        try customer(number: number).map {
            try glance(
                $0, try tallies(customer: number),
                try endings("AND customer_id = ?", [.int(number)])[number] ?? .no, at: now)
        }
    }

    private func glance(
        _ customer: Customer, _ tallies: [RecordKind: Tally], _ ending: Glance.Ending, at now: Millis
    ) throws -> Glance {
        var lags = LagHistogram()
        for step in try history(customer: customer.number, .hour, steps: 2, at: now) { lags += step.count.lags }
        var oldest: Millis?
        if customer.status == .enabled, customer.pausedAt == nil {
            oldest = try oldestDue(
                customer: customer.number, kinds: tallies.filter { $0.value.due > 0 }.map(\.key))
        }
        return Glance(customer: customer, tallies: tallies, lags: lags, oldestDue: oldest, ending: ending)
    }

    /// Customers whose contract ends or has ended.
    private func endings(_ condition: String = "", _ values: [SQLValue] = []) throws -> [Int64: Glance.Ending] {
        var endings: [Int64: Glance.Ending] = [:]
        try each(
            "SELECT customer_id, finished_ms IS NOT NULL FROM erasure WHERE scope = 3 \(condition)", values
        ) { row in
            endings[row.int(0)] = row.flag(1) ? .ended : .going
            return true
        }
        return endings
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
