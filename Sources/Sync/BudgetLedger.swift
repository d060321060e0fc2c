// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Synchronization

/// One customer's budget of one endpoint group, kept across restarts.
///
/// Every call is reserved durably *before* it is sent, for exactly what it carries: a crash wastes at most one call of the budget and never
/// overspends it. Calls of one group are sequential, so the extra commit costs nothing that the quota would not cost anyway; without a
/// quota nothing is written.
final class BudgetLedger: Sendable {
    let group: EndpointGroup
    let limits: Budget.Limits
    private let customer: Int64
    private let store: Store
    private let longestCall: Duration
    /// nil until the first use reads what was spent before.
    private let budget = Mutex<Budget?>(nil)

    init(_ group: EndpointGroup, limits: Budget.Limits, customer: Int64, store: Store, longestCall: Duration) {
        self.group = group
        self.limits = limits
        self.customer = customer
        self.store = store
        self.longestCall = longestCall
    }

    /// The most records one call may carry.
    var largestCall: Int { Budget(limits).largestCall }

    /// Asks for one call, and reserves it when it may go.
    ///
    /// - Throws: `StoreError` when the reservation cannot be written; then nothing may be sent.
    func spend(_ records: Int, at now: Millis, leaving: Int = 0) async throws -> Budget.Decision {
        try await load(at: now)
        let decision = budget.withLock { $0!.maySpend(records: records, at: now, leaving: leaving) }
        guard decision == .go, limits != .none else { return decision }
        do {
            try await store.write { [customer, group] tx in
                try tx.reserve(customer: customer, group: group.rawValue, records: records, requests: 1, at: now)
            }
        } catch {
            answered(records, sentAt: now, at: now)
            throw error
        }
        return .go
    }

    /// The call has ended, well or badly.
    func answered(_ records: Int, sentAt: Millis, at now: Millis) {
        budget.withLock { $0?.answered(records: records, sentAt: sentAt, at: now) }
    }

    /// - Returns: when the next call may go.
    func throttled(_ failure: PortFailure?, at now: Millis) -> Millis {
        budget.withLock { budget in
            budget?.throttled(
                at: now, until: failure?.retryAfter.map { now + $0 }, wholeDay: failure?.isDayLimit ?? false)
            return budget?.usage(at: now).nextAt ?? now + .seconds(1)
        }
    }

    func usage(at now: Millis) async throws -> BudgetUsage {
        try await load(at: now)
        return budget.withLock { $0!.usage(at: now) }
    }

    /// Reads what this and earlier processes spent.
    private func load(at now: Millis) async throws {
        guard budget.withLock({ $0 == nil }) else { return }
        guard limits != .none else {
            budget.withLock { $0 = Budget(limits) }
            return
        }
        let (customer, group, since) = (customer, group.rawValue, now - longestCall - .seconds(120))
        let loaded = try await store.read { [limits, longestCall] tx in
            let reserved = try tx.spending(customer: customer, group: group, since: since)
            var days: [Int64: Budget.Day] = [:]
            for day in now.utcDay - 1...now.utcDay + 1 {
                let spent = try tx.spentToday(customer: customer, group: group, day: day)
                days[day] = Budget.Day(records: spent.records, requests: spent.requests)
            }
            // Calls near a midnight count for both days (`Budget.Limits.daySkew`), and so does one that may have been under way then.
            for spend in reserved {
                let touched =
                    (spend.at - limits.daySkew).utcDay...(min(spend.at + longestCall, now) + limits.daySkew).utcDay
                for day in touched where day != spend.at.utcDay {
                    days[day, default: Budget.Day()].records += spend.records
                    days[day, default: Budget.Day()].requests += spend.requests
                }
            }
            return Budget.resumed(limits, reserved: reserved, days: days, longestCall: longestCall, at: now)
        }
        budget.withLock { if $0 == nil { $0 = loaded } }
    }
}
