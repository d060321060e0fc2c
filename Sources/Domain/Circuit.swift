// SPDX-License-Identifier: Apache-2.0

/// Whether a lane should talk to LinkedIn at all: five failures in a row of whole calls open it, one success closes it.
///
/// While it is open one call is tried after each pause, and the pauses widen from 10 s to 5 minutes.
package struct Circuit: Hashable, Sendable {
    package static let tolerance = 5
    private static let widening = PollSchedule(
        .seconds(10), .seconds(20), .seconds(40), .seconds(80), .seconds(160), .seconds(300))

    package private(set) var failures = 0
    /// Nothing is sent before this moment.
    package private(set) var heldUntil: Millis?
    /// What went wrong last; safe to show.
    package private(set) var reason: String?

    package init() {}

    package var isOpen: Bool { failures >= Self.tolerance }

    /// One more whole call failed.
    ///
    /// - Parameter pause: what the retry rule says; used while the circuit is closed.
    /// - Returns: when to try again.
    @discardableResult
    package mutating func failed(at now: Millis, pause: Duration, reason: String) -> Millis {
        failures += 1
        self.reason = reason
        let widened = isOpen ? Self.widening.pause(before: failures - Self.tolerance) : .zero
        let until = now + max(pause, widened)
        heldUntil = until
        return until
    }

    package mutating func succeeded() { self = Circuit() }

    /// When the next call may go; nil is now.
    package func wait(at now: Millis) -> Millis? { heldUntil.flatMap { $0 > now ? $0 : nil } }
}

/// How many records a lane puts into one call. Shrinks when whole calls fail, so that one bad record cannot block its neighbours for long.
package struct CallSize: Hashable, Sendable {
    package private(set) var records: Int
    private let most: Int

    package init(most: Int = 100) {
        records = most
        self.most = most
    }

    /// The call was too large (413, 414), or the far side broke on it again.
    package mutating func shrink() { records = max(1, records / 2) }

    /// A call of this size went well.
    package mutating func grow() { records = min(most, records * 2) }
}
