// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Delivers every customer's webhooks. A customer is served by one process at a time, under a lease.
///
/// Under a virtual clock call `pass()` and move the clock to what it returns; in a running process it is a service, which finishes the
/// posts that are under way on graceful shutdown.
package final class WebhookSender: Service {
    private let post: PostRoom
    private let leases = Mutex<[Int64: LeaseHold]>([:])
    private let running = Mutex<Set<Key>>([])

    private struct Key: Hashable {
        var customer: Int64
        var id: String
    }

    package init(
        store: Store, poster: any Poster, watcher: EventWatcher, options: SenderOptions,
        time: any Timekeeper = SystemTime(), log: Logger
    ) {
        post = PostRoom(store: store, poster: poster, watcher: watcher, options: options, time: time, log: log)
    }

    /// Delivers everything that may go now.
    ///
    /// - Returns: when something may go next; nil when nothing will by itself.
    package func pass() async throws -> Millis? {
        var wakes: [Millis] = []
        for webhook in try await post.store.read({ try $0.enabledWebhooks() }) {
            guard let lease = try await lease(of: webhook.customer), let courier = try await courier(of: webhook, lease)
            else {
                wakes.append(post.time.now() + post.options.leaseLifetime)
                continue
            }
            wakes += try await deliver(courier)
        }
        return wakes.min()
    }

    private func deliver(_ courier: Courier) async throws -> [Millis] {
        var wakes: [Courier.Way: Millis] = [:]
        var isBusy = true
        while isBusy {
            isBusy = false
            for way in Courier.Way.allCases {
                switch try await courier.step(way) {
                case .busy: isBusy = true
                case .idle(let until, _): wakes[way] = until
                case .over: return []
                }
            }
        }
        return Array(wakes.values)
    }

    package func run() async throws {
        await withDiscardingTaskGroup { group in
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                do {
                    let webhooks = try await post.store.read { try $0.enabledWebhooks() }
                    for (customer, own) in Dictionary(grouping: webhooks, by: \.customer) {
                        guard let lease = try await lease(of: customer) else { continue }
                        for webhook in own { try await attend(webhook, lease, &group) }
                    }
                } catch {
                    post.log.error("webhooks cannot be read and are tried again", metadata: ["error": "\(error)"])
                }
                // Often enough to renew every lease in time, and to take over what a dead process held within five seconds.
                let pause = post.options.leaseLifetime / 4
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: pause) }
            }
        }
        for lease in leases.withLock({ Array($0.values) }) {
            guard let held = try? lease.current() else { continue }
            try? await post.store.write { try $0.releaseLease(held) }
        }
    }

    /// Begins to serve a webhook that nobody serves here.
    private func attend(_ webhook: Webhook, _ lease: LeaseHold, _ group: inout DiscardingTaskGroup) async throws {
        let key = Key(customer: webhook.customer, id: webhook.id)
        guard !running.withLock({ $0.contains(key) }), let courier = try await courier(of: webhook, lease) else {
            return
        }
        running.withLock { _ = $0.insert(key) }
        group.addTask {
            await courier.run()
            self.running.withLock { _ = $0.remove(key) }
        }
    }

    /// - Returns: nil when there is no such customer any more.
    private func courier(of webhook: Webhook, _ lease: LeaseHold) async throws -> Courier? {
        let number = webhook.customer
        guard let customer = try await post.store.read({ try $0.customer(number: number) }) else { return nil }
        return Courier(customer: customer, id: webhook.id, lease: lease, post)
    }

    /// The customer's lease: renewed, or taken.
    private func lease(of customer: Int64) async throws -> LeaseHold? {
        let (now, ttl, holder) = (post.time.now(), post.options.leaseLifetime, post.options.holder)
        if let hold = leases.withLock({ $0[customer] }), let lease = try? hold.current(),
            let renewed = try await post.store.write({ try $0.renewLease(lease, now: now, ttl: ttl) })
        {
            hold.renewed(renewed)
            return hold
        }
        leases.withLock { $0.removeValue(forKey: customer) }?.lose()
        let taken = try await post.store.write { tx in
            try tx.acquireLease(name: "webhooks", customer: customer, holder: holder, now: now, ttl: ttl)
        }
        guard let taken else { return nil }
        let hold = LeaseHold(taken)
        leases.withLock { $0[customer] = hold }
        return hold
    }
}
