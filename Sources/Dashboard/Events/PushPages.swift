// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// What LinkedIn posted to the customer's callback, and what became of it; types that nobody told us about are kept as they came.
enum PushPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/events/pushes", .viewer, list),
        .get("/ui/customers/{id}/events/pushes/{push}", .viewer, show),
    ]

    private static func path(_ customer: Customer) -> String { Events.base(customer) + "/pushes" }

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (mark, now, query) = (call.mark, call.now, call.query)
        let state = query["state"].flatMap { StoredPush.State(name: $0) }
        let found = try await call.store.read {
            try $0.pushesNewest(customer: customer.number, state: state, before: mark, limit: Pager.asked)
        }
        let pushes = ListPart(found, mark: { PageMark(at: $0.receivedAt, key: $0.id) })
        let page = PushListPage(
            tabs: Events.tabs(customer, "pushes"),
            states: [Choice("", "All", isChosen: state == nil)]
                + StoredPush.State.allCases.map { Choice($0.name, $0.badge.text, isChosen: $0 == state) },
            rows: pushes.rows.map { PushRow($0, path(customer), now) }, hasRows: !pushes.rows.isEmpty,
            pager: pushes.pager(path(customer), query, "notification"),
            empty: state == nil && mark == nil
                ? EmptyBox(
                    "LinkedIn posted nothing yet",
                    "Exports and changes of the integration come as notifications. The customer's page shows the callback address and its last challenge.",
                    link: Link("The customer", "/ui/customers/\(customer.id)"))
                : EmptyBox("No such notification", "Choose another state, or go back to the first page."))
        return call.page(page, of: customer)
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (id, now) = (call.values[1], call.now)
        guard let push = try await call.store.read({ try $0.push(id, customer: customer.number) }) else {
            throw DashboardProblem(
                status: 404, title: "There is no such notification", text: "It ended long ago and was forgotten.",
                links: [Link("All notifications", path(customer))])
        }
        return call.page(PushPage(push, back: path(customer), now), of: customer)
    }
}

extension StoredPush.State {
    var badge: Badge {
        switch self {
        case .open: Badge(.info, "To be read")
        case .done: Badge(.good, "Done")
        case .expired: Badge(.bad, "Expired at LinkedIn")
        case .refused: Badge(.bad, "Refused")
        case .unknown: Badge(.warn, "Unknown type")
        }
    }
}

struct PushRow: Sendable {
    var id: String
    var href: String
    var type: String
    var badge: Badge
    var attempts: String
    var received: ShownTime
    var because: String?

    init(_ push: StoredPush, _ base: String, _ now: Millis) {
        id = push.id.excerpt(60)
        href = "\(base)/\(push.id.urlComponent)"
        type = push.type.isEmpty ? "none" : push.type.excerpt(80)
        badge = push.state.badge
        attempts = Wording.count(push.attempts)
        received = ShownTime(push.receivedAt.value, now: now.value)
        because = push.reason
    }
}

struct PushListPage: Page {
    static let template = PageTemplate("events-pushes", utf8: PackageResources.events_pushes_mustache)
    var title = "Events and webhooks"
    var tabs: [PageTab]
    var states: [Choice]
    var rows: [PushRow]
    var hasRows: Bool
    var pager: Pager
    var empty: EmptyBox
}

struct PushPage: Page {
    static let template = PageTemplate("events-push", utf8: PackageResources.events_push_mustache)
    var title = "Notification from LinkedIn"
    var back: String
    var id: String
    var type: String
    var badge: Badge
    var because: String?
    var attempts: String
    var received: ShownTime
    var expires: ShownTime?
    var next: ShownTime?
    var settled: ShownTime?
    var json: String?

    init(_ push: StoredPush, back: String, _ now: Millis) {
        self.back = back
        id = push.id
        type = push.type
        badge = push.state.badge
        because = push.reason
        attempts = Wording.count(push.attempts)
        received = ShownTime(push.receivedAt.value, now: now.value)
        expires = push.expiresAt.map { ShownTime($0.value, now: now.value) }
        next = push.state == .open ? ShownTime(push.nextAt.value, now: now.value) : nil
        settled = push.settledAt.map { ShownTime($0.value, now: now.value) }
        json = push.body.map(PrettyJSON.text)
    }
}
