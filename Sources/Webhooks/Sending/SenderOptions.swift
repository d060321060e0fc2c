// SPDX-License-Identifier: Apache-2.0

import Domain

/// How deliveries go.
package struct SenderOptions: Sendable {
    package var schedule: RetrySchedule = .standard
    /// Posts under way at once to one webhook. With 1 first attempts arrive strictly in order; with more they begin in order.
    package var width = 8
    /// Events that are read together; an event that takes long holds up no more than these.
    package var page = 100
    package var leaseLifetime: Duration = Lease.lifetime
    /// How often what an API call or another process asked for is looked for.
    package var idlePoll: Duration = .seconds(1)
    /// Unique per process and start.
    package var holder: String
    /// 0 ≤ value < 1, spreads retries.
    package var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    package init(holder: String) { self.holder = holder }
}
