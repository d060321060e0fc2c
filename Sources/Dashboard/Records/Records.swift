// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// Everything the ATS sent: how much of it stands where, and each record of it.
enum Records {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/records", .viewer, list),
        .get("/ui/customers/{id}/records/one", .viewer, RecordActions.show),
        .get("/ui/customers/{id}/records/one/linkedin", .operator, RecordActions.readBack),
        .post("/ui/customers/{id}/records/one/retry", .operator, RecordActions.retry),
        .get("/ui/customers/{id}/records/{type}/{recordId}", .viewer) { call in
            let query = FormFields([("type", call.values[1]), ("id", call.values[2])])
            let parent = call.query.exact("parent").map { [("parent", $0)] } ?? []
            return .see(
                .page("/ui/customers/\(call.values[0].urlComponent)/records/one?" + query.query(adding: parent)))
        },
    ]

    private static func list(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let query = call.query
        let kind = query["type"].flatMap(RecordKind.init(rawValue:))
        let filter = query["state"].flatMap(RecordFilter.init(rawValue:))
        let after = query.exact("after").flatMap(ListCursor.init)
        let owner = query["of"].flatMap(RecordKind.init(rawValue:)).flatMap { ofKind in
            query.exact("ofId").map { RecordKey(ofKind, id: $0) }
        }
        let text = query["q"]
        let (tallies, page, isReady) = try await call.store.read { tx in
            let number = customer.number
            let page =
                if let text {
                    try tx.find(RecordSearch(text, kind: kind, filter: filter), customer: number, after: after)
                } else if let owner, let kind {
                    try tx.recordPage(customer: number, of: owner, kind: kind, after: after)
                } else {
                    try tx.recordPage(customer: number, filter, kind: kind, after: after)
                }
            return (
                try tx.tallies(customer: number), page, try text == nil || tx.tracesReach(customer: number)
            )
        }
        if !isReady { try await NameIndex.want(of: customer, call) }
        return call.page(
            RecordsPage(
                customer: customer, tallies: tallies, page: page, now: call.now,
                asked: .init(text: text, kind: kind, filter: filter, owner: owner, query: query), isIndexed: isReady),
            of: customer)
    }
}

/// The index of names is made when somebody first looks for one.
enum NameIndex {
    static func want(of customer: Customer, _ call: DashboardCall) async throws {
        try await call.store.write { try $0.wantTraces(customer: customer.number) }
        call.parts.signal.pushStored(customer.number)
    }
}

struct RecordsPage: Page {
    static let template = PageTemplate("records", utf8: PackageResources.records_mustache)

    /// What the address asks for.
    struct Asked: Sendable {
        var text: String?
        var kind: RecordKind?
        var filter: RecordFilter?
        var owner: RecordKey?
        var query: FormFields
    }

    struct Tile: Sendable {
        var label: String
        var count: String
        var href: String
        var tone: String
        var hint: String
    }

    struct KindRow: Sendable {
        var label: String
        var href: String
        var cells: [Link]
    }

    var title = "Records"
    var action: String
    var tiles: [Tile]
    var columns: [String]
    var kinds: [KindRow]
    var text: String
    var types: [Choice]
    var states: [Choice]
    var isFiltered: Bool
    var told: [Notice] = []
    var table: [RecordTable] = []
    var empty: EmptyBox?
    var pager: Pager

    private static let shown: [RecordFilter] = [.wanted, .held, .due, .confirming, .waiting, .rejected, .deleting]

    init(
        customer: Customer, tallies: [RecordKind: Tally], page: RecordPage, now: Millis, asked: Asked, isIndexed: Bool
    ) {
        let path = "/ui/customers/\(customer.id)/records"
        action = path
        columns = Self.shown.map(\.label)
        tiles = Self.shown.map { filter in
            let count = tallies.values.reduce(0) { $0 + (filter.count($1) ?? 0) }
            return Tile(
                label: filter.label, count: Wording.count(count), href: path + "?state=\(filter.rawValue)",
                tone: count > 0 ? filter.tone.rawValue : "", hint: filter.hint)
        }
        kinds = RecordKind.allCases.compactMap { kind in
            guard let tally = tallies[kind] else { return nil }
            return KindRow(
                label: kind.plural, href: path + "?type=\(kind.rawValue)",
                cells: Self.shown.map { filter in
                    Link(
                        Wording.count(filter.count(tally) ?? 0),
                        path + "?type=\(kind.rawValue)&state=\(filter.rawValue)")
                })
        }
        text = asked.text ?? ""
        types =
            [Choice("", "All types", isChosen: asked.kind == nil)]
            + RecordKind.allCases.map {
                Choice($0.rawValue, $0.plural, isChosen: asked.kind == $0)
            }
        states =
            [Choice("", "All states", isChosen: asked.filter == nil)]
            + RecordFilter.allCases.map {
                Choice($0.rawValue, $0.label, isChosen: asked.filter == $0)
            }
        isFiltered = asked.text != nil || asked.kind != nil || asked.filter != nil || asked.owner != nil
        if customer.status != .enabled {
            told.append(
                Notice(
                    .warn, "Nothing is sent, because the integration is not enabled.",
                    link: Link("See what is missing", "/ui/customers/\(customer.id)")))
        }
        if !isIndexed {
            told.append(
                Notice(
                    .info,
                    "The index of names is being made in the background, so this may not find everybody yet. Ids are found always."
                ))
        }
        if page.isCut {
            told.append(
                Notice(.info, "There is more to look through: the next page goes on where this one stopped."))
        }
        let total = Self.total(tallies, asked)
        let caption = asked.owner.map { "\(asked.kind?.plural ?? "Records") of \($0.kind.label.lowercased()) \($0.id)" }
        if page.lines.isEmpty {
            empty = Self.nothing(customer, asked, hasRecords: tallies.values.contains { $0.desired + $0.deleting > 0 })
        } else {
            table = [RecordTable(caption ?? "Records, in the order of the list", page.lines, of: customer.id, now: now)]
        }
        let shown = Wording.count(page.lines.count)
        pager = Pager(
            path, asked.query, nextKey: page.next?.text,
            says: total.map { "\(shown) of \(Wording.count($0, "record"))" } ?? "\(shown) shown")
    }

    /// How many the whole list has, when that is known.
    private static func total(_ tallies: [RecordKind: Tally], _ asked: Asked) -> Int? {
        guard asked.text == nil, asked.owner == nil else { return nil }
        let chosen = tallies.filter { asked.kind == nil || $0.key == asked.kind }.values
        guard let filter = asked.filter else { return chosen.reduce(0) { $0 + $1.desired + $1.deleting } }
        let counts = chosen.map(filter.count)
        return counts.contains(nil) ? nil : counts.reduce(0) { $0 + ($1 ?? 0) }
    }

    private static func nothing(_ customer: Customer, _ asked: Asked, hasRecords: Bool) -> EmptyBox {
        let all = Link("All records", "/ui/customers/\(customer.id)/records")
        if let text = asked.text {
            return EmptyBox(
                "Nothing found for “\(RecordTable.short(text))”",
                "Ids are found by their beginning, as they are written; candidates and jobs by the beginning of any word of their name.",
                link: all)
        }
        guard hasRecords else {
            return EmptyBox(
                "No records yet",
                "They come from the ATS: by the REST API, in bulk, or by a source that reads its files or its database.",
                link: Link("Sources", "/ui/customers/\(customer.id)/sources"))
        }
        return EmptyBox("No such records", "Nothing stands where you are looking.", link: all)
    }
}
