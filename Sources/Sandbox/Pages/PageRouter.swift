// SPDX-License-Identifier: Apache-2.0

import Logging
import Web

/// What people see in a browser: Recruiter, the developer's view, the widgets. Pages look and act as the control API does
/// and are no part of LinkedIn's gateway: no token, no quota, no journal.
struct PageRouter: Sendable {
    let routes: [PageRoute]
    private let sessions = PageSessions()
    private let renderer: Renderer
    private let hub = LiveHub()

    init() {
        routes =
            RecruiterHome.routes + SeatSignIn.routes + SearchPages.routes
            + ProfilePages.routes + AdminPages.routes
            + DeveloperPages.routes + WidgetPages.routes
        renderer = Renderer(
            fragments: SearchPages.fragments + ProfilePages.fragments + AdminPages.fragments + DeveloperPages.fragments
                + WidgetPages.fragments)
    }

    /// First segments of every page's path; whatever else is asked for is LinkedIn's gateway or the control API.
    private static let roots: Set<Substring> = ["", "talent", "developers", "assets", "xdoor", "rsc", "recruiter"]

    /// Whether a percent-encoded path is one of a page.
    func has(_ path: String) -> Bool {
        Self.roots.contains(path.dropFirst().prefix { $0 != "/" }) || path.hasPrefix("/_sandbox/demo-ats")
    }

    /// Never throws: a page that fails says so to the person.
    func respond(to request: SandboxRequest, in sandbox: Sandbox) async -> SandboxResponse {
        if let asset = Asset.find(request.path), case .bytes(let bytes) = asset.response.body {
            return SandboxResponse(status: 200, headers: asset.response.headers, body: bytes)
        }
        let (session, cookies) = sessions.session(of: request)
        var response = await answer(request, session, sandbox)
        response.headers += cookies.map { ("set-cookie", $0.header) }
        switch response.body {
        case .bytes(let bytes): return SandboxResponse(status: response.status, headers: response.headers, body: bytes)
        case .stream(let stream):
            return SandboxResponse(status: response.status, headers: response.headers, stream: stream)
        }
    }

    private func answer(_ request: SandboxRequest, _ session: PageSession, _ sandbox: Sandbox) async -> WebResponse {
        var call = PageCall(
            request, session: session, sandbox: sandbox, renderer: renderer, sessions: sessions, hub: hub)
        do {
            let (route, values) = try match(request)
            call.values = values
            call.recruiter = try await Recruiter.signedIn(session, sandbox)
            if let held = try hold(call, to: route) { return held }
            if route.swapsWorld { return try await route.handler(call) }
            return try await sandbox.inside { try await route.handler(call) }
        } catch let problem as PageProblem {
            return call.page(MessagePage(problem.title, [problem.text], links: problem.links), status: problem.status)
        } catch let error as ControlError {
            return call.page(
                MessagePage(
                    "That did not work", ["\(error.field.map { $0 + " " } ?? "")\(error.message): \(error.remedy)."]),
                status: error.status)
        } catch let error as GatewayError {
            return call.page(MessagePage("That did not work", [error.message + "."]), status: error.status)
        } catch {
            sandbox.core.logger.error("a page failed inside", metadata: ["error": "\(error)"])
            return call.page(
                MessagePage("The sandbox failed inside", ["Its log says why. Nothing was changed."]), status: 500)
        }
    }

    /// What is answered to somebody who is not signed in, or whose form is not one of this session. What was entered is not lost: it is shown
    /// for another press, after the sign-in where one is needed.
    private func hold(_ call: PageCall, to route: PageRoute) throws(PageProblem) -> WebResponse? {
        let needsSignIn = route.needsSeat && call.recruiter == nil
        guard route.method == "POST" else {
            let request = call.request
            let target = request.path + (request.query.isEmpty ? "" : "?" + request.query)
            return needsSignIn ? .see("/talent/sign-in?to=\(target.urlComponent)") : nil
        }
        guard !route.isForeign else { return nil }
        let isOurs = FormToken.isValid(call.form, session: call.session.secret)
        guard needsSignIn || !isOurs else { return nil }
        guard call.isFromHere else { throw .foreignForm }
        guard let kept = call.kept else { throw .longForm }
        if needsSignIn {
            call.sessions.kept.keep(kept, for: call.session, at: PageCall.recruiterPlace)
            return .see("/talent/sign-in")
        }
        if route.isDoor { return .see("/talent/sign-in?again=yes&to=\((call.form["to"] ?? "").urlComponent)") }
        return call.show(
            kept, why: "The sandbox was started anew after this form was opened, or it was not opened here.",
            status: 403)
    }

    private func match(_ request: SandboxRequest) throws(PageProblem) -> (PageRoute, [String]) {
        let path = request.path.split(separator: "/").map { FormFields.decoded(String($0)) }
        let method = request.method == "HEAD" ? "GET" : request.method
        var isKnown = false
        for route in routes {
            guard let values = route.pattern.match(path) else { continue }
            if route.method == method { return (route, values) }
            isKnown = true
        }
        throw isKnown ? .otherMethod : .unknownPage
    }
}

/// One page or one form's target.
struct PageRoute: Sendable {
    typealias Handler = @Sendable (PageCall) async throws -> WebResponse

    var method: String
    var pattern: RoutePattern
    /// Whoever is not signed in as a seat is sent to the sign-in page.
    var needsSeat = false
    /// Forms that other sites may send, too: widgets are opened that way.
    var isForeign = false
    /// Signs in or out, which nobody needs to be asked about twice.
    var isDoor = false
    /// Resets or restores the world, which waits until everybody else is outside.
    var swapsWorld = false
    var handler: Handler

    /// Anybody may look.
    static func get(_ path: String, _ handler: @escaping Handler) -> Self {
        Self(method: "GET", pattern: RoutePattern(path), handler: handler)
    }

    static func post(_ path: String, _ handler: @escaping Handler) -> Self {
        Self(method: "POST", pattern: RoutePattern(path), handler: handler)
    }

    /// Only who is signed in as a seat; `call.recruiter` is set.
    static func seatGet(_ path: String, _ handler: @escaping Handler) -> Self {
        Self(method: "GET", pattern: RoutePattern(path), needsSeat: true, handler: handler)
    }

    static func seatPost(_ path: String, _ handler: @escaping Handler) -> Self {
        Self(method: "POST", pattern: RoutePattern(path), needsSeat: true, handler: handler)
    }
}

/// Why there is no page; what a person reads.
struct PageProblem: Error {
    var status: Int
    var title: String
    var text: String
    var links: [Link] = []

    static let unknownPage = Self(
        status: 404, title: "There is no such page", text: "The address is mistyped, or what it showed is gone.",
        links: [Link("To Recruiter", "/talent"), Link("To the developer pages", "/developers")])
    static let otherMethod = Self(
        status: 405, title: "That is no way to ask for this page", text: "Go back and use the page's own buttons.")
    static let longForm = Self(
        status: 403, title: "This form is out of date, and too long to keep",
        text: "Nothing was done. Sign in in another window, go back here, and send it again.",
        links: [Link("To Recruiter", "/talent")])
    static let foreignForm = Self(
        status: 403, title: "This came from another site",
        text: "A page that is not the sandbox's tried to send this. Nothing was done.")
}
