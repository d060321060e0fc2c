// SPDX-License-Identifier: Apache-2.0

/// Records by the moment they were spent, oldest first; old ones fall out at the front at no cost.
struct SlidingWindow: Sendable {
    private var entries: [(at: Millis, records: Int)] = []
    /// Entries before this index have fallen out.
    private var first = 0
    private var total = 0

    /// - Parameter at: a clock that was set back does not reorder the window: the entry then counts from the latest moment seen.
    mutating func add(_ records: Int, at: Millis) {
        entries.append((max(at, entries.last?.at ?? at), records))
        total += records
    }

    /// Lets go of what is `length` old or older.
    mutating func forget(at now: Millis, length: Duration) {
        while first < entries.count, entries[first].at + length <= now {
            total -= entries[first].records
            first += 1
        }
        if first > 1024, first * 2 > entries.count {
            entries.removeFirst(first)
            first = 0
        }
    }

    func sum(at now: Millis, length: Duration) -> Int {
        entries[first...].reduce(0) { $1.at + length > now ? $0 + $1.records : $0 }
    }

    /// When at most `most` records are left in the window; nil is now. A negative `most` counts as 0: the answer is when the window is empty.
    func moment(whenAtMost most: Int, at now: Millis, length: Duration) -> Millis? {
        var left = total
        var moment: Millis?
        for entry in entries[first...] where left > max(most, 0) {
            left -= entry.records
            if entry.at + length > now { moment = entry.at + length }
        }
        // What is still on the wire frees itself at an unknown moment: look again soon.
        if most < 0 { return max(moment ?? now, now + .milliseconds(50)) }
        return moment
    }
}

/// How hard LinkedIn's 429s slow a budget down.
struct Brake: Sendable {
    /// 429s without a clean minute between them.
    private var presses = 0
    private var pressedAt: Millis?
    /// Nothing goes before this moment.
    private(set) var until: Millis?

    /// One more 429. Without a moment from LinkedIn the pause doubles from 1 s to 15 minutes while 429s keep coming.
    mutating func press(at now: Millis, until told: Millis?) {
        presses = isClean(at: now) ? 1 : min(presses + 1, 20)
        pressedAt = now
        until = told ?? now + .seconds(min(1 << (presses - 1), 900))
    }

    /// 1 is the full pace; 2, 4 … 64 after 429s.
    func divisor(at now: Millis) -> Int { isClean(at: now) ? 1 : 1 << min(presses, 6) }

    /// Whether a minute in which calls could go has passed since the last 429.
    private func isClean(at now: Millis) -> Bool {
        guard let pressedAt else { return true }
        return max(pressedAt, until ?? pressedAt) + .seconds(60) <= now
    }
}
