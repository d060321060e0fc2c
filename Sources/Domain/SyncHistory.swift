// SPDX-License-Identifier: Apache-2.0

/// What became of some records, for the history that people look at.
package struct HistoryCount: Hashable, Sendable {
    /// Records that LinkedIn took, deletions among them.
    package var accepted = 0
    /// Records that LinkedIn refused.
    package var rejected = 0
    /// Calls that LinkedIn answered with 429.
    package var throttled = 0
    package var lags = LagHistogram()

    package init() {}

    package var isEmpty: Bool { accepted == 0 && rejected == 0 && throttled == 0 }

    /// - Parameter now: when the answers came; what was accepted is that much fresher.
    package mutating func count(_ outcome: Outcome, at now: Millis) {
        switch outcome.result {
        case .accepted:
            accepted += 1
            lags.count(now - outcome.since)
        // A job's task has yet to end, but the call did what it could.
        case .confirming: accepted += 1
        case .rejected: rejected += 1
        case .retry: break
        }
    }

    package static func += (lhs: inout Self, rhs: Self) {
        lhs.accepted += rhs.accepted
        lhs.rejected += rhs.rejected
        lhs.throttled += rhs.throttled
        lhs.lags += rhs.lags
    }
}

/// How fine the history is. Both are rings: a slot is used again when its time comes round.
package enum HistorySpan: Int64, Sendable {
    /// For the rate of the moment.
    case tenSeconds = 0
    /// For the chart of the last day.
    case hour = 1

    package var length: Int64 { self == .hour ? 3_600_000 : 10_000 }
    /// A few more than are shown, so that the oldest shown is never the one being overwritten.
    package var slots: Int64 { self == .hour ? 26 : 14 }

    /// When the step of a moment began.
    package func began(_ now: Millis) -> Millis { Millis(now.value / length * length) }
    package func slot(_ now: Millis) -> Int64 { now.value / length % slots }
}

/// One step of one customer's history.
package struct HistoryStep: Hashable, Sendable {
    package var began: Millis
    package var kind: RecordKind
    package var count: HistoryCount

    package init(began: Millis, kind: RecordKind, count: HistoryCount) {
        self.began = began
        self.kind = kind
        self.count = count
    }
}

/// How long changes took, counted in ten steps: enough to say "half of them within 12 s" without keeping every one.
package struct LagHistogram: Hashable, Sendable {
    /// The longest of each step but the last, which has no end.
    package static let bounds: [Duration] = [
        .seconds(1), .seconds(3), .seconds(10), .seconds(30), .seconds(120), .seconds(600), .seconds(3_600),
        .seconds(21_600), .seconds(86_400),
    ]

    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)

    package init() {}

    /// - Precondition: as many counts as there are steps.
    package init(_ counts: [Int]) {
        precondition(counts.count == Self.bounds.count + 1, "one count for each step")
        self.counts = counts
    }

    package mutating func count(_ lag: Duration) {
        counts[Self.bounds.firstIndex { lag <= $0 } ?? Self.bounds.count] += 1
    }

    /// The lag that `share` of the changes did not exceed, read off between the bounds of its step; nil when there was none.
    ///
    /// Of the last step nothing but its beginning is known.
    package func percentile(_ share: Double) -> Duration? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        let wanted = share * Double(total)
        var before = 0
        for (step, count) in counts.enumerated() where count > 0 {
            if Double(before + count) >= wanted {
                let low = step == 0 ? Duration.zero : Self.bounds[step - 1]
                guard step < Self.bounds.count else { return low }
                return low + (Self.bounds[step] - low) * ((wanted - Double(before)) / Double(count))
            }
            before += count
        }
        return Self.bounds.last
    }

    package static func += (lhs: inout Self, rhs: Self) {
        for step in lhs.counts.indices { lhs.counts[step] += rhs.counts[step] }
    }
}
