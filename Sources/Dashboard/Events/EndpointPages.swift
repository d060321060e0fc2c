// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web
import Webhooks

/// Where events are posted to, how each receiver does, what was delivered and what was given up.
enum EndpointPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/events/webhooks", .viewer) { try await list($0) },
        .get("/ui/customers/{id}/events/webhooks/{webhook}", .viewer) { try await show($0, .deliveries) },
        .get("/ui/customers/{id}/events/webhooks/{webhook}/dead", .viewer) { try await show($0, .dead) },
        .get("/ui/customers/{id}/events/webhooks/{webhook}/settings", .operator) { try await settings($0) },
        .get("/ui/customers/{id}/events/webhooks/{webhook}/remove", .admin, confirmRemoval),
    ]

    static func path(_ customer: Customer, _ webhook: String) -> String {
        "\(Events.base(customer))/webhooks/\(webhook.urlComponent)"
    }

    /// - Parameters:
    ///   - form: what was typed into the form for a new one.
    ///   - error: why it was not added.
    static func list(_ call: DashboardCall, form: EndpointForm? = nil, error: String? = nil) async throws -> WebResponse
    {
        let customer = try await call.customer()
        let now = call.now
        let found = try await call.desk(nil, of: customer).list(customer.number)
        let isAdmin = call.visitor.account.role >= .admin
        let page = EndpointListPage(
            tabs: Events.tabs(customer, "webhooks"), rows: found.map { EndpointRow($0, customer, now) },
            hasRows: !found.isEmpty,
            form: isAdmin
                ? form
                    ?? EndpointForm(action: Events.base(customer) + "/webhooks", button: "Add the endpoint", error: nil)
                : nil,
            empty: EmptyBox(
                "Nobody is told by itself",
                isAdmin
                    ? "Add an address of the ATS below: every event is posted to it, signed, and tried again for days when it fails."
                    : "An administrator adds the ATS's address here. Until then the ATS reads the feed."))
        return call.page(page, of: customer, status: error == nil ? 200 : 422)
    }

    enum Part { case deliveries, dead }

    static func show(_ call: DashboardCall, _ part: Part, test: Notice? = nil) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now, query) = (call.values[1], call.now, call.query)
        let desk = try call.desk(nil, of: customer)
        let shown = try await call.asking(customer) { try await desk.show(customer.number, id) }
        let role = call.visitor.account.role
        let replays = try await call.store.read { try $0.webhookReplays(customer: customer.number, webhook: id) }
        var page = EndpointPage(shown, customer, part, role, replays, now)
        switch part {
        case .deliveries:
            let log = ListPart(
                try await desk.log(
                    customer.number, id, before: query["before"].flatMap { Int64($0) } ?? .max, limit: Pager.asked),
                key: { String($0.serial) })
            page.deliveries = log.rows.map { DeliveryRow($0, customer, now) }
            page.hasDeliveries = !log.rows.isEmpty
            page.pager = Pager(
                path(customer, id), query, nextKey: log.nextKey, says: "The latest 500 attempts are kept", key: "before"
            )
        case .dead:
            let letters = ListPart(
                try await desk.deadLetters(
                    customer.number, id, after: query["after"].flatMap { Int64($0) } ?? 0, limit: Pager.asked),
                key: { String($0.number) })
            page.letters = letters.rows.map { LetterRow($0, customer, id, canRetry: role >= .operator, now) }
            page.hasLetters = !letters.rows.isEmpty
            page.pager = Pager(
                path(customer, id) + "/dead", query, nextKey: letters.nextKey,
                says: "\(Wording.count(letters.rows.count)) of \(Wording.count(shown.dead, "dead letter"))")
        }
        return call.page(page, of: customer, notice: test)
    }

    /// - Parameter form: what was typed, when it was not taken.
    static func settings(_ call: DashboardCall, form: EndpointForm? = nil) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        let desk = try call.desk(nil, of: customer)
        let webhook = try await call.asking(customer) { try await desk.show(customer.number, id) }.webhook
        let page = EndpointSettingsPage(
            webhook, customer,
            form
                ?? EndpointForm(
                    action: path(customer, id) + "/change", button: "Save", url: webhook.url, types: webhook.types,
                    error: nil, revision: webhook.edited.revision),
            isAdmin: call.visitor.account.role >= .admin, now: now)
        return call.page(page, of: customer, status: form == nil ? 200 : 422)
    }

    private static func confirmRemoval(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let id = call.values[1]
        let desk = try call.desk(nil, of: customer)
        let shown = try await call.asking(customer) { try await desk.show(customer.number, id) }
        return call.page(
            ConfirmPage(
                title: "Remove this endpoint?",
                texts: [
                    "\(shown.webhook.url) is told nothing any more. Its log and its \(Wording.count(shown.dead, "dead letter")) are forgotten.",
                    "The events stay in the feed. Switching it off instead keeps everything.",
                ], action: path(customer, id) + "/remove", button: "Remove the endpoint", back: path(customer, id)),
            of: customer)
    }
}

