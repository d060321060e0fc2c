// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Web

/// Unified search in an ATS's page. Source: modules 3–5, B.5.
struct SearchWidget: Page {
    static let template = PageTemplate("widget_search", utf8: PackageResources.widget_search_mustache, layout: .frame)

    struct Choice: Sendable {
        var value: String
        var label: String
        var isChosen: Bool
    }

    let title = "Search LinkedIn and your candidates"
    var bar: WidgetBar
    /// Of the form.
    var action: String
    var kept: [WidgetVisit.Kept]
    var query: UnifiedQuery
    var inATS: [Choice]
    /// nil until something is looked for.
    var board: UnifiedBoard?
    var compose: WidgetCompose?
    var more: String?
    var moreCandidates: String?

    static let routes: [PageRoute] = [
        WidgetFrame.get(.search) { try await show($0) },
        WidgetFrame.post(.search, "save") { try await WidgetDesk.save($0) },
        WidgetFrame.post(.search, "inmail") { visit in
            if let sent = try await WidgetDesk.send(visit) { return sent }
            return try await show(visit, status: 422)
        },
    ]

    private static func show(_ visit: WidgetVisit, status: Int = 200) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let recruiter = try visit.recruiter()
        let fields = visit.call.query
        let query = UnifiedQuery(fields)
        let seen = try await recruiter.tenant(String(tenant.application), visit.sandbox)
        var board: UnifiedBoard?
        if !visit.search.isEmpty {
            var found = try await UnifiedBoard.look(
                recruiter, seen, query, job: WidgetDesk.job(visit), after: fields["after"],
                afterCandidate: fields["after_candidate"], save: visit.url("save", visit.search), in: visit.sandbox)
            found.rows = found.rows.map { row in
                var row = row
                row.compose = visit.url("", visit.search + [("ask", "inmail"), ("member", String(row.number))])
                return row
            }
            board = found
        }
        let place = visit.search.filter { !$0.0.hasPrefix("after") }
        return visit.page(
            SearchWidget(
                bar: visit.bar, action: visit.widget.framePath, kept: visit.kept, query: query,
                inATS: [("", "Anywhere"), ("yes", "In the ATS"), ("no", "Not in the ATS")].map {
                    Choice(value: $0.0, label: $0.1, isChosen: query.ats == $0.0)
                },
                board: board, compose: try await WidgetDesk.compose(visit),
                more: board?.next.map { visit.url("", place + [("after", $0)]) },
                moreCandidates: board?.nextCandidate.map { visit.url("", place + [("after_candidate", $0)]) }),
            status: status)
    }
}
