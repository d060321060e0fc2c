// SPDX-License-Identifier: Apache-2.0

import Web

/// What somebody had entered in a widget when the session ended, to be sent by another press.
struct WidgetKept: Page {
    static let template = PageTemplate(
        "widget_kept_form", utf8: PackageResources.widget_kept_form_mustache, layout: .frame)

    let title = "Send it again?"
    var bar: WidgetBar
    var kept: KeptPage

    /// For a form that was sent: it waits until somebody has signed in, or is shown at once.
    ///
    /// - Throws: `WidgetProblem` for a form of another site.
    static func hold(_ visit: WidgetVisit) throws -> WebResponse {
        guard visit.call.isFromHere, let kept = visit.call.kept else { throw WidgetProblem.foreignForm }
        guard visit.call.recruiter != nil else {
            visit.call.sessions.kept.keep(kept, for: visit.call.session, at: visit.place)
            return visit.see("", visit.search)
        }
        return show(visit, kept, why: "This form was opened before you signed in.", status: 403)
    }

    /// - Returns: nil when no form waits.
    static func waiting(_ visit: WidgetVisit) -> WebResponse? {
        visit.call.sessions.kept.take(visit.call.session, at: visit.place).map {
            show(visit, $0, why: "You were signed out before this was sent.")
        }
    }

    private static func show(_ visit: WidgetVisit, _ kept: KeptForm, why: String, status: Int = 200) -> WebResponse {
        visit.page(
            WidgetKept(bar: visit.bar, kept: KeptPage(kept, why: why, leave: visit.url("", visit.search))),
            status: status)
    }
}