/// The form of an endpoint: a new one, or one that is changed.
struct EndpointForm: Sendable {
    static let fragment = Fragment("endpoint-form", utf8: PackageResources.endpoint_form_mustache)
    var action: String
    var button: String
    var url: String
    var types: [Choice]
    var error: String?
    /// What the form is based on; nil for a new one.
    var revision: String?

    init(
        action: String, button: String, url: String = "", types: [String] = [], error: String?, revision: String? = nil
    ) {
        self.revision = revision
        self.action = action
        self.button = button
        self.url = url
        self.types = EventType.allCases.map { Choice($0.rawValue, $0.words, isChosen: types.contains($0.rawValue)) }
        self.error = error
    }
}

extension Webhook {
    /// As the form has it.
    var edited: EditedThing {
        EditedThing([("Address", "url", url), ("Which events", "types", types.joined(separator: "\n"))])
    }
}

struct EndpointRow: Sendable {
    var url: String
    var href: String
    var types: String
    var badge: Badge
    var because: String?
    var delivered: String
    var waiting: String
    var dead: String
    var deadLink: String
    var hasDead: Bool

    init(_ shown: WebhookDesk.Shown, _ customer: Customer, _ now: Millis) {
        let webhook = shown.webhook
        url = webhook.url.excerpt(200)
        href = EndpointPages.path(customer, webhook.id)
        types =
            webhook.types.isEmpty
            ? "All types" : webhook.types.map { EventType(rawValue: $0)?.words ?? $0 }.joined(separator: ", ")
        (badge, because) = Self.state(webhook, now)
        delivered = "\(Wording.count(Int(webhook.cursor))) of \(Wording.count(Int(shown.head)))"
        waiting = Wording.count(shown.waiting)
        dead = Wording.count(shown.dead)
        deadLink = href + "/dead"
        hasDead = shown.dead > 0
    }

    static func state(_ webhook: Webhook, _ now: Millis) -> (Badge, String?) {
        if let why = webhook.disabledBecause { return (Badge(.quiet, "Off"), why) }
        if let until = webhook.health.pausedUntil, until > now {
            return (
                Badge(.bad, "Held back"),
                "it seems to be down; tried again \(Wording.relative(until.value, now: now.value))"
            )
        }
        if let since = webhook.health.failingSince {
            return (Badge(.warn, "Failing"), "since \(Wording.relative(since.value, now: now.value))")
        }
        return (Badge(.good, "On"), nil)
    }
}

struct EndpointListPage: Page {
    static let template = PageTemplate("events-endpoints", utf8: PackageResources.events_endpoints_mustache)
    var title = "Events and webhooks"
    var tabs: [PageTab]
    var rows: [EndpointRow]
    var hasRows: Bool
    var form: EndpointForm?
    var empty: EmptyBox
}

struct DeliveryRow: Sendable {
    var event: String
    var href: String
    var attempt: String
    var at: ShownTime
    var took: String
    var tone: String
    var outcome: String

    init(_ entry: WebhookLogEntry, _ customer: Customer, _ now: Millis) {
        let one = entry.attempt
        event = Wording.count(Int(one.number))
        href = "\(Events.base(customer))/one/\(one.number)"
        attempt = Wording.count(one.attempt)
        at = ShownTime(one.at.value, now: now.value)
        took = Wording.duration(milliseconds: one.took.milliseconds)
        tone = (one.outcome == "delivered" ? Tone.good : .bad).rawValue
        outcome = one.outcome
    }
}

struct LetterRow: Sendable {
    var event: String
    var href: String
    var type: String
    var attempts: String
    var first: ShownTime
    var last: ShownTime
    var outcome: String
    var name: String
    var retry: String?

