// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Web

/// Remembers what a live topic showed last: a look that finds the same again costs no rendering.
final class LastLook<Shown: Hashable & Sendable>: Sendable {
    private let last = Mutex<(shown: Shown, updates: [LiveHub.Update])?>(nil)

    func updates(_ shown: Shown, _ render: (Shown) -> [LiveHub.Update]) -> [LiveHub.Update] {
        if let last = last.withLock({ $0 }), last.shown == shown { return last.updates }
        let updates = render(shown)
        last.withLock { $0 = (shown, updates) }
        return updates
    }
}
