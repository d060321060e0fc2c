// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store

/// Removes LinkedIn's data that is over its time, once a day, whatever the state of the integration.
final class Purger: Duty {
    private let scope: CustomerScope

    private static let interval: Duration = .seconds(86_400)

    init(_ scope: CustomerScope) { self.scope = scope }

    var name: DutyName { .retention }
    var needsEnabled: Bool { false }
    var turnstiles: [Turnstile] { [] }

    func step() async throws -> Lane.Run {
        guard scope.mayBegin() else { return Lane.Run() }
        let (customer, now) = (scope.customer.number, scope.time.now())
        // Nothing can be a day old on a customer's first day.
        let due =
            try await scope.store.read { try $0.nextPurge(customer: customer) }
            ?? scope.customer.createdAt + Self.interval
        guard due <= now else { return Lane.Run(wake: due) }
        let (lease, ttl) = (try scope.lease.current(), scope.options.leaseLifetime)
        // After an outage it runs once, and not once for every day that it missed.
        let next = now + Self.interval
        let (run, renewed) = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try tx.setNextPurge(next, customer: customer)
            return (try tx.purge(customer: customer, at: now), renewed)
        }
        scope.lease.renewed(renewed)
        let removed = run.counts.reduce(0) { $0 + $1.removed }
        if removed > 0 { _ = try await scope.store.emptyLog() }
        scope.log.info("LinkedIn's data that is over its time was removed", metadata: ["purge.rows": "\(removed)"])
        return Lane.Run(wake: next)
    }
}
