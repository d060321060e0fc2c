// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Web

/// Recommended matches in an ATS's page about a job. Source: modules 3–5, B.4.
struct MatchesWidget: Page {
    static let template = PageTemplate(
        "widget_matches", utf8: PackageResources.widget_matches_mustache, layout: .frame)

    let title = "Recommended matches"
    var bar: WidgetBar
    var board: MatchBoard
    var compose: WidgetCompose?
    /// The next page.
    var more: String?

    static let routes: [PageRoute] = [
        WidgetFrame.get(.matches) { try await show($0) },
        WidgetFrame.post(.matches, "save") { try await WidgetDesk.save($0) },
        WidgetFrame.post(.matches, "not-interested") { try await WidgetDesk.dismiss($0) },
        WidgetFrame.post(.matches, "inmail") { visit in
            if let sent = try await WidgetDesk.send(visit) { return sent }
            return try await show(visit, status: 422)
        },
    ]

    private static func show(_ visit: WidgetVisit, status: Int = 200) async throws -> WebResponse {
        let tenant = try await WidgetFrame.tenant(visit)
        let recruiter = try visit.recruiter()
        guard let job = WidgetDesk.job(visit) else { throw WidgetDesk.noJob }
        let targets = MatchBoard.Targets(
            save: visit.url("save", visit.search), dismiss: visit.url("not-interested", visit.search))
        guard let seen = try await recruiter.tenant(String(tenant.application), visit.sandbox),
            let board = try await MatchBoard.look(
                recruiter, seen, job: job, after: visit.call.query["after"], to: targets, in: visit.sandbox)
        else {
            throw WidgetProblem(
                status: 404, title: "The job is not offered",
                text: "Job \(job) is unknown to LinkedIn, closed, or you are in none of its permission groups.",
                isUsual: true)
        }
        return visit.page(
            MatchesWidget(
                bar: visit.bar, board: board, compose: try await WidgetDesk.compose(visit),
                more: board.next.map { visit.url("", [("after", $0)]) }), status: status)
    }
}
