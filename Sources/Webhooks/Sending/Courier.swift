// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import SQLFile
import ServiceLifecycle
import Store

/// Delivers what one webhook is told, while this process holds its customer's lease.
///
/// New events are begun in the order of their numbers. One that fails becomes a letter with its own schedule, and the next ones go on;
/// letters and replays go on their own ways beside them, so that none holds up another.
final class Courier: Sendable {
    /// How a step ended.
    enum Step: Sendable {
        /// Something was attempted: look again.
        case busy
        /// Nothing may go now. `until`: when it may; `seen`: a newer event than this one may go too, nil when none may.
        case idle(until: Millis?, seen: Int64?)
        /// The webhook is gone or switched off.
        case over
    }

    enum Way: CaseIterable, Sendable { case feed, replays, letters }

    let customer: Customer
    let id: String
    let lease: LeaseHold
    private let post: PostRoom

    init(customer: Customer, id: String, lease: LeaseHold, _ post: PostRoom) {
        self.customer = customer
        self.id = id
        self.lease = lease
        self.post = post
    }

    /// Works until the webhook is gone or off, the lease is lost, or the process stops.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for way in Way.allCases { group.addTask { await self.loop(way) } }
        }
    }

    private func loop(_ way: Way) async {
        // A lease that one way lost is lost for all.
        while !Task.isShuttingDownGracefully, !Task.isCancelled, (try? lease.current()) != nil {
            var pause = post.options.idlePoll
            var seen: Int64?
            do {
                switch try await step(way) {
                case .busy: continue
                case .over: return
                case .idle(let until, let head):
                    seen = head
                    if let until { pause = min(pause, max(until - post.time.now(), .milliseconds(1))) }
                }
            } catch is LeaseLost {
                return lease.lose()
            } catch {
                // A full disk, a busy database: what was not settled is delivered again.
                post.log.error(
                    "webhook deliveries failed and are tried again", metadata: metadata(["error": "\(error)"]))
            }
            await cancelWhenGracefulShutdown { [post, customer, seen, pause] in
                await post.watcher.wait(for: customer.number, beyond: seen ?? .max, atMost: pause)
            }
        }
    }

    /// Delivers one page of one way.
    func step(_ way: Way) async throws -> Step {
        let (customer, id, now, size) = (customer, id, post.time.now(), post.options.page)
        let found = try await post.store.read { tx -> (Webhook, Work)? in
            guard let webhook = try tx.webhook(customer: customer.number, id: id), webhook.isEnabled else { return nil }
            return (webhook, try Work.next(way, webhook, tx, customer: customer.id, at: now, limit: size))
        }
        guard let (webhook, work) = found else { return .over }
        guard let page = work.page else { return .idle(until: work.until, seen: work.seen) }
        let keys = try SigningKeys(webhook, customer: customer.id, vault: post.store.vault, at: now)
        try await deliver(page, Round(webhook, keys, post.options.schedule), work)
        // What was looked at without finding an event for this webhook is passed as well.
        if page.events.isEmpty { try await settle { tx in try work.pass(webhook, page.through, tx) } }
        return .busy
    }

    private func deliver(_ page: Page, _ round: Round, _ work: Work) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = page.events[...]
            func begin() {
                guard !round.isOver, !Task.isShuttingDownGracefully, let event = rest.popFirst() else { return }
                group.addTask { try await self.attempt(event, page, round, work) }
            }
            for _ in 0..<post.options.width { begin() }
            while try await group.next() != nil { begin() }
        }
    }

    private func attempt(_ event: OutgoingEvent, _ page: Page, _ round: Round, _ work: Work) async throws {
        let (begun, start) = (post.time.now(), ContinuousClock.now)
        guard lease.isTrusted(at: begun) else { throw LeaseLost() }
        let name = EventID(customer: customer.id, number: event.number).description
        let headers = round.keys.headers(id: name, body: event.body, at: begun)
        let reply = await post.poster.post(event.body, to: round.webhook.url, headers: headers)
        try Task.checkCancellation()
        let (now, took) = (post.time.now(), start.duration(to: .now))
        let judgement = round.judge(reply, attempt: event.attempts + 1, at: now, jitter: post.options.jitter())
        let attempt = WebhookAttempt(
            number: event.number, attempt: event.attempts + 1, at: begun, took: took, status: reply.status,
            outcome: reply.outcome)
        let cursor = page.cursor(settling: event.number)
        let webhook = round.webhook
        try await settle { tx in
            let isKnown = try tx.settle(
                attempt, judgement.verdict, of: webhook, health: judgement.health, cursor: cursor)
            guard isKnown else { return }
            try work.pass(webhook, cursor, tx)
            if let reason = judgement.disabling { try tx.switchOff(webhook, because: reason, at: now) }
        }
        page.settled(event.number)
        report(reply, took, judgement, number: event.number)
    }

    /// Every settling commit renews the lease: a process that was paused too long writes nothing.
    private func settle(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        let (lease, now, ttl) = (try lease.current(), post.time.now(), post.options.leaseLifetime)
        let renewed = try await post.store.write { tx in
            guard let renewed = try tx.renewLease(lease, now: now, ttl: ttl) else { throw LeaseLost() }
            try body(tx)
            return renewed
        }
        self.lease.renewed(renewed)
    }

    private func report(_ reply: Reply, _ took: Duration, _ judgement: Round.Judgement, number: Int64) {
        WebhookMetrics.attempt(reply, took: took)
        if let reason = judgement.disabling {
            post.log.warning("a webhook was switched off", metadata: metadata(["reason": "\(reason)"]))
        } else if judgement.verdict == .dead {
            WebhookMetrics.deadLetter()
            post.log.warning("an event was given up", metadata: metadata(["event.number": "\(number)"]))
        }
    }

    private func metadata(_ own: Logger.Metadata) -> Logger.Metadata {
        own.merging(["customer.id": "\(customer.id)", "webhook.id": "\(id)"]) { own, _ in own }
    }
}
