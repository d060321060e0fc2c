// SPDX-License-Identifier: Apache-2.0

import Domain
import TestSupport
import Testing

/// Random spending against a strict counter that stands for LinkedIn: its clock is off by up to two seconds, it counts a call at any moment
/// between its start and its answer, and processes die between a reservation and its call, or between the call and its answer.
@Suite struct BudgetPropertyTests {
    private struct Arrival { var at: Millis; var records: Int }

    @Test(arguments: 0..<40)
    func `no minute and no day ever holds more than its limit, whatever is spent and whoever dies`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var limits = Budget.Limits(recordsPerMinute: 1000, recordsPerDay: 60_000, requestsPerDay: 700)
        limits.margin = .milliseconds(250)
        var now = Millis(1_770_033_600_000).nextUTCMidnight - .seconds(600)
        let start = now
        let skew = Duration.milliseconds(Int64.random(in: -2000...2000, using: &random))
        var budget = Budget(limits)
        var reserved: [Spend] = []
        var arrivals: [Arrival] = []
        let impatience = Int64.random(in: 1...4000, using: &random)

        while now < start + .seconds(3600) {
            let records = Int.random(in: 1...100, using: &random)
            switch budget.maySpend(records: records, at: now) {
            case .wait(let until):
                #expect(until > now)
                now =
                    Bool.random(using: &random)
                    ? until : now + .milliseconds(Int64.random(in: 1...2000, using: &random))
            case .go:
                reserved.append(Spend(at: now, records: records, requests: 1))
                let end = now + .milliseconds(Int64.random(in: 0...3000, using: &random))
                let arrives = Int.random(in: 0..<20, using: &random) > 0
                if arrives {
                    let within = Duration.milliseconds(Int64.random(in: 0...(end - now).milliseconds, using: &random))
                    arrivals.append(Arrival(at: now + within + skew, records: records))
                }
                if Int.random(in: 0..<30, using: &random) == 0 {
                    // Dies before it hears the answer; another process takes over, perhaps at once.
                    now = end + .milliseconds(Int64.random(in: 0...5000, using: &random))
                    budget = resumed(limits, reserved, at: now)
                } else {
                    budget.answered(records: records, sentAt: now, at: end)
                    now = end
                }
                if Int.random(in: 0..<10, using: &random) == 0 {
                    now = now + .milliseconds(Int64.random(in: 0...impatience, using: &random))
                }
            }
        }

        #expect(!arrivals.isEmpty)
        arrivals.sort { $0.at < $1.at }
        #expect(most(arrivals, within: 60_000) <= 1000)
        #expect(most(arrivals, by: { $0.at.value / 60_000 }, sum: \.records) <= 1000)
        #expect(most(arrivals, by: { $0.at.utcDay }, sum: \.records) <= 60_000)
        #expect(most(arrivals, by: { $0.at.utcDay }, sum: { _ in 1 }) <= 700)
    }

    @Test func `the whole budget is used: a million records in a hundred windows`() {
        var budget = Budget(Budget.Limits(recordsPerMinute: 10_000, requestsPerDay: 100_000))
        let start = Millis(1_770_033_600_000)
        var now = start
        var sent = 0
        while sent < 1_000_000 {
            switch budget.maySpend(records: 100, at: now) {
            case .go:
                budget.answered(records: 100, sentAt: now, at: now)
                sent += 100
            case .wait(let until): now = until
            }
        }
        #expect(now - start <= .seconds(105 * 60))
    }

    private func resumed(_ limits: Budget.Limits, _ reserved: [Spend], at now: Millis) -> Budget {
        var days: [Int64: Budget.Day] = [:]
        for entry in reserved {
            // As `maySpend` and `answered` would have counted it at the worst.
            for day in (entry.at - limits.daySkew).utcDay...(min(entry.at + .seconds(3), now) + limits.daySkew).utcDay {
                days[day, default: Budget.Day()].records += entry.records
                days[day, default: Budget.Day()].requests += entry.requests
            }
        }
        return Budget.resumed(limits, reserved: reserved.suffix(3000), days: days, longestCall: .seconds(3), at: now)
    }

    private func most(_ arrivals: [Arrival], within length: Int64) -> Int {
        var worst = 0
        var sum = 0
        var first = 0
        for arrival in arrivals {
            sum += arrival.records
            while arrivals[first].at.value <= arrival.at.value - length {
                sum -= arrivals[first].records
                first += 1
            }
            worst = max(worst, sum)
        }
        return worst
    }

    private func most(_ arrivals: [Arrival], by key: (Arrival) -> Int64, sum: (Arrival) -> Int) -> Int {
        Dictionary(grouping: arrivals, by: key).values.map { $0.reduce(0) { $0 + sum($1) } }.max() ?? 0
    }
}
