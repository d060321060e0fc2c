// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Logging
import Store
import Synchronization

/// Knows whether the customer's integration is enabled, and does the ATS's part of enabling it.
final class IntegrationKeeper: Sendable {
    private struct State {
        var status: IntegrationState
        var nextAt: Millis?
        var round = 0
        /// Told to LinkedIn since this process started; doing it again after a restart repairs what a person changed.
        var configured: Set<IntegrationRef> = []
    }

    let turnstile: Turnstile
    private let scope: CustomerScope
    private let state: Mutex<State>

    init(_ scope: CustomerScope) {
        self.scope = scope
        turnstile = Turnstile(.integrations, scope)
        state = Mutex(State(status: scope.customer.status))
    }

    var status: IntegrationState { state.withLock { $0.status } }

    /// Something says that it changed: ask at once, and often for a while.
    func nudge() {
        state.withLock {
            $0.nextAt = nil
            $0.round = 0
        }
    }

    /// Asks LinkedIn when it is time to.
    ///
    /// - Returns: when it is time again; nil when this process may not ask.
    func tick() async throws -> Millis? {
        if scope.takeDoubt() { nudge() }
        let now = scope.time.now()
        if let nextAt = state.withLock({ $0.nextAt }), nextAt > now { return nextAt }
        let wanted = Onboarding.wanted(scope.customer)
        /// When what LinkedIn could not be told now is told again: who may see jobs must not wait for the next reading.
        let retryAt: Millis?
        switch try await turnstile.pass(
            records: wanted.count, { [port = scope.port] in try await port.integrations(wanted) })
        {
        case .answered(let found):
            retryAt = try await configure(found)
            try await store(found)
        case .refused(let failure):
            let until = turnstile.failed(failure.message)
            state.withLock { $0.nextAt = until }
            return until
        case .held(let until, _):
            return until
        }
        return state.withLock { state in
            let pace = scope.options.pace
            let schedule = state.status == .enabled ? pace.integrationsEnabled : pace.integrationsPending
            let next = schedule.next(round: state.round, after: scope.time.now())
            state.nextAt = min(next, retryAt ?? next)
            state.round += 1
            return state.nextAt
        }
    }

    /// Names and settings first, because a callback is needed before the customer can enable the export (protocol reference 2.4.4).
    ///
    /// - Returns: when to try again what did not work; nil when LinkedIn knows everything.
    private func configure(_ found: [PortIntegration]) async throws -> Millis? {
        var retryAt: Millis?
        let callback = scope.options.callbackBase.map { "\($0)/callbacks/linkedin/\(scope.customer.id)" }
        let name = Onboarding.name(for: scope.customer.name)
        for integration in found where !state.withLock({ $0.configured.contains(integration.ref) }) {
            let settings = Onboarding.settings(
                of: integration.ref.type, callback: callback, visibility: scope.customer.settings.visibility)
            let passage = try await turnstile.pass(records: 1 + settings.count) { [port = scope.port] in
                try await port.configure(integration.ref, name: name, settings: settings)
            }
            switch passage {
            case .answered: break
            case .refused(let failure):
                retryAt = turnstile.failed(failure.message)
                continue
            case .held(let until, _):
                retryAt = until ?? retryAt
                continue
            }
            state.withLock { _ = $0.configured.insert(integration.ref) }
            scope.log.info(
                "told LinkedIn the name and the settings of an integration",
                metadata: ["integration.type": "\(integration.ref.type)"])
        }
        return retryAt
    }

    private func store(_ found: [PortIntegration]) async throws {
        let before = status
        let after = Onboarding.state(of: found, before: before)
        let (customer, now, lease, ttl) = (
            scope.customer.number, scope.time.now(), try scope.lease.current(), scope.options.leaseLifetime
        )
        // What LinkedIn was just told counts until it says it itself, which takes until the next reading.
        let told = state.withLock { $0.configured }
        let name = Onboarding.name(for: scope.customer.name)
        let renewed = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            for integration in found {
                try tx.setIntegration(
                    customer: customer, type: integration.ref.type, context: integration.ref.context,
                    name: integration.name ?? (told.contains(integration.ref) ? name : ""),
                    status: integration.status, at: now)
            }
            if try tx.setStatus(customer: customer, after), after == .enabled {
                // What LinkedIn kept while it was off is unknown (protocol reference 9, item 37), so everything goes once more.
                try tx.resync(customer: customer)
            }
            return renewed
        }
        scope.lease.renewed(renewed)
        while try await resyncSlice() {}
        guard after != before else { return }
        state.withLock {
            $0.status = after
            $0.round = 0
        }
        scope.log.info("the integration changed", metadata: ["integration.state": "\(after)"])
        scope.ring(RecordKind.allCases)
    }

    /// What has to be sent again becomes due before the lanes begin, so that nothing goes twice; also what a process that died left of it.
    ///
    /// - Returns: false when nothing is left.
    private func resyncSlice() async throws -> Bool {
        let (customer, now, lease, ttl) = (
            scope.customer.number, scope.time.now(), try scope.lease.current(), scope.options.leaseLifetime
        )
        let (isMore, renewed) = try await scope.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            return (try tx.resyncSlice(customer: customer, at: now), renewed)
        }
        scope.lease.renewed(renewed)
        return isMore
    }
}
