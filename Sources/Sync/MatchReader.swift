// SPDX-License-Identifier: Apache-2.0

import Domain
import Store

/// Reads back whom LinkedIn matched a customer's candidates to. Runs in the candidates' lane when nothing is to be sent.
///
/// Whether LinkedIn counts these reads as records is unknown (protocol reference 9, item 41), so they are counted, and they leave half of
/// every minute to what the ATS sends.
struct MatchReader: Sendable {
    private let scope: CustomerScope
    private let turnstile: Turnstile

    init(_ scope: CustomerScope, _ turnstile: Turnstile) {
        self.scope = scope
        self.turnstile = turnstile
    }

    /// Reads one batch of what is due.
    ///
    /// - Returns: whether something was read, and otherwise when to ask again.
    func step() async throws -> (didRead: Bool, wake: Millis?) {
        let (customer, now) = (scope.customer.number, scope.time.now())
        let limit = turnstile.largestCall
        let (due, next) = try await scope.store.read { tx in
            (try tx.matchesDue(customer: customer, at: now, limit: limit), try tx.nextMatch(customer: customer))
        }
        guard !due.isEmpty else { return (false, next) }
        let half = (turnstile.limits.recordsPerMinute ?? 0) / 2
        let ids = due.map(\.key.id)
        let passage = try await turnstile.pass(records: due.count, leaving: half) { [port = scope.port] in
            try await port.matches(of: ids)
        }
        switch passage {
        case .answered(let found):
            try await store(due) { found[$0.key.id] }
            return (true, nil)
        case .refused:
            // A batch that LinkedIn does not like is asked again at the next step; it must not stand in the way of sending.
            try await store(due) { _ in nil }
            return (true, nil)
        case .held(let until, _):
            return (false, until)
        }
    }

    private func store(_ due: [MatchPoll], _ found: (MatchPoll) -> PortMatch?) async throws {
        let (customer, now, schedule) = (scope.customer.number, scope.time.now(), scope.options.pace.matches)
        let readings = due.map { poll in
            let match = found(poll)
            return MatchReading(
                poll, matched: match?.matched, manual: match?.manual,
                nextAt: schedule.next(round: poll.step + 1, after: now))
        }
        let (lease, ttl) = (try scope.lease.current(), scope.options.leaseLifetime)
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try tx.storeMatches(readings, customer: customer, at: now)
            return renewed
        }
        scope.lease.renewed(renewed)
    }
}
