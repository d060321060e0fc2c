// SPDX-License-Identifier: Apache-2.0

/// A moment: milliseconds since 1970-01-01 UTC. Also LinkedIn's unit for every time on the wire.
package struct Millis: Hashable, Comparable, Sendable {
    package var value: Int64

    package init(_ value: Int64) { self.value = value }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.value < rhs.value }
    package static func + (lhs: Self, rhs: Duration) -> Self { Self(lhs.value + rhs.milliseconds) }
    package static func - (lhs: Self, rhs: Duration) -> Self { Self(lhs.value - rhs.milliseconds) }
    package static func - (lhs: Self, rhs: Self) -> Duration { .milliseconds(lhs.value - rhs.value) }

    /// Days since 1970-01-01 UTC: LinkedIn's daily quotas reset when this number changes.
    package var utcDay: Int64 { Int64((Double(value) / 86_400_000).rounded(.down)) }

    /// The first moment of the next UTC day.
    package var nextUTCMidnight: Self { Self((utcDay + 1) * 86_400_000) }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
