// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Logging
import Web

/// What stands in front of every widget: the application's domains, the person's sign-in, the company's licence, and whether the
/// integration is on.
enum WidgetFrame {
    typealias Handler = @Sendable (WidgetVisit) async throws -> WebResponse

    private static let doors: Set = ["sign-in", "sign-out"]

    static let routes: [PageRoute] =
        Widget.allCases.flatMap { widget in
            [
                post(widget, "sign-in") { try await WidgetSignIn.signIn($0) },
                post(widget, "sign-out") { visit in
                    visit.call.sessions.change(visit.call.session) { $0.seat = nil }
                    return visit.see("", [])
                },
            ]
        }

    /// The widget itself. Whoever is not signed in is asked to.
    static func get(_ widget: Widget, _ handler: @escaping Handler) -> PageRoute {
        .get(widget.framePath) { call in
            await answer(widget, call) { visit in
                guard call.recruiter != nil else { return try await WidgetSignIn.show(visit) }
                if let kept = WidgetKept.waiting(visit) { return kept }
                return try await handler(visit)
            }
        }
    }

    /// A form in it.
    static func post(_ widget: Widget, _ act: String, _ handler: @escaping Handler) -> PageRoute {
        var route = PageRoute.post(widget.framePath + "/" + act) { call in
            await answer(widget, call) { visit in
                let isOurs = FormToken.isValid(call.form, session: call.session.secret)
                if doors.contains(act) {
                    return isOurs ? try await handler(visit) : try await WidgetSignIn.show(visit, isOld: true)
                }
                // Whoever signed out meanwhile, in another widget of the page perhaps, is asked who they are.
                guard isOurs, call.recruiter != nil else { return try WidgetKept.hold(visit) }
                return try await handler(visit)
            }
        }
        // The token is looked at here, so that a refusal can be shown inside the frame.
        route.isForeign = true
        return route
    }

    private static func answer(_ widget: Widget, _ call: PageCall, _ handler: Handler) async -> WebResponse {
        do {
            let visit = try WidgetVisit(widget, call)
            do {
                return try await handler(visit)
            } catch let problem as WidgetProblem {
                let isPage = problem.isUsual && call.request.method != "POST"
                return visit.page(WidgetMessage(problem, bar: visit.bar), status: isPage ? 200 : problem.status)
            } catch let error as ControlError {
                return visit.page(WidgetMessage(error, bar: visit.bar), status: error.status)
            } catch {
                call.sandbox.core.logger.error("a widget failed inside", metadata: ["error": "\(error)"])
                return visit.page(WidgetMessage(.inside, bar: visit.bar), status: 500)
            }
        } catch {
            // Nobody may frame this; it is read by whoever opens the address itself.
            let problem = error as? WidgetProblem ?? .inside
            return .html(call.renderer.html(WidgetMessage(problem, bar: nil), shell(call)), status: problem.status)
        }
    }

    static func shell(_ call: PageCall) -> Shell {
        Shell(
            product: "Recruiter", home: "/talent", csrf: FormToken.make(session: call.session.secret), face: "recruiter"
        )
    }

    /// The organization that the tag's `data-integration-context` names, after the checks that every widget but the configuration
    /// plugin makes. Source: modules 3–5, B.1 (licence), B.5 (shown only while the integration is on).
    ///
    /// - Throws: `WidgetProblem`.
    static func tenant(_ visit: WidgetVisit) async throws -> Tenant {
        guard let organization = visit.attribute("integration-context").flatMap({ OrganizationURN($0)?.number }) else {
            throw WidgetProblem(
                status: 400, title: "The widget does not say for which company",
                text: "data-integration-context must be a URN such as urn:li:organization:1000.")
        }
        let recruiter = try visit.recruiter()
        guard recruiter.contract.organization == organization else {
            throw WidgetProblem(
                status: 403, title: "Your seat is with another company",
                text:
                    "\(recruiter.name)'s Recruiter licence does not belong to the company that this page is about. Sign in with another seat.",
                isUsual: true)
        }
        let application = visit.application.number
        let (tenancy, state) = try await visit.sandbox.core.world.read { tx in
            let tenancy = try tx.tenancy(application: application, organization: organization)
            let stored = try visit.widget.integration.flatMap { type in
                try tx.integration(
                    Tenant(tenancy: 0, application: application, organization: organization).integration(type),
                    application: application)
            }
            let admins = stored?.status == .enabled ? [] : try tx.activeAdminNames(organization: organization)
            return (tenancy, WidgetState(widget: visit.widget, stored: stored, admins: admins))
        }
        guard let tenancy, state.stored?.status == .enabled else { throw state.problem }
        return Tenant(tenancy: tenancy, application: application, organization: organization)
    }
}

/// A widget that only says something.
struct WidgetMessage: Page {
    static let template = PageTemplate(
        "widget_message", utf8: PackageResources.widget_message_mustache, layout: .frame)
    var title: String
    var text: String
    var link: Link?
    var bar: WidgetBar?

    init(_ problem: WidgetProblem, bar: WidgetBar?) {
        title = problem.title
        text = problem.text
        link = problem.link
        self.bar = bar
    }

    init(_ error: ControlError, bar: WidgetBar) {
        title = "That did not work"
        text = "\(error.field.map { $0 + " " } ?? "")\(error.message): \(error.remedy)."
        self.bar = bar
    }
}

extension WidgetProblem {
    static let inside = Self(
        status: 500, title: "The sandbox failed inside", text: "Its log says why. Nothing was changed.")
}
