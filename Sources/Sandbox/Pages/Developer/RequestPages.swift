// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Web

/// Rows of the request journal, newest first: part of several pages, and sent anew to those that are open.
struct RequestList: Sendable {
    static let fragment = Fragment(
        "developer_request_list", utf8: PackageResources.developer_request_list_mustache)

    struct Row: Sendable {
        var number: String
        var href: String
        /// Of the day; the whole time stands in `exact`.
        var clock: String
        var iso: String
        var exact: String
        var method: String
        var target: String
        /// The target, not cut off.
        var whole: String
        /// What LinkedIn's gateway made of it: `candidates.batch_update`.
        var call: String
        var caller: String
        var records: String
        var status: Badge
        var took: String
        var fault: String?
    }

    let element = "requests"
    var rows: [Row]
    var empty: EmptyNote
    /// The number to go on before; nil at the end.
    var next: String?

    init(_ call: PageCall, _ filter: RequestFilter, before: Int? = nil, limit: Int) {
        let found = call.sandbox.journal.newest(before: before ?? .max, limit: limit + 1, where: filter.test())
        rows = found.prefix(limit).map { Row($0, call) }
        next = found.count > limit ? found[limit - 1].number.description : nil
        empty =
            filter.isEmpty
            ? EmptyNote(
                call.sandbox.journal.isOn ? "No request yet" : "The journal is off",
                call.sandbox.journal.isOn
                    ? "As soon as somebody calls LinkedIn's API here, the call appears by itself."
                    : "The sandbox was started without one.")
            : EmptyNote(
                "No request is like that", "The journal holds the latest \(Wording.count(10_000)) requests at most.",
                link: Link("Show all", "/developers/requests"))
    }
}

extension RequestList.Row {
    init(_ entry: JournalEntry, _ call: PageCall) {
        number = String(entry.number)
        href = "/developers/requests/\(entry.number)"
        let time = ShownTime(entry.time.millis, now: entry.time.millis)
        iso = time.iso
        exact = time.exact
        clock = String(Wording.time(entry.time.millis).suffix(8))
        method = entry.method
        whole = entry.path + (entry.query.isEmpty ? "" : "?" + entry.query)
        target = whole.count > 160 ? whole.prefix(160) + "…" : whole
        self.call = entry.call
        caller = entry.application.map { call.label(ofApplication: $0) } ?? ""
        records = entry.records > 0 ? Wording.count(entry.records) : ""
        status = entry.badge
        took = entry.took
        fault = entry.fault
    }
}

extension JournalEntry {
    var call: String { [resource, restliMethod].compactMap { $0 }.joined(separator: ".") }

    var badge: Badge {
        switch status {
        case 0: Badge(.bad, "no answer")
        case ..<300: Badge(.good, String(status))
        case 429: Badge(.warn, "429")
        case ..<400: Badge(.info, String(status))
        case ..<500: Badge(.warn, String(status))
        default: Badge(.bad, String(status))
        }
    }

    var took: String {
        microseconds < 10_000
            ? "\(microseconds / 1_000).\(microseconds / 100 % 10) ms"
            : Wording.duration(milliseconds: microseconds / 1_000)
    }
}

/// The journal with its filters, live.
struct RequestsPage: Page {
    static let template = PageTemplate("developer_requests", utf8: PackageResources.developer_requests_mustache)

    let title = "Requests"
    var applications: [FormOption]
    var methods: [FormOption]
    var groups: [FormOption]
    var outcomes: [FormOption]
    var path: String
    var text: String
    var isFiltered: Bool
    var list: RequestList
    var pager: Pager

    static let routes: [PageRoute] = [
        .get("/developers/requests") { show($0) },
        .get("/developers/requests/live") { live($0) },
        .get("/developers/requests/clear") { call in
            call.page(
                ConfirmPage(
                    "Clear the journal",
                    ["Every request that is written down here is forgotten. What the requests did stays as it is."],
                    action: "/developers/requests/clear", button: "Forget the requests", back: "/developers/requests"))
        },
        .post("/developers/requests/clear") { call in
            _ = try await call.control.clearJournal(ControlRequest())
            return .see("/developers/requests?done=journal-cleared")
        },
        .get("/developers/requests/{number}") { try RequestPage.show($0) },
    ]

    private static let pageSize = 50

