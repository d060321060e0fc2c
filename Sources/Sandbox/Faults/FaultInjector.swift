// SPDX-License-Identifier: Apache-2.0

import People
import Synchronization

/// Decides for each request whether a rule of the plan strikes. The plan lives as long as the process.
package final class FaultInjector: Sendable {
    /// A rule that struck, with the seed of what is random inside it.
    struct Strike: Sendable, Hashable {
        var rule: FaultPlan.Rule
        var seed: UInt64

        var partial: PartialFaults { rule.kind == .partial ? PartialFaults(seed: seed, share: rule.share) : .none }
    }

    private struct State {
        var plan: FaultPlan?
        /// Requests and events since the plan was set.
        var number = 0
        /// Per rule: requests it looked at, and times it struck.
        var seen: [Int] = []
        var struck: [Int] = []
    }

    private let state = Mutex(State())
    /// Read without the lock on every request: no plan is the usual case.
    private let isActive = Atomic(false)

    package init() {}

    /// Replaces the plan and counts from the beginning; nil clears it.
    package func set(_ plan: FaultPlan?) {
        state.withLock { state in
            let rules = plan?.rules.count ?? 0
            state = State(
                plan: plan, seen: Array(repeating: 0, count: rules), struck: Array(repeating: 0, count: rules))
            isActive.store(rules > 0, ordering: .releasing)
        }
    }

    /// The plan with how often each rule struck so far.
    package var report: (plan: FaultPlan, requests: Int, struck: [Int])? {
        state.withLock { state in state.plan.map { ($0, state.number, state.struck) } }
    }

    /// - Parameter group: an endpoint group's name, or `oauth`.
    func strike(group: String) -> Strike? { strike(group, push: false) }

    /// Whether a request of this group is struck; it counts as one.
    package func strikes(group: String) -> Bool { strike(group: group) != nil }

    /// For a push notification.
    func strikePush() -> Strike? { strike(nil, push: true) }

    private func strike(_ group: String?, push: Bool) -> Strike? {
        guard isActive.load(ordering: .acquiring) else { return nil }
        return state.withLock { state in
            guard let plan = state.plan else { return nil }
            state.number += 1
            var found: Strike?
            for (index, rule) in plan.rules.enumerated() {
                guard rule.kind.isPush == push, rule.group == nil || rule.group == group else { continue }
                state.seen[index] += 1
                guard found == nil, state.seen[index] > rule.after, state.struck[index] < rule.times ?? .max else {
                    continue
                }
                var dice = Dice(seed: plan.seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15, index: state.number)
                guard dice.fraction() < rule.probability else { continue }
                state.struck[index] += 1
                found = Strike(rule: rule, seed: dice.next())
            }
            return found
        }
    }
}
