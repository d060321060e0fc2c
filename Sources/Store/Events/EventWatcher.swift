// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells those who wait that a customer has newer events, also when another process appended them.
///
/// One loop for the whole process reads the heads of all feeds ten times a second, and only while somebody waits: a long poll costs
/// nothing but its place.
package final class EventWatcher: Sendable {
    private struct Waiter {
        var customer: Int64
        var beyond: Int64
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var waiters: [Int: Waiter] = [:]
        /// Waits that ended before they began: cancelled at once.
        var ended: Set<Int> = []
        var nextTicket = 0
        var isLooking = false
    }

    private let store: Store
    private let interval: Duration
    private let state = Mutex(State())

    package init(_ store: Store, interval: Duration = .milliseconds(100)) {
        self.store = store
        self.interval = interval
    }

    /// How many wait now.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// Returns when the customer's newest event has a number above `beyond`, after `longest`, or when the task is cancelled.
    package func wait(for customer: Int64, beyond: Int64, atMost longest: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(for: customer, beyond: beyond) }
            group.addTask { try? await Task.sleep(for: longest) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(for customer: Int64, beyond: Int64) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isOver, mustLook) = state.withLock { state in
                    if state.ended.remove(ticket) != nil { return (true, false) }
                    state.waiters[ticket] = Waiter(customer: customer, beyond: beyond, continuation: continuation)
                    defer { state.isLooking = true }
                    return (false, !state.isLooking)
                }
                if isOver { continuation.resume() }
                // Nobody waits for this task: it ends by itself when the last waiter is gone.
                if mustLook { Task { await self.look() } }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiters.removeValue(forKey: ticket)
                if waiter == nil { state.ended.insert(ticket) }
                return waiter
            }
            waiter?.continuation.resume()
        }
        state.withLock { _ = $0.ended.remove(ticket) }
    }

    private func look() async {
        while state.withLock({ state in
            state.isLooking = !state.waiters.isEmpty
            return state.isLooking
        }) {
            // A database that cannot be read just now is looked at again; the waiters have their own patience.
            let heads = (try? await store.read { try $0.eventHeads() }) ?? [:]
            let served = state.withLock { state in
                let served = state.waiters.filter { (heads[$0.value.customer] ?? 0) > $0.value.beyond }
                for ticket in served.keys { state.waiters[ticket] = nil }
                return served.values.map(\.continuation)
            }
            for continuation in served { continuation.resume() }
            try? await Task.sleep(for: interval)
        }
    }
}