    private static func show(_ call: PageCall) -> WebResponse {
        let (fields, filter) = (call.query, RequestFilter(call.query))
        let list = RequestList(call, filter, before: fields["before"].flatMap { Int($0) }, limit: pageSize)
        let callers = call.sandbox.core.applications.all.map {
            FormOption($0.clientID, $0.label, selected: filter.application)
        }
        let page = RequestsPage(
            applications: [FormOption("", "All applications", selected: filter.application)] + callers,
            methods: [FormOption("", "All methods", selected: filter.method)]
                + RequestFilter.methods.map { FormOption($0, $0, selected: filter.method) },
            groups: [FormOption("", "All quotas", selected: filter.group?.rawValue)]
                + EndpointGroup.allCases.map {
                    FormOption($0.rawValue, $0.rawValue, selected: filter.group?.rawValue)
                },
            outcomes: [FormOption("", "All answers", selected: filter.outcome?.rawValue)]
                + RequestFilter.Outcome.allCases.map {
                    FormOption($0.rawValue, $0.label, selected: filter.outcome?.rawValue)
                },
            path: filter.path ?? "", text: filter.text ?? "", isFiltered: !filter.isEmpty, list: list,
            pager: Pager(
                "/developers/requests", fields, nextKey: list.next,
                says: Wording.count(list.rows.count, "request") + " shown, newest first", key: "before"))
        // An older page stands still; the first one follows what comes.
        let query = fields.query(except: ["before", "done"])
        let source = "/developers/requests/live?limit=\(pageSize)" + (query.isEmpty ? "" : "&" + query)
        return call.page(page, live: fields["before"] == nil ? source : nil)
    }

    private static func live(_ call: PageCall) -> WebResponse {
        let filter = RequestFilter(call.query)
        let limit = min(100, max(1, call.query["limit"].flatMap { Int($0) } ?? pageSize))
        return .events(
            call.hub.listen(to: "requests?" + call.query.query()) {
                let list = RequestList(call, filter, limit: limit)
                return [LiveHub.Update(list.element, call.renderer.html(RequestList.fragment, list))]
            })
    }
}

/// One request with what was sent and answered.
struct RequestPage: Page {
    static let template = PageTemplate("developer_request", utf8: PackageResources.developer_request_mustache)

    struct Parameter: Sendable {
        var name: String
        var value: String
    }

    struct Side: Sendable {
        var heading: String
        /// How much there was, and what is missing.
        var note: String
        /// Laid out; nil when there was none or it is withheld.
        var text: String?
    }

    let title: String
    var method: String
    var path: String
    var call: String?
    var status: Badge
    var time: ShownTime
    var caller: Link?
    var took: String
    var records: String?
    var requestID: String
    var isTunnelled: Bool
    var fault: String?
    var parameters: [Parameter]
    var sides: [Side]
    var newer: String?
    var older: String?

    fileprivate static func show(_ call: PageCall) throws -> WebResponse {
        let journal = call.sandbox.journal
        guard let number = Int(call.values[0]), number > 0,
            let entry = journal.entries(after: number - 1, limit: 1).first, entry.number == number
        else {
            throw PageProblem(
                status: 404, title: "The request is not in the journal",
                text: "It was never made, or so many came after it that it was forgotten.",
                links: [Link("To the journal", "/developers/requests")])
        }
        let page = RequestPage(
            title: "Request \(number)", method: entry.method, path: entry.path,
            call: entry.call.isEmpty ? nil : entry.call, status: entry.badge, time: call.shown(entry.time),
            caller: entry.application.flatMap { call.sandbox.core.applications.application(clientID: $0) }
                .map { Link($0.label, "/developers/applications/\($0.number)") },
            took: entry.took, records: entry.records > 0 ? Wording.count(entry.records) : nil,
            requestID: entry.requestID, isTunnelled: entry.isTunnelled, fault: entry.fault,
            parameters: FormFields(entry.query.utf8).pairs.map { Parameter(name: $0.name, value: $0.value) },
            sides: [
                side("Request body", entry.requestBody, of: entry.requestBytes),
                side("Response body", entry.responseBody, of: entry.responseBytes),
            ],
            newer: number < journal.lastNumber ? "/developers/requests/\(number + 1)" : nil,
            older: journal.newest(before: number, limit: 1) { _ in true }.first.map {
                "/developers/requests/\($0.number)"
            })
        return call.page(page)
    }

    private static func side(_ heading: String, _ body: [UInt8]?, of whole: Int) -> Side {
        guard let body else {
            return Side(heading: heading, note: "Withheld: it holds credentials.", text: nil)
        }
        guard !body.isEmpty else { return Side(heading: heading, note: "There was none.", text: nil) }
        let note =
            body.count < whole
            ? "The first \(Wording.count(body.count)) of \(Wording.count(whole, "byte")); the journal keeps no more."
            : Wording.count(whole, "byte")
        return Side(heading: heading, note: note, text: JSONLayout.text(body) ?? String(decoding: body, as: UTF8.self))
    }
}
