// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import Store
import Web
import Webhooks

/// What is done about endpoints: all of it by the desk that the API uses.
enum EndpointActions {
    static let routes: [DashboardRoute] = [
        .post("/ui/customers/{id}/events/webhooks", .admin, add),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/change", .admin, change),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/rotate", .admin, rotate),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/end-old", .admin, endOld),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/remove", .admin, remove),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/switch", .operator, turn),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/test", .operator, test),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/replay", .operator, replay),
        .post("/ui/customers/{id}/events/webhooks/{webhook}/retry", .operator, retry),
    ]

    private static func add(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (url, types) = (call.form["url"] ?? "", call.form.all("types"))
        let desk = try call.desk(call.entry("webhook.add", "an endpoint", of: customer), of: customer)
        do {
            let (shown, secret) = try await desk.add(customer.called, url: url, types: types, after: nil)
            return call.page(
                SecretPage(
                    title: "The endpoint is there", secret: secret, isNew: true,
                    next: EndpointPages.path(customer, shown.webhook.id)), of: customer)
        } catch let error as WebhookError {
            let form = EndpointForm(
                action: Events.base(customer) + "/webhooks", button: "Add the endpoint", url: url, types: types,
                error: error.message)
            return try await EndpointPages.list(call, form: form, error: error.message)
        }
    }

    private static func change(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, url, types) = (call.values[1], call.form["url"] ?? "", call.form.all("types"))
        let desk = try call.desk(call.entry("webhook.change", "webhook \(id)", of: customer), of: customer)
        let stored = try await call.asking(customer) { try await desk.show(customer.number, id) }.webhook
        let back = Link("The endpoint", EndpointPages.path(customer, id))
        if let answer = call.conflict(with: stored.edited, back: back, of: customer) { return answer }
        do {
            _ = try await desk.change(customer.number, id, url: url, types: types)
        } catch let error as WebhookError where error.code == .invalid {
            let form = EndpointForm(
                action: EndpointPages.path(customer, id) + "/change", button: "Save", url: url, types: types,
                error: error.message, revision: stored.edited.revision)
            return try await EndpointPages.settings(call, form: form)
        } catch let error as WebhookError {
            throw DashboardProblem(error, customer)
        }
        return .see("\(EndpointPages.path(customer, id))?done=saved")
    }

    private static func rotate(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let seconds = min(604_800, max(0, call.form["overlap"].flatMap { Int($0) } ?? 86_400))
        let desk = try call.desk(call.entry("webhook.rotate", "webhook \(id)", of: customer), of: customer)
        let (secret, _) = try await call.asking(customer) {
            try await desk.rotate(customer.called, id, overlap: .seconds(seconds))
        }
        return call.page(
            SecretPage(
                title: "The new secret", secret: secret, isNew: false, next: EndpointPages.path(customer, id)),
            of: customer)
    }

    private static func endOld(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let desk = try call.desk(call.entry("webhook.endOldSecret", "webhook \(id)", of: customer), of: customer)
        try await call.asking(customer) { try await desk.endOldSecret(customer.number, id) }
        return .see("\(EndpointPages.path(customer, id))/settings?done=saved")
    }

    private static func remove(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let desk = try call.desk(call.entry("webhook.remove", "webhook \(id)", of: customer), of: customer)
        _ = try await call.asking(customer) { try await desk.remove(customer.number, id) }
        return .see("\(Events.base(customer))/webhooks?done=removed")
    }

    private static func turn(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, isOn) = (call.values[1], call.form["to"] == "on")
        let entry = call.entry(isOn ? "webhook.on" : "webhook.off", "webhook \(id)", of: customer)
        let desk = try call.desk(entry, of: customer)
        _ = try await call.asking(customer) { try await desk.change(customer.number, id, enabled: isOn) }
        return .see("\(EndpointPages.path(customer, id))?done=\(isOn ? "switched-on" : "switched-off")")
    }

    /// Says on the page what the receiver answered.
    private static func test(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        let desk = try call.desk(nil, of: customer)
        let (reply, took) = try await call.asking(customer) { try await desk.test(customer.called, id) }
        let entry = call.entry("webhook.test", "webhook \(id)", of: customer)
        try await call.store.write { try $0.audit(entry, at: now) }
        let duration = Wording.duration(milliseconds: took.milliseconds)
        return try await EndpointPages.show(
            call, .deliveries,
            test: reply.isDelivered
                ? Notice(.good, "The test event was delivered in \(duration).")
                : Notice(.bad, "The test event was not delivered: \(reply.outcome) (\(duration))."))
    }

    /// One event, or a range by numbers or times.
    private static func replay(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let stretch = try stretch(call, customer)
        let desk = try call.desk(call.entry("webhook.replay", "webhook \(id)", of: customer), of: customer)
        let count = try await call.asking(customer) { try await desk.replay(customer.called, id, stretch) }
        return .see("\(EndpointPages.path(customer, id))?done=\(count > 0 ? "replayed" : "nothing-to-replay")")
    }

    private static func stretch(_ call: DashboardCall, _ customer: Customer) throws -> WebhookDesk.Stretch {
        if let event = call.form["event"] { return .event(event) }
        if let after = call.form["after"].flatMap({ Int64($0) }) {
            return .numbers(after: after, until: call.form["until"].flatMap { Int64($0) })
        }
        if let since = moment(call.form["since"]) { return .times(since: since, until: moment(call.form["before"])) }
        throw DashboardProblem(
            status: 422, title: "Which events?", text: "Say after which event number, or from which time.",
            links: [Link("Back to the endpoint", EndpointPages.path(customer, call.values[1]))])
    }

    /// What a `datetime-local` field sends, as UTC.
    static func moment(_ text: String?) -> Millis? {
        guard let text else { return nil }
        let whole = text.utf8.count == 16 ? text + ":00Z" : text.hasSuffix("Z") ? text : text + "Z"
        return (try? ISOTime.millis(whole)).map { Millis($0) }
    }

    private static func retry(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, event) = (call.values[1], call.form["event"])
        let desk = try call.desk(call.entry("webhook.retryDead", "webhook \(id)", of: customer), of: customer)
        _ = try await call.asking(customer) { try await desk.retryDead(customer.called, id, event: event) }
        return .see("\(EndpointPages.path(customer, id))/dead?done=dead-retried")
    }
}

