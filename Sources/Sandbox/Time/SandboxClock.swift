// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The time the sandbox lives in: a source plus an offset that only grows. Nothing else of the sandbox reads a clock.
///
/// The offset is what `POST /_sandbox/clock` changes; it is kept in the world, so a restart does not turn time back.
package final class SandboxClock: Sendable {
    /// Where the time underneath comes from.
    package enum Source: Sendable {
        /// The machine's clock.
        case system
        /// Somebody else's clock, in milliseconds since 1970: a test drives the sandbox and its client with the same
        /// one.
        case following(@Sendable () -> Int64)
        /// Stands still at this moment until it is moved.
        case fixed(Moment)
    }

    private let source: Source
    private let offset: Mutex<Int64>

    package init(_ source: Source = .system, offset: Duration = .zero) {
        self.source = source
        self.offset = Mutex(offset.wholeMilliseconds)
    }

    package func now() -> Moment {
        let base: Int64 =
            switch source {
            case .system: Int64(Date().timeIntervalSince1970 * 1000)
            case .following(let time): time()
            case .fixed(let moment): moment.millis
            }
        return Moment(base + offset.withLock { $0 })
    }

    /// How far the sandbox is ahead of its source, in milliseconds.
    package var offsetMillis: Int64 { offset.withLock { $0 } }

    /// Moves forward; a negative duration changes nothing, because tokens, tasks and counters rely on time not going
    /// back.
    package func advance(by duration: Duration) {
        offset.withLock { $0 += max(0, duration.wholeMilliseconds) }
    }

    /// For opening a world: takes over the offset that was stored with it.
    func setOffset(millis: Int64) { offset.withLock { $0 = millis } }
}
