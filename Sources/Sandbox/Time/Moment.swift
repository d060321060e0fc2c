// SPDX-License-Identifier: Apache-2.0

/// A moment of the sandbox's clock: milliseconds since 1970-01-01 UTC, LinkedIn's unit for every time on the wire.
package struct Moment: Hashable, Comparable, Sendable {
    package var millis: Int64

    package init(_ millis: Int64) { self.millis = millis }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.millis < rhs.millis }
    package static func + (lhs: Self, rhs: Duration) -> Self { Self(lhs.millis + rhs.wholeMilliseconds) }
    package static func - (lhs: Self, rhs: Duration) -> Self { Self(lhs.millis - rhs.wholeMilliseconds) }

    /// Days since 1970-01-01 UTC. LinkedIn's daily counters start anew when it changes [doc: rate limits].
    package var utcDay: Int64 { millis >= 0 ? millis / 86_400_000 : (millis - 86_399_999) / 86_400_000 }

    /// Whole seconds since 1970-01-01 UTC.
    package var second: Int64 { millis >= 0 ? millis / 1000 : (millis - 999) / 1000 }
}

extension Duration {
    /// Rounded towards zero.
    var wholeMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
