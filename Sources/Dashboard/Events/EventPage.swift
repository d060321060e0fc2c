// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// One event: its JSON, and how its delivery went at every endpoint.
enum EventActions {
    static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (now, canReplay) = (call.now, call.visitor.account.role >= .operator)
        guard let number = Int64(call.values[1]) else { throw DashboardProblem.unknownEvent(customer) }
        let page = try await call.store.read { tx -> EventDetailPage? in
            guard let event = try tx.event(number, customer: customer.number) else { return nil }
            let deliveries = try tx.webhooks(customer: customer.number).map { webhook in
                let attempts = try tx.webhookAttempts(event: number, webhook: webhook.id, customer: customer.number)
                let letter = try [true, false].lazy.compactMap { dead in
                    try tx.letters(
                        customer: customer.number, webhook: webhook.id, dead: dead, after: number - 1, limit: 1
                    ).first { $0.number == number }
                }.first
                return EventDelivery(
                    webhook, attempts, letter, event, customer, canReplay: canReplay && webhook.isEnabled, now: now)
            }
            return EventDetailPage(event, customer, deliveries, now: now)
        }
        guard let page else { throw DashboardProblem.unknownEvent(customer) }
        return call.page(page, of: customer)
    }
}

/// What became of one event at one endpoint.
struct EventDelivery: Sendable {
    var url: String
    var href: String
    var badge: Badge
    var attempts: [DeliveryRow]
    var hasAttempts: Bool
    /// Where the form goes; nil for those who may not.
    var replay: String?
    var name: String

    init(
        _ webhook: Webhook, _ attempts: [WebhookLogEntry], _ letter: WebhookLetter?, _ event: Event,
        _ customer: Customer, canReplay: Bool, now: Millis
    ) {
        url = webhook.url
        href = EndpointPages.path(customer, webhook.id)
        self.attempts = attempts.map { DeliveryRow($0, customer, now) }
        hasAttempts = !attempts.isEmpty
        replay = canReplay ? href + "/replay" : nil
        name = EventID(customer: customer.id, number: event.number).description
        badge =
            switch letter {
            case let letter? where letter.dueAt == nil: Badge(.bad, "Given up: a dead letter")
            case _?: Badge(.warn, "Failed; it is tried again")
            case nil where !webhook.types.isEmpty && !webhook.types.contains(event.type):
                Badge(.quiet, "This type is not sent here")
            case nil where attempts.last.map({ $0.attempt.outcome == "delivered" }) ?? false: Badge(.good, "Delivered")
            case nil where event.number <= webhook.cursor: Badge(.quiet, "Before its time, or delivered long ago")
            case nil: Badge(.info, "To be delivered")
            }
    }
}

struct EventDetailPage: Page {
    static let template = PageTemplate("event", utf8: PackageResources.event_mustache)
    var title: String
    var back: String
    var badge: Badge
    var type: String
    var name: String
    var at: ShownTime
    var candidate: Link?
    var person: String?
    var json: String?
    var deliveries: [EventDelivery]
    var hasDeliveries: Bool
    var endpoints: String

    init(_ event: Event, _ customer: Customer, _ deliveries: [EventDelivery], now: Millis) {
        let known = EventType(rawValue: event.type)
        title = "Event \(Wording.count(Int(event.number)))"
        back = Events.base(customer)
        badge = Badge(known?.tone ?? .quiet, known?.words ?? event.type)
        type = event.type
        name = EventID(customer: customer.id, number: event.number).description
        at = ShownTime(event.at.value, now: now.value)
        candidate = event.candidate.map { Link($0, Members.candidatePage(customer, $0)) }
        person = event.person
        json = event.data.map(PrettyJSON.text)
        self.deliveries = deliveries
        hasDeliveries = !deliveries.isEmpty
        endpoints = Events.base(customer) + "/webhooks"
    }
}

extension DashboardProblem {
    fileprivate static func unknownEvent(_ customer: Customer) -> Self {
        Self(
            status: 404, title: "There is no such event", text: "Numbers begin at 1 and have no gaps.",
            links: [Link("The feed", Events.base(customer))])
    }
}
