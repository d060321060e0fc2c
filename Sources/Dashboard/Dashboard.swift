// SPDX-License-Identifier: Apache-2.0

import ATSSource
package import Connector
package import Domain
import Hummingbird
package import Logging
package import Store
package import Sync
import Web
package import Webhooks

/// The connector's pages for people: what is synced, what is not and why, who did what.
///
/// Pages read and change what the API does, through the same store; only who may do so is decided differently (`Access/`).
package struct Dashboard: Sendable {
    /// What the pages work with.
    package struct Parts: Sendable {
        package var store: Store
        package var time: any Timekeeper
        package var signal: SyncSignal
        package var webhooks: WebhookDesk?
        /// Asks LinkedIn what it holds of a record; nil where nobody can.
        package var readBack: ReadBack.Reader?
        /// How people's browsers and LinkedIn reach the connector, without a slash at its end.
        package var publicURL: String
        /// How LinkedIn answers a customer's calls, as far as this process knows.
        package var lanes: @Sendable (Int64) -> [SyncStatus.LaneLine] = { _ in [] }
        /// Which of LinkedIn's quotas this process keeps.
        package var quotas: SyncOptions.Quotas = .documented
        package var onboarder: Onboarder = .unreachable
        package var logger: Logger
        package var passwords = PasswordDesk()
        /// What makes the first administrator on the pages; nil: the command line does.
        package var setupCode: SetupCode?
        /// Mappings that are written on pages; they may read nothing unless this says so.
        package var sources: SourceDesk
        /// The sign-in service; nil: passwords only.
        package var oidc: OpenIDService?
        /// Every setting as `crosswalk config show` prints it.
        package var configuration: [ConfigurationLine] = []
        package var version = ""
        let chain = ChainWatch()
        /// The same check as `GET /health/ready`.
        let readiness: Readiness
        /// When the pages were put together: when the process started, near enough.
        let startedAt: Millis

        package init(
            store: Store, time: any Timekeeper = SystemTime(), signal: SyncSignal = SyncSignal(),
            webhooks: WebhookDesk? = nil, publicURL: String = "http://127.0.0.1:8080",
            logger: Logger = Logger(label: "crosswalk.dashboard") { _ in SwiftLogNoOpLogHandler() }
        ) {
            self.store = store
            self.time = time
            self.signal = signal
            self.webhooks = webhooks
            self.publicURL = publicURL
            self.logger = logger
            sources = SourceDesk(store: store, time: time, signal: signal, allowed: SourceAllowance())
            readiness = Readiness(store, time: time)
            startedAt = time.now()
        }
    }

    private let parts: Parts
    private let gate: Gate
    private let door: Door
    private let live = LiveHub()
    private let renderer = Renderer(
        fragments: [
            RecordTable.fragment, EventRows.fragment, EndpointForm.fragment, ErasureState.Shown.fragment,
            ShownRun.fragment,
            ShownFindings.fragment,
        ] + Fragment.overview + Fragment.customer + Fragment.sync)

    package init(_ parts: Parts) {
        self.parts = parts
        door = Door(parts, renderer: renderer, live: live)
        gate = Gate(parts, door: door)
    }

    /// Every page; `/` leads to the first.
    static let routes: [DashboardRoute] =
        [.get("/", .viewer) { _ in .see("/ui") }] + Overview.routes + AccountsArea.routes + OwnAccountArea.routes
        + AuditArea.routes + SystemArea.routes
        + Records.routes + Rejected.routes + Matches.routes
        + Inbox.routes + Events.routes + SourcePages.routes + Privacy.routes
        // `new` before the customers: it is a page and not a customer's id.
        + AddCustomer.routes + CustomerPages.routes + SyncPages.routes

    /// For `ConnectorServer`.
    package var face: PageFace { PageFace(root: "/ui", endpoints: endpoints) { await problem($0, $1) } }

    package var endpoints: [Endpoint] {
        Self.routes.map { route in
            .open(route.method, route.pattern.description) { call in try await answer(route, call).response }
        }
            + Door.pages.map { page in
                .open(page.method, page.path) { call in
                    try await door.answer(page.handler, call, isPost: page.method == .post).response
                }
            } + [.open(.get, PluginPages.scriptPath) { _ in PluginPages.script.response.response }]
    }

    private func answer(_ route: DashboardRoute, _ call: Call) async throws -> WebResponse {
        let form = route.method == .post ? try await DashboardCall.form(of: call) : FormFields()
        switch try await gate.admit(call, form, to: route) {
        case .visitor(let visitor):
            let page = self.page(call, form, visitor)
            do {
                return try await route.handler(page)
            } catch let problem as DashboardProblem {
                // What is missing belongs to a customer that may well be there: its pages are the way back.
                let isOfCustomer = route.pattern.description.hasPrefix("/ui/customers/{id}")
                return page.say(problem, of: isOfCustomer ? try? await page.customer() : nil)
            }
        case .answer(let response): return response
        case .refused(let visitor, let problem): return page(call, form, visitor).say(problem)
        case .stale(let visitor, let kept):
            return page(call, form, visitor).page(
                KeptPage(
                    kept, why: "This form was opened before you signed in, or it was not opened here.", leave: "/ui"),
                status: 403)
        }
    }

    /// What is said in place of a page: there is none at this address, or it could not be made.
    private func problem(_ call: Call, _ problem: HTTPProblem) async -> Response {
        let path = String((call.request.head.path ?? "/").prefix { $0 != "?" })
        let isUnknown = problem.status == .notFound || problem.status == .methodNotAllowed
        if isUnknown, call.request.method != .post, path.hasSuffix("/"), let bare = LocalPath(String(path.dropLast())) {
            return WebResponse.see(bare).response
        }
        let unknown = DashboardProblem.unknownPage
        let (title, texts) =
            isUnknown
            ? (unknown.title, [unknown.text]) : (problem.title, [problem.detail, "This request is \(call.id)."])
        let status = problem.status == .methodNotAllowed ? 404 : problem.status.code
        let answer: WebResponse
        if let visitor = try? await gate.visitor(of: call) {
            let names = path.split(separator: "/")
            let id = names.count > 2 && names[1] == "customers" ? CustomerID(String(names[2])) : nil
            let customer = try? await parts.store.read { tx in try id.flatMap { try tx.customer(id: $0) } }
            answer = page(call, FormFields(), visitor).page(
                MessagePage(title, texts, links: unknown.links), of: customer, status: status)
        } else {
            answer = door.say(call, FramedMessage(title, texts, links: [Link("To Crosswalk", "/ui")]), status: status)
        }
        var response = answer.response
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func page(_ call: Call, _ form: FormFields, _ visitor: Visitor) -> DashboardCall {
        DashboardCall(
            call: call, query: DashboardCall.query(of: call), form: form, visitor: visitor, parts: parts,
            renderer: renderer, live: live)
    }
}