    init(_ letter: WebhookLetter, _ customer: Customer, _ webhook: String, canRetry: Bool, _ now: Millis) {
        event = Wording.count(Int(letter.number))
        href = "\(Events.base(customer))/one/\(letter.number)"
        type = EventType(rawValue: letter.type)?.words ?? letter.type
        attempts = Wording.count(letter.attempts)
        first = ShownTime(letter.firstAt.value, now: now.value)
        last = ShownTime(letter.lastAt.value, now: now.value)
        outcome = letter.outcome
        name = EventID(customer: customer.id, number: letter.number).description
        retry = canRetry ? EndpointPages.path(customer, webhook) + "/retry" : nil
    }
}

struct EndpointPage: Page {
    static let template = PageTemplate("events-endpoint", utf8: PackageResources.events_endpoint_mustache)
    var title = "Endpoint"
    var back: String
    var url: String
    var path: String
    var badge: Badge
    var because: String?
    var types: String
    var delivered: String
    var waiting: String
    var tabs: [PageTab]
    var actions: Actions?
    var replays: [String]
    var isDeliveries: Bool
    var deliveries: [DeliveryRow] = []
    var hasDeliveries = false
    var letters: [LetterRow] = []
    var hasLetters = false
    var pager: Pager?
    var noDeliveries = EmptyBox(
        "Nothing was posted yet",
        "The next event is posted within a second. A test event shows whether the address answers.")
    var noLetters = EmptyBox(
        "No dead letters",
        "An event that fails is tried again for days. What is given up then is listed here, and can be delivered after all."
    )

    struct Actions: Sendable {
        var isOn: Bool
        var `switch`: String
        var test: String
        var replay: String
        var retryAll: String?
        var newest: String
    }

    init(
        _ shown: WebhookDesk.Shown, _ customer: Customer, _ part: EndpointPages.Part, _ role: Role,
        _ replays: [WebhookReplay], _ now: Millis
    ) {
        let row = EndpointRow(shown, customer, now)
        let path = EndpointPages.path(customer, shown.webhook.id)
        back = Events.base(customer) + "/webhooks"
        url = shown.webhook.url
        self.path = path
        (badge, because, types, delivered, waiting) = (row.badge, row.because, row.types, row.delivered, row.waiting)
        tabs = [
            PageTab("Deliveries", path, part == .deliveries),
            PageTab("Dead letters (\(row.dead))", path + "/dead", part == .dead),
        ]
        if role >= .operator { tabs.append(PageTab("Settings", path + "/settings", false)) }
        isDeliveries = part == .deliveries
        self.replays = replays.map { one in
            "Events \(Wording.count(Int(one.cursor) + 1)) to \(Wording.count(Int(one.until))) are being delivered again."
        }
        actions =
            role >= .operator
            ? Actions(
                isOn: shown.webhook.isEnabled, switch: path + "/switch", test: path + "/test", replay: path + "/replay",
                retryAll: shown.dead > 0 ? path + "/retry" : nil, newest: String(shown.head)) : nil
    }
}

struct EndpointSettingsPage: Page {
    static let template = PageTemplate("events-settings", utf8: PackageResources.events_settings_mustache)
    var title = "Endpoint settings"
    var path: String
    var url: String
    var form: EndpointForm?
    var rotate: String?
    var remove: String?
    var oldSecret: OldSecret?

    struct OldSecret: Sendable {
        var until: ShownTime
        var end: String?
    }

    init(_ webhook: Webhook, _ customer: Customer, _ form: EndpointForm, isAdmin: Bool, now: Millis) {
        let path = EndpointPages.path(customer, webhook.id)
        self.path = path
        url = webhook.url
        self.form = isAdmin ? form : nil
        rotate = isAdmin ? path + "/rotate" : nil
        remove = isAdmin ? path + "/remove" : nil
        oldSecret = webhook.oldSecretUntil.flatMap { until in
            until > now
                ? OldSecret(until: ShownTime(until.value, now: now.value), end: isAdmin ? path + "/end-old" : nil) : nil
        }
    }
}

/// Asks before something is done that cannot be undone.
struct ConfirmPage: Page {
    static let template = PageTemplate("confirm", utf8: PackageResources.confirm_mustache)
    var title: String
    var texts: [String]
    /// What else has to be typed, and the name of its field.
    var typed: Typed?
    var action: String
    var button: String
    var back: String

    struct Typed: Sendable {
        var name = "confirm"
        var label: String
        var error: String?
    }
}
