// SPDX-License-Identifier: Apache-2.0

import People

/// Which entities of one batch fail with status 500: decided by the plan's seed, so that a run can be repeated.
package struct PartialFaults: Sendable, Hashable {
    private var seed: UInt64
    /// Part of the entities that fail, 0…1.
    private var share: Double

    /// No entity fails.
    package static let none = PartialFaults(seed: 0, share: 0)

    package init(seed: UInt64, share: Double) {
        self.seed = seed
        self.share = share
    }

    package var isEmpty: Bool { share <= 0 }

    /// Whether the entity at this position of the batch fails.
    package func strikes(_ position: Int) -> Bool {
        guard share > 0 else { return false }
        var dice = Dice(seed: seed, index: position)
        return dice.fraction() < share
    }
}
