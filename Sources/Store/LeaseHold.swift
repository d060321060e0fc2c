// SPDX-License-Identifier: Apache-2.0

package import Domain
import Synchronization

/// The customer belongs to another process now, or to nobody: whatever was under way must not be settled by us.
package struct LeaseLost: Error {
    package init() {}
}

/// What this process holds of a customer's lease. Every settling commit renews it under its term, so a process that was paused too long
/// notices in the database and not by its own clock.
package final class LeaseHold: Sendable {
    private let lease: Mutex<Lease?>

    package init(_ lease: Lease?) { self.lease = Mutex(lease) }

    /// - Throws: `LeaseLost` when none is held.
    package func current() throws -> Lease {
        guard let lease = lease.withLock({ $0 }) else { throw LeaseLost() }
        return lease
    }

    package func isTrusted(at now: Millis) -> Bool { lease.withLock { $0?.isTrusted(at: now) ?? false } }

    /// Keeps the later of two renewals that finished in either order.
    package func renewed(_ newer: Lease) {
        lease.withLock { held in
            if let old = held, old.term == newer.term, old.expires > newer.expires { return }
            held = newer
        }
    }

    package func lose() { lease.withLock { $0 = nil } }
}
