// SPDX-License-Identifier: Apache-2.0

package import Connector
package import Domain
import Hummingbird
package import Logging
package import Store
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
        /// How people's browsers and LinkedIn reach the connector, without a slash at its end.
        package var publicURL: String
        package var logger: Logger

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
        }
    }

    private let parts: Parts
    private let gate: Gate
    private let live = LiveHub()
    private let renderer = Renderer(fragments: [])

    package init(_ parts: Parts) {
        self.parts = parts
        gate = Gate(parts)
    }

    /// Every page; `/` leads to the first.
    private static let routes: [DashboardRoute] = [.get("/", .viewer) { _ in .see("/ui") }] + Overview.routes

    /// For `ConnectorServer`.
    package var endpoints: [Endpoint] {
        Self.routes.map { route in
            .open(route.method, route.pattern.description) { call in try await answer(route, call).response }
        } + [.open(.get, "/assets/{hash}/{name}") { try Self.asset($0).response }]
    }

    private func answer(_ route: DashboardRoute, _ call: Call) async throws -> WebResponse {
        let form = route.method == .post ? try await DashboardCall.form(of: call) : FormFields()
        let visitor: Visitor
        switch try await gate.admit(call, form, to: route) {
        case .visitor(let admitted): visitor = admitted
        case .answer(let response): return response
        }
        let page = DashboardCall(
            call: call, query: DashboardCall.query(of: call), form: form, visitor: visitor, parts: parts,
            renderer: renderer, live: live)
        do {
            return try await route.handler(page)
        } catch let problem as DashboardProblem {
            return page.page(
                MessagePage(problem.title, [problem.text], links: problem.links), status: problem.status)
        }
    }

    private static func asset(_ call: Call) throws -> WebResponse {
        guard let asset = Asset.find("/assets/\(call.values[0])/\(call.values[1])") else {
            return WebResponse(status: 404)
        }
        return asset.response
    }
}