extension DashboardCall {
    /// What the API does its work about webhooks with; changes are audited in their own transactions.
    ///
    /// - Throws: `DashboardProblem` when this process sends none.
    func desk(_ entry: AuditEntry?, of customer: Customer) throws -> WebhookDesk {
        guard let desk = parts.webhooks else {
            throw DashboardProblem(
                status: 503, title: "Webhooks are not to be had here",
                text: "This process posts no events. Open the dashboard of the process that runs crosswalk serve.",
                links: [Link("The feed", Events.base(customer))])
        }
        guard let entry else { return desk }
        let now = now
        return desk.noting { tx in try tx.audit(entry, at: now) }
    }

    /// - Throws: `DashboardProblem` in place of what the desk throws.
    func asking<Value>(_ customer: Customer, _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as WebhookError { throw DashboardProblem(error, customer) }
    }
}

extension DashboardProblem {
    init(_ error: WebhookError, _ customer: Customer) {
        self.init(
            status: error.code == .notFound ? 404 : 422,
            title: error.code == .notFound ? "It is not there" : "That cannot be done",
            text: error.message, links: [Link("All endpoints", Events.base(customer) + "/webhooks")])
    }
}

/// A secret that is shown this once.
struct SecretPage: Page {
    static let template = PageTemplate("events-secret", utf8: PackageResources.events_secret_mustache)
    var title: String
    var secret: String
    var isNew: Bool
    var next: String
}
