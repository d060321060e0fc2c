// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@Suite struct BudgetTests {
    private let noon = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC

    private func limits(_ perMinute: Int? = 10_000, perDay: Int? = 100_000, recordsPerDay: Int? = nil) -> Budget.Limits
    {
        Budget.Limits(recordsPerMinute: perMinute, recordsPerDay: recordsPerDay, requestsPerDay: perDay)
    }

    @Test func `a hundred full calls go at once and the next one waits for the first to leave the window`() {
        var budget = Budget(limits())
        for call in 0..<100 {
            #expect(budget.maySpend(records: 100, at: noon + .milliseconds(call)) == .go)
            budget.answered(records: 100, sentAt: noon + .milliseconds(call), at: noon + .milliseconds(call + 1))
        }
        let next = budget.maySpend(records: 100, at: noon + .milliseconds(100))
        #expect(next == .wait(until: noon + .milliseconds(1) + .seconds(60) + .milliseconds(250)))
        #expect(budget.maySpend(records: 100, at: noon + .milliseconds(60_251)) == .go)
    }

    @Test func `a slow call counts from its answer and not from its start`() {
        var budget = Budget(limits(100))
        #expect(budget.maySpend(records: 100, at: noon) == .go)
        budget.answered(records: 100, sentAt: noon, at: noon + .seconds(20))
        #expect(budget.maySpend(records: 100, at: noon + .seconds(61)) == .wait(until: noon + .milliseconds(80_250)))
    }

    @Test func `what is on the wire is not given away twice`() {
        var budget = Budget(limits(150))
        #expect(budget.maySpend(records: 100, at: noon) == .go)
        #expect(budget.maySpend(records: 100, at: noon) != .go)
        #expect(budget.maySpend(records: 50, at: noon) == .go)
    }

    @Test func `room left for somebody more important is not taken`() {
        var budget = Budget(limits(1000))
        #expect(
            budget.maySpend(records: 100, at: noon, leaving: 950) != .go
                || budget.usage(at: noon).recordsLastMinute <= 100)
        for _ in 0..<8 { _ = budget.maySpend(records: 100, at: noon, leaving: 100) }
        #expect(budget.maySpend(records: 100, at: noon, leaving: 100) != .go)
        #expect(budget.maySpend(records: 100, at: noon) == .go)
    }

    @Test func `a day's requests end at LinkedIn's midnight and begin again a little after it`() {
        var budget = Budget(limits(nil, perDay: 2))
        #expect(budget.maySpend(records: 1, at: noon) == .go)
        #expect(budget.maySpend(records: 1, at: noon) == .go)
        let midnight = noon.nextUTCMidnight
        #expect(budget.maySpend(records: 1, at: noon) == .wait(until: midnight + .seconds(5)))
        #expect(budget.maySpend(records: 1, at: midnight) == .wait(until: midnight + .seconds(5)))
        #expect(budget.maySpend(records: 1, at: midnight + .seconds(5)) == .go)
    }

    @Test func `a call just before midnight counts for both days`() {
        var budget = Budget(limits(nil, perDay: 1))
        let late = noon.nextUTCMidnight - .seconds(2)
        #expect(budget.maySpend(records: 1, at: late) == .go)
        #expect(budget.maySpend(records: 1, at: late + .seconds(8)) != .go)
    }

    @Test func `a call under way at midnight counts for both days`() {
        var budget = Budget(limits(nil, perDay: 1))
        let midnight = noon.nextUTCMidnight
        #expect(budget.maySpend(records: 1, at: midnight - .seconds(20)) == .go)
        budget.answered(records: 1, sentAt: midnight - .seconds(20), at: midnight + .seconds(9))
        #expect(budget.maySpend(records: 1, at: midnight + .seconds(10)) != .go)
    }

    @Test func `records of a day are a limit of their own`() {
        var budget = Budget(limits(nil, perDay: nil, recordsPerDay: 250))
        #expect(budget.maySpend(records: 100, at: noon) == .go)
        #expect(budget.maySpend(records: 100, at: noon) == .go)
        #expect(budget.maySpend(records: 100, at: noon) != .go)
        #expect(budget.maySpend(records: 50, at: noon) == .go)
    }

    @Test func `a 429 halves the pace and a clean minute restores it`() {
        var budget = Budget(limits())
        budget.throttled(at: noon)
        #expect(budget.maySpend(records: 100, at: noon) == .wait(until: noon + .seconds(1)))
        let later = noon + .seconds(1)
        for _ in 0..<50 {
            #expect(budget.maySpend(records: 100, at: later) == .go)
            budget.answered(records: 100, sentAt: later, at: later)
        }
        #expect(budget.maySpend(records: 100, at: later) != .go)
        #expect(budget.usage(at: later).isThrottled)
        let clean = noon + .seconds(62)
        for _ in 0..<100 { #expect(budget.maySpend(records: 100, at: clean) == .go) }
        #expect(!budget.usage(at: clean).isThrottled)
    }

    @Test func `a moment told by LinkedIn is honoured`() {
        var budget = Budget(limits())
        budget.throttled(at: noon, until: noon + .seconds(90))
        #expect(budget.maySpend(records: 1, at: noon + .seconds(89)) == .wait(until: noon + .seconds(90)))
    }

    @Test
    func `a 429 of the day waits for midnight when our own count agrees, and probes ever less often when it does not`()
    {
        var spent = Budget(limits(), days: [noon.utcDay: Budget.Day(records: 0, requests: 95_000)])
        spent.throttled(at: noon, wholeDay: true)
        #expect(spent.maySpend(records: 1, at: noon + .seconds(9)) == .wait(until: noon.nextUTCMidnight + .seconds(5)))

        var fresh = Budget(limits())
        var now = noon
        for _ in 0..<15 {
            fresh.throttled(at: now, wholeDay: true)
            guard case .wait(let until) = fresh.maySpend(records: 1, at: now) else {
                Issue.record("a 429 was ignored")
                return
            }
            now = until
        }
        #expect(now - noon > .seconds(900))
        #expect(now - noon < .seconds(15 * 900))
    }

    @Test func `without limits everything goes`() {
        var budget = Budget(.none)
        for _ in 0..<1000 { #expect(budget.maySpend(records: 100, at: noon) == .go) }
    }

    @Test func `a clock set back only makes us slower`() {
        var budget = Budget(limits(100))
        #expect(budget.maySpend(records: 100, at: noon) == .go)
        budget.answered(records: 100, sentAt: noon, at: noon)
        #expect(budget.maySpend(records: 100, at: noon - .seconds(30)) != .go)
        #expect(budget.maySpend(records: 100, at: noon + .milliseconds(60_250)) == .go)
    }
}
