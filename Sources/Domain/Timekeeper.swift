// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Foundation

/// The clock a part of the program lives by. Nothing of ours reads the system's clock in any other way.
package protocol Timekeeper: Sendable {
    func now() -> Millis
}

/// The machine's clock.
package struct SystemTime: Timekeeper {
    package init() {}
    package func now() -> Millis { Millis(Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// A clock that moves only when told: a day of LinkedIn's quotas in seconds.
package final class VirtualTime: Timekeeper {
    private let current: Mutex<Millis>

    package init(_ start: Millis) { current = Mutex(start) }

    package func now() -> Millis { current.withLock { $0 } }

    /// Moves forward to `moment`; a moment in the past changes nothing.
    package func advance(to moment: Millis) { current.withLock { $0 = max($0, moment) } }

    package func advance(by duration: Duration) { current.withLock { $0 = $0 + duration } }
}
