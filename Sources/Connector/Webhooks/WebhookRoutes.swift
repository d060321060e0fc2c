// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store
import Webhooks

/// Webhooks: where events are posted, with which secret, and what became of it.
struct WebhookRoutes: Sendable {
    let desk: WebhookDesk
    let limits: ConnectorLimits

    var endpoints: [Endpoint] {
        [
            .customer(.post, "/api/v1/webhooks", add),
            .customer(.get, "/api/v1/webhooks", list),
            .customer(.get, "/api/v1/webhooks/{id}", show),
            .customer(.patch, "/api/v1/webhooks/{id}", change),
            .customer(.delete, "/api/v1/webhooks/{id}", remove),
            .customer(.post, "/api/v1/webhooks/{id}/secret", rotate),
            .customer(.delete, "/api/v1/webhooks/{id}/secret/old", endOldSecret),
        ] + deliveryEndpoints
    }

    private func add(_ call: Call, _ caller: Caller) async throws -> Response {
        let body = try await call.webhookBody(limits)
        let (shown, secret) = try await desk(caller, "webhook.add", "an endpoint").add(
            caller.called, url: try body.text("url", required: true) ?? "", types: try body.texts("types") ?? [],
            after: try body.number("after"))
        return .json(.created) { json in
            json.webhook(shown, at: desk.time.now())
            json.member("secret", secret)
        }
    }

    private func list(_ call: Call, _ caller: Caller) async throws -> Response {
        let now = desk.time.now()
        let found = try await desk.list(caller.number)
        return .json { json in
            json.items(found, next: nil) { json, shown in json.webhook(shown, at: now) }
        }
    }

    private func show(_ call: Call, _ caller: Caller) async throws -> Response {
        let shown = try await desk.show(caller.number, call.values[0])
        return .json { $0.webhook(shown, at: desk.time.now()) }
    }

    private func change(_ call: Call, _ caller: Caller) async throws -> Response {
        let body = try await call.webhookBody(limits)
        let id = call.values[0]
        let shown = try await desk(caller, "webhook.change", "webhook \(id)").change(
            caller.number, id, url: try body.text("url"), types: try body.texts("types"),
            enabled: try body.flag("enabled"), after: try body.number("after"))
        return .json { $0.webhook(shown, at: desk.time.now()) }
    }

    /// Deleting twice does no harm.
    private func remove(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        _ = try await desk(caller, "webhook.remove", "webhook \(id)").remove(caller.number, id)
        return Response(status: .noContent)
    }

    private func rotate(_ call: Call, _ caller: Caller) async throws -> Response {
        let seconds = try call.number("overlap", default: WebhookDesk.overlap.components.seconds, in: 0...604_800)
        let id = call.values[0]
        let (secret, until) = try await desk(caller, "webhook.rotate", "webhook \(id)").rotate(
            caller.called, id, overlap: .seconds(seconds))
        return .json { json in
            json.member("secret", secret)
            json.member("oldSecretUntil", until)
        }
    }

    private func endOldSecret(_ call: Call, _ caller: Caller) async throws -> Response {
        let id = call.values[0]
        try await desk(caller, "webhook.endOldSecret", "webhook \(id)").endOldSecret(caller.number, id)
        return Response(status: .noContent)
    }

    /// The desk, whose changes are audited as the key's.
    func desk(_ caller: Caller, _ action: String, _ subject: String) -> WebhookDesk {
        let (entry, now) = (caller.entry(action, subject), desk.time.now())
        return desk.noting { try $0.audit(entry, at: now) }
    }
}

extension Caller {
    var called: Customer.Name { Customer.Name(number: number, id: id) }
}
