// SPDX-License-Identifier: Apache-2.0

/// How far one feed of one contract (and, for InMail, one seat) was read. Everything that reading must not forget is in it.
package struct PullCursor: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package var feed: PullFeed
        /// 0 for what belongs to the organization.
        package var contract: Int64
        /// The lowest of the owners; 0 for lists.
        package var seat: Int64
        /// Reads what was there before the seat was seen first, and ends.
        package var isHistory: Bool

        package init(_ feed: PullFeed, contract: Int64 = 0, seat: Int64 = 0, isHistory: Bool = false) {
            self.feed = feed
            self.contract = contract
            self.seat = seat
            self.isHistory = isHistory
        }
    }

    package let key: Key
    /// The seats that are asked for in one call, ascending; empty for lists.
    package var owners: [Int64]
    /// Everything before this moment was read. Of a list: when its last complete reading began.
    package var through: Millis
    /// Reading ends here; nil for ever.
    package var stop: Millis?
    /// What is being read, page by page; nil between windows. Of a list: from and to are when reading began.
    package var window: PullWindow?
    /// Elements of the window that were read.
    package var start = 0
    /// What tells the last element read from others: the next page must begin with it, or the window's elements moved meanwhile.
    package var last: String?
    /// How often the window was begun again because its elements moved.
    package var restarts = 0
    /// When to read next; nil: never, the seat has left.
    package var dueAt: Millis?
    /// Failures in a row, and the last one's reason, which is safe to show.
    package var failures = 0
    package var reason: String?

    package init(_ key: Key, owners: [Int64] = [], through: Millis, stop: Millis? = nil, dueAt: Millis?) {
        self.key = key
        self.owners = owners
        self.through = through
        self.stop = stop
        self.dueAt = dueAt
    }

    package var feed: PullFeed { key.feed }

    /// After so many pages that do not fit together they are taken as they come: whoever answers so does not mean it, and the next look
    /// reads a little of it again.
    static let mostRestarts = 12
}

/// From a moment (included) to another (not included).
package struct PullWindow: Hashable, Sendable {
    package var from: Millis
    package var to: Millis

    package init(from: Millis, to: Millis) {
        self.from = from
        self.to = to
    }

    package var length: Duration { to - from }
}

/// One call: a page of a window.
package struct PullCall: Hashable, Sendable {
    package var window: PullWindow
    package var start: Int
    package var count: Int
}

/// What came, as far as paging needs it.
package struct PulledPage<Item: Sendable>: Sendable {
    package var items: [Item]
    /// How many elements came, readable or not.
    package var elements: Int
    package var first: String?
    package var last: String?

    package init(items: [Item], elements: Int, first: String?, last: String?) {
        self.items = items
        self.elements = elements
        self.first = first
        self.last = last
    }
}

extension PullCursor {
    /// The next call, as of now. A page after the first asks for the last element again.
    package func call(at now: Millis, _ pace: PullPace) -> PullCall {
        PullCall(
            window: window ?? nextWindow(at: now, pace), start: max(0, start - 1), count: feed.pageSize)
    }

    /// What the cursor is after a page was stored; nil when it has read all it was made for.
    ///
    /// - Parameters:
    ///   - interval: between two looks when nothing is to be caught up.
    package func read<Item>(
        _ page: PulledPage<Item>, of call: PullCall, at now: Millis, interval: Duration, _ pace: PullPace
    ) -> PullCursor? {
        var next = self
        next.failures = 0
        next.reason = nil
        next.dueAt = now + pace.spacing(feed)
        next.window = call.window
        let hasMoved = call.start > 0 && page.first != last
        // A full page that ends where the one before ended brought nothing: whoever answers does not know `start`.
        let hasMore = page.elements >= call.count && (call.start == 0 || page.last != last)
        if hasMoved && next.beginAgain() { return next }
        if hasMore, call.start + page.elements + call.count > feed.reach, next.halve() { return next }
        guard hasMore else { return next.finished(at: now, interval: interval) }
        next.start = call.start + page.elements
        next.last = page.last
        return next
    }

    /// What the cursor is after LinkedIn, or the way to it, failed: the same page again, later.
    ///
    /// - Parameter isRefused: LinkedIn does not answer this question. Of a seat that has left it is not asked again.
    package func failed(_ reason: String, isRefused: Bool, until: Millis) -> PullCursor {
        var next = self
        next.failures += 1
        next.reason = reason
        next.dueAt = isRefused && stop != nil && !key.isHistory ? nil : until
        return next
    }

    /// The clock was set back by so much: what was read while it was ahead may be less than was believed.
    package func setBack(by step: Duration, at now: Millis) -> PullCursor {
        var next = self
        next.through = next.through - step
        next.window = nil
        next.start = 0
        next.last = nil
        if dueAt != nil { next.dueAt = now }
        return next
    }

    private func nextWindow(at now: Millis, _ pace: PullPace) -> PullWindow {
        if feed.isList { return PullWindow(from: now, to: now) }
        let from = through - pace.overlap
        let to = min(from + pace.longestWindow(feed), now, stop ?? now)
        return PullWindow(from: from, to: max(to, from + .milliseconds(1)))
    }

    /// Elements came or went while the window was read: reads a shorter one, which fits into fewer pages; a list as a whole again.
    ///
    /// - Returns: false when that does not help.
    private mutating func beginAgain() -> Bool {
        if feed.isList {
            guard restarts < Self.mostRestarts else { return false }
            restarts += 1
            start = 0
            last = nil
            return true
        }
        return halve()
    }

    /// Keeps what is read twice anyway and halves the rest, so that every window that is read to its end leads on.
    private mutating func halve() -> Bool {
        guard let whole = window else { return false }
        let known = max(whole.from, min(through, whole.to))
        let rest = whole.to - known
        guard rest > .seconds(1), restarts < Self.mostRestarts else { return false }
        window = PullWindow(from: whole.from, to: known + rest / 2)
        restarts += 1
        start = 0
        last = nil
        return true
    }

    private func finished(at now: Millis, interval: Duration) -> PullCursor? {
        guard let window else { return self }
        var next = self
        next.window = nil
        next.start = 0
        next.last = nil
        next.restarts = 0
        next.through = max(through, window.to)
        let isBehind = !feed.isList && (key.isHistory || now - next.through > interval)
        if let stop, next.through >= stop {
            // A seat that left is read up to its leaving and waits for its return.
            guard !key.isHistory else { return nil }
            next.stop = nil
            next.dueAt = nil
        } else if !isBehind {
            next.dueAt = max(next.dueAt ?? now, now + interval)
        }
        return next
    }
}
