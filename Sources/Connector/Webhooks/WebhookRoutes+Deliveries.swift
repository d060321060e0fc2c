// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Webhooks

extension WebhookRoutes {
    var deliveryEndpoints: [Endpoint] {
        [
            .customer(.post, "/api/v1/webhooks/{id}/test", test),
            .customer(.post, "/api/v1/webhooks/{id}/replay", replay),
            .customer(.get, "/api/v1/webhooks/{id}/deliveries", deliveries),
            .customer(.get, "/api/v1/webhooks/{id}/dead-letters", deadLetters),
            .customer(.post, "/api/v1/webhooks/{id}/dead-letters/retry", retryDead),
        ]
    }

    private func test(_ call: Call, _ caller: Caller) async throws -> Response {
        let (reply, took) = try await desk.test(caller.called, call.values[0])
        return .json { json in
            json.member("delivered", reply.isDelivered)
            json.member("outcome", reply.outcome)
            if let status = reply.status { json.member("status", status) }
            json.member("milliseconds", Int(took.milliseconds))
        }
    }

    private func replay(_ call: Call, _ caller: Caller) async throws -> Response {
        let body = try await call.webhookBody(limits)
        let id = call.values[0]
        let count = try await desk(caller, "webhook.replay", "webhook \(id)").replay(
            caller.called, id, try body.stretch())
        return .json(.accepted) { $0.member("events", Int(count)) }
    }

    private func deliveries(_ call: Call, _ caller: Caller) async throws -> Response {
        let before = try call.number("before", default: .max, in: 1...Int64.max)
        let limit = Int(try call.number("limit", default: 100, in: 1...500))
        let found = try await desk.log(caller.number, call.values[0], before: before, limit: limit)
        return .json { json in
            json.items(found, next: found.count == limit ? found.last?.serial : nil) { json, entry in
                let attempt = entry.attempt
                json.event(attempt.number, of: caller)
                json.member("attempt", attempt.attempt)
                json.member("at", attempt.at)
                json.member("milliseconds", Int(attempt.took.milliseconds))
                if let status = attempt.status { json.member("status", status) }
                json.member("outcome", attempt.outcome)
            }
        }
    }

    private func deadLetters(_ call: Call, _ caller: Caller) async throws -> Response {
        let after = try call.number("after", default: 0, in: 0...Int64.max)
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let found = try await desk.deadLetters(caller.number, call.values[0], after: after, limit: limit)
        return .json { json in
            json.items(found, next: found.count == limit ? found.last?.number : nil) { json, letter in
                json.event(letter.number, of: caller)
                json.member("type", letter.type)
                json.member("attempts", letter.attempts)
                json.member("firstAt", letter.firstAt)
                json.member("lastAt", letter.lastAt)
                if let status = letter.status { json.member("status", status) }
                json.member("outcome", letter.outcome)
            }
        }
    }

    private func retryDead(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        let count = try await desk(caller, "webhook.retryDead", "webhook \(id)").retryDead(
            caller.called, id, event: call.query["event"])
        return .json { $0.member("retried", count) }
    }
}

extension JSONWriter {
    /// Everything about a webhook but its secret.
    mutating func webhook(_ shown: WebhookDesk.Shown, at now: Millis) {
        let webhook = shown.webhook
        member("id", webhook.id)
        member("url", webhook.url)
        name("types")
        beginArray()
        for type in webhook.types { string(type) }
        endArray()
        member("enabled", webhook.isEnabled)
        if let reason = webhook.disabledBecause { member("disabledBecause", reason) }
        member("createdAt", webhook.createdAt)
        member("deliveredUpTo", Int(webhook.cursor))
        member("newest", Int(shown.head))
        member("waiting", shown.waiting)
        member("deadLetters", shown.dead)
        if let since = webhook.health.failingSince { member("failingSince", since) }
        if let until = webhook.health.pausedUntil, until > now { member("pausedUntil", until) }
        if let until = webhook.oldSecretUntil, until > now { member("oldSecretUntil", until) }
    }

    fileprivate mutating func event(_ number: Int64, of caller: Caller) {
        member("event", EventID(customer: caller.id, number: number).description)
        member("number", Int(number))
    }

    /// `"items": [{…}, …], "next": …`
    mutating func items<Item>(_ items: [Item], next: Int64?, _ write: (inout JSONWriter, Item) -> Void) {
        name("items")
        beginArray()
        for item in items {
            beginObject()
            write(&self, item)
            endObject()
        }
        endArray()
        name("next")
        if let next { int(next) } else { null() }
    }
}
