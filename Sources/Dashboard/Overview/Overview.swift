// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Web

/// The first page: every customer, trouble first.
enum Overview {
    static let routes: [DashboardRoute] = [.get("/ui", .viewer, show), .get("/ui/live", .viewer, live)]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let list = try await OverviewList.read(call.parts, call.query, limit: Pager.length)
        let query = call.query.query(except: ["done"])
        return call.page(
            OverviewPage(list, call.query, mayAdd: call.visitor.account.role >= .admin),
            live: "/ui/live" + (query.isEmpty ? "" : "?" + query))
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let (parts, query, renderer) = (call.parts, call.query, call.renderer)
        let last = LastLook<OverviewList.Shown>()
        return .events(
            call.live.listen(to: "overview?\(query.query())") {
                guard let list = try? await OverviewList.read(parts, query, limit: Pager.length) else { return nil }
                return last.updates(list.shown) { shown in
                    [
                        LiveHub.Update("tiles", renderer.html(.overviewTiles, shown)),
                        LiveHub.Update("customers", renderer.html(.overviewCustomers, shown)),
                    ]
                }
            })
    }
}

struct OverviewPage: Page {
    static let template = PageTemplate("overview", utf8: PackageResources.overview_mustache)
    var title = "Overview"
    var shown: OverviewList.Shown
    var query: String
    var choices: [Choice]
    var mayAdd: Bool
    /// The list is not empty because of the search.
    var hasAny: Bool
    var empty: EmptyBox?
    var pager: Pager

    init(_ list: OverviewList, _ fields: FormFields, mayAdd: Bool) {
        shown = list.shown
        query = fields["q"] ?? ""
        let chosen = fields["show"] ?? ""
        choices = OverviewList.Filter.allCases.map {
            Choice($0.rawValue, $0.label, isChosen: $0.rawValue == chosen)
        }
        self.mayAdd = mayAdd
        hasAny = list.total > 0
        if list.total == 0 {
            empty = EmptyBox(
                "No customer yet",
                "A customer is one company whose ATS you connect. Adding it makes its application at LinkedIn and its API key.",
                link: mayAdd ? Link("Add a customer", "/ui/customers/new") : nil)
        } else if list.found == 0 {
            empty = EmptyBox(
                "No customer fits",
                "Search for a part of the name or of the id, or show all.",
                link: Link("Show all", "/ui"))
        }
        pager = Pager(
            "/ui", fields, nextKey: list.nextKey,
            says: "\(Wording.count(list.shown.customers.count)) of \(Wording.count(list.found, "customer"))")
    }
}

extension Fragment {
    static let overviewTiles = Fragment("overviewTiles", utf8: PackageResources.overviewTiles_mustache)
    static let overviewCustomers = Fragment("overviewCustomers", utf8: PackageResources.overviewCustomers_mustache)
    static let overview = [overviewTiles, overviewCustomers]
}
