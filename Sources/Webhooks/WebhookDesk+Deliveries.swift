// SPDX-License-Identifier: Apache-2.0

package import Domain
import JSONBytes
import Store

extension WebhookDesk {
    /// What is delivered once more.
    package enum Stretch: Sendable {
        /// One event, by its name (`evt_acme_42`).
        case event(String)
        /// Events behind a number, up to and with another one; nil: the newest.
        case numbers(after: Int64, until: Int64?)
        /// Events from one moment up to, and without, another one; nil: now.
        case times(since: Millis, until: Millis?)
    }

    /// Delivers events again, beside what is new. Their names stay, so a receiver that remembers names sees what it had already.
    ///
    /// - Returns: how many events of the feed lie in the stretch; the webhook's filter may leave some out.
    /// - Throws: `WebhookError` `.notFound`, `.invalid`.
    package func replay(_ customer: Customer.Name, _ id: String, _ stretch: Stretch) async throws -> Int64 {
        let now = time.now()
        return try await commit { tx in
            _ = try Self.find(customer.number, id, tx)
            let head = try tx.lastEvent(customer: customer.number)
            let (after, until): (Int64, Int64)
            switch stretch {
            case .event(let name):
                guard let event = EventID(name), event.customer == customer.id, event.number <= head else {
                    throw WebhookError(.notFound, "there is no event with this name in the feed", at: "/event")
                }
                (after, until) = (event.number - 1, event.number)
            case .numbers(let first, let last):
                guard first >= 0, first <= head else {
                    throw WebhookError(.invalid, "it is a number from 0 to \(head), the newest event", at: "/after")
                }
                (after, until) = (first, min(last ?? head, head))
            case .times(let since, let end):
                after = try tx.lastEvent(customer: customer.number, before: since)
                until = try end.map { try tx.lastEvent(customer: customer.number, before: $0) } ?? head
            }
            guard until > after else { return 0 }
            _ = try tx.addReplay(customer: customer.number, webhook: id, after: after, until: until, at: now)
            return until - after
        }
    }

    /// The latest attempts, newest first.
    package func log(_ customer: Int64, _ id: String, before: Int64, limit: Int) async throws -> [WebhookLogEntry] {
        try await store.read { tx in
            _ = try Self.find(customer, id, tx)
            return try tx.webhookLog(customer: customer, webhook: id, before: before, limit: limit)
        }
    }

    /// Events that were given up.
    package func deadLetters(_ customer: Int64, _ id: String, after: Int64, limit: Int) async throws -> [WebhookLetter]
    {
        try await store.read { tx in
            _ = try Self.find(customer, id, tx)
            return try tx.letters(customer: customer, webhook: id, dead: true, after: after, limit: limit)
        }
    }

    /// Tries dead letters again.
    ///
    /// - Parameter event: one event's name; nil for all.
    /// - Returns: how many.
    /// - Throws: `WebhookError` `.notFound`.
    package func retryDead(_ customer: Customer.Name, _ id: String, event: String?) async throws -> Int {
        let now = time.now()
        let number = event.flatMap(EventID.init)
        if event != nil, number?.customer != customer.id {
            throw WebhookError(.notFound, "there is no dead letter with this event's name", at: "/event")
        }
        return try await commit { tx in
            _ = try Self.find(customer.number, id, tx)
            let count = try tx.retryDeadLetters(
                customer: customer.number, webhook: id, number: number?.number, at: now)
            guard event == nil || count > 0 else {
                throw WebhookError(.notFound, "there is no dead letter with this event's name", at: "/event")
            }
            return count
        }
    }

    /// Posts a signed event of type `webhook.test` at once, enabled or not. It is in no feed and is not tried again.
    package func test(_ customer: Customer.Name, _ id: String) async throws -> (reply: Reply, took: Duration) {
        let webhook = try await store.read { try Self.find(customer.number, id, $0) }
        let (now, start) = (time.now(), ContinuousClock.now)
        let name = "evt_test_\(UInt64.random(in: .min ... .max))"
        let keys = try SigningKeys(webhook, customer: customer.id, vault: store.vault, at: now)
        var json = JSONWriter()
        json.value([
            "number": 0, "id": .string(name), "type": "webhook.test", "at": .string(now.iso8601),
            "data": ["webhook": .string(id)],
        ])
        let reply = await poster.post(
            json.bytes, to: webhook.url, headers: keys.headers(id: name, body: json.bytes, at: now))
        return (reply, start.duration(to: .now))
    }
}
