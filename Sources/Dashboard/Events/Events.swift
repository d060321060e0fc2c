// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Synchronization
import Web
import Webhooks

/// The event feed, where it is posted to, and what LinkedIn posted to us.
enum Events {
    static let routes: [DashboardRoute] =
        [
            .get("/ui/customers/{id}/events", .viewer, feed),
            .get("/ui/customers/{id}/events/live", .viewer, live),
            .get("/ui/customers/{id}/events/one/{number}", .viewer, EventActions.show),
        ] + EndpointPages.routes + EndpointActions.routes + PushPages.routes

    static func base(_ customer: Customer) -> String { "/ui/customers/\(customer.id)/events" }

    static func tabs(_ customer: Customer, _ current: String) -> [PageTab] {
        let base = base(customer)
        return [
            PageTab("Feed", base, current == "feed"),
            PageTab("Endpoints", base + "/webhooks", current == "webhooks"),
            PageTab("From LinkedIn", base + "/pushes", current == "pushes"),
        ]
    }

    private static func feed(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (type, before, now, query) = (
            call.query["type"], call.query["before"].flatMap { Int64($0) }, call.now, call.query
        )
        let page = try await call.store.read { tx in
            let head = try tx.lastEvent(customer: customer.number)
            let events = ListPart(
                try tx.eventsNewest(customer: customer.number, type: type, before: before, limit: Pager.asked),
                key: { String($0.number) })
            let rows = EventRows(events.rows.map { EventRow($0, customer, now) })
            return FeedPage(
                tabs: tabs(customer, "feed"),
                types: [Choice("", "All types", isChosen: type == nil)]
                    + EventType.allCases.map { Choice($0.rawValue, $0.words, isChosen: $0.rawValue == type) },
                feed: rows,
                pager: Pager(
                    base(customer), query, nextKey: events.nextKey,
                    says: "\(Wording.count(rows.rows.count)) of \(Wording.count(Int(head), "event"))", key: "before"),
                empty: head == 0
                    ? EmptyBox(
                        "Nothing happened yet",
                        "Every match, export, message, refusal and erasure becomes an event here, in the order in which it happened.",
                        link: Link("Add an endpoint", base(customer) + "/webhooks"))
                    : EmptyBox(
                        "No such event", "Choose another type.", link: Link("All types", base(customer))))
        }
        // What is filtered or further back stays as it is.
        return call.page(
            page, of: customer, live: type == nil && before == nil ? base(customer) + "/live" : nil)
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (store, parts, renderer) = (call.store, call.parts, call.renderer)
        let seen = Mutex<Int64?>(nil)
        return .events(
            call.live.listen(to: "events/\(customer.number)") {
                let now = parts.time.now()
                guard let head = try? await store.read({ try $0.lastEvent(customer: customer.number) }),
                    seen.withLock({ seen in
                        defer { seen = head }
                        return seen != head
                    }),
                    let events = try? await store.read({
                        try $0.eventsNewest(customer: customer.number, type: nil, before: nil, limit: Pager.length)
                    }), !events.isEmpty
                else { return nil }
                let rows = EventRows(events.map { EventRow($0, customer, now) })
                return [LiveHub.Update("feed", renderer.html(EventRows.fragment, rows))]
            })
    }
}

extension EventType {
    /// For a list of choices.
    var words: String {
        switch self {
        case .exportReceived: "Export received"
        case .matchChanged: "Match changed"
        case .inMailReceived: "InMail received"
        case .noteChanged: "Recruiter's note changed"
        case .stubReceived: "Profile shared"
        case .profileClosed: "Account closed"
        case .integrationChanged: "Integration changed"
        case .recordRejected: "Record refused"
        case .personTied: "Person tied or suggested"
        case .unknownPush: "Unknown notification"
        case .erased: "Erasure finished"
        case .webhookDisabled: "Endpoint switched off"
        }
    }

    var tone: Tone {
        switch self {
        case .recordRejected, .webhookDisabled: .bad
        case .profileClosed, .unknownPush: .warn
        case .exportReceived, .inMailReceived, .noteChanged, .stubReceived: .info
        case .erased, .matchChanged, .integrationChanged, .personTied: .quiet
        }
    }
}

struct EventRow: Sendable {
    var number: String
    var href: String
    var badge: Badge
    /// The type as the API calls it.
    var type: String
    var candidate: Link?
    var person: String?
    var at: ShownTime
    var start: String

    init(_ event: Event, _ customer: Customer, _ now: Millis) {
        let known = EventType(rawValue: event.type)
        number = Wording.count(Int(event.number))
        href = "\(Events.base(customer))/one/\(event.number)"
        badge = Badge(known?.tone ?? .quiet, known?.words ?? event.type.excerpt(60))
        type = event.type
        candidate = event.candidate.map { Link($0.excerpt(60), Members.candidatePage(customer, $0)) }
        person = event.person
        at = ShownTime(event.at.value, now: now.value)
        start =
            event.data.map { String(decoding: $0.prefix(400), as: UTF8.self).excerpt(120) } ?? "erased"
    }
}

/// The rows of the feed, which an open page exchanges as a whole.
struct EventRows: Sendable {
    static let fragment = Fragment("events-rows", utf8: PackageResources.events_rows_mustache)
    var rows: [EventRow]
    var hasRows: Bool

    init(_ rows: [EventRow]) {
        self.rows = rows
        hasRows = !rows.isEmpty
    }
}

struct FeedPage: Page {
    static let template = PageTemplate("events", utf8: PackageResources.events_mustache)
    var title = "Events and webhooks"
    var tabs: [PageTab]
    var types: [Choice]
    var feed: EventRows
    var pager: Pager
    var empty: EmptyBox
}
