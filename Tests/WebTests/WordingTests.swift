// SPDX-License-Identifier: Apache-2.0

import Testing
import Web

struct WordingTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_204_331, "1,204,331"), (-12_345, "−12,345")])
    func `counts have commas`(count: Int, text: String) {
        #expect(Wording.count(count) == text)
    }

    @Test(
        arguments: [
            (0, "0 ms"), (999, "999 ms"), (1_000, "1 s"), (250_000, "4 min 10 s"), (240_000, "4 min"),
            (11_100_000, "3 h 5 min"), (90_000_000, "1 day 1 h"), (187_200_000, "2 days 4 h"),
        ] as [(Int64, String)])
    func `durations have at most two units`(milliseconds: Int64, text: String) {
        #expect(Wording.duration(milliseconds: milliseconds) == text)
    }

    @Test func `distances in time say which way`() {
        #expect(Wording.relative(1_000, now: 1_500) == "just now")
        #expect(Wording.relative(1_000, now: 13_000) == "12 s ago")
        #expect(Wording.relative(251_000, now: 1_000) == "in 4 min")
        #expect(Wording.relative(0, now: 59 * 86_400_000) == "59 days ago")
        #expect(Wording.relative(0, now: 60 * 86_400_000) == "2 months ago")
        #expect(Wording.relative(0, now: 803 * 86_400_000) == "2 years ago")
    }

    @Test func `times are in UTC, for people and for machines`() {
        let time = ShownTime(1_795_338_843_000, now: 1_795_338_846_000)
        #expect(time.exact == "2026-11-22 09:14:03 UTC")
        #expect(time.iso == "2026-11-22T09:14:03Z")
        #expect(time.relative == "3 s ago")
    }

    @Test(
        arguments: [(0, "0 B"), (1_500, "1.5 kB"), (12_400_000, "12 MB"), (1_400_000_000, "1.4 GB")]
            as [(Int64, String)])
    func `sizes are short`(bytes: Int64, text: String) {
        #expect(Wording.bytes(bytes) == text)
    }

    @Test func `not quite all is never all, and something is never nothing`() {
        #expect(Wording.percent(999, of: 1_000) == "99 %")
        #expect(Wording.percent(1, of: 1_000) == "< 1 %")
        #expect(Wording.percent(0, of: 0) == "–")
        #expect(Wording.percent(5, of: 5) == "100 %")
    }
}
