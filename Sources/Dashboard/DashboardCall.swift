// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Web

/// One request for a page on its way to its handler, from somebody who may make it.
struct DashboardCall: Sendable {
    let call: Call
    let query: FormFields
    let form: FormFields
    let visitor: Visitor
    let parts: Dashboard.Parts
    let renderer: Renderer
    let live: LiveHub

    var store: Store { parts.store }
    var now: Millis { parts.time.now() }
    /// Still percent-encoded, without the query.
    var path: String { String((call.request.head.path ?? "/").prefix { $0 != "?" }) }
    /// The values of the path's parameters, decoded, in the order of the pattern.
    var values: [String] { call.values }

    /// The customer that the path's first parameter names.
    ///
    /// - Throws: `DashboardProblem` when there is none.
    func customer() async throws -> Customer {
        guard let id = values.first.flatMap({ CustomerID($0) }),
            let customer = try await store.read({ tx in try tx.customer(id: id) })
        else { throw DashboardProblem.unknownCustomer }
        return customer
    }

    /// The page inside the navigation; with a customer, inside the customer's.
    func page(
        _ page: some Page, of customer: Customer? = nil, status: Int = 200, notice: Notice? = nil,
        live: String? = nil, policy: ContentPolicy = ContentPolicy()
    ) -> WebResponse {
        var shell = DashboardShell.shell(for: self, customer: customer)
        shell.notice = notice ?? query["done"].flatMap { DashboardShell.notices[$0] }.map { Notice(.good, $0) }
        shell.live = live
        return .html(renderer.html(page, shell), status: status, policy: policy)
    }

    func say(_ problem: DashboardProblem, of customer: Customer? = nil) -> WebResponse {
        page(MessagePage(problem.title, [problem.text], links: problem.links), of: customer, status: problem.status)
    }

    /// Whether the visitor may do what takes this role: forms that one may not send are not shown.
    func may(_ role: Role) -> Bool { visitor.account.role >= role }

    static func query(of call: Call) -> FormFields {
        let path = call.request.head.path ?? ""
        return path.firstIndex(of: "?").map { FormFields(path[path.index(after: $0)...].utf8) } ?? FormFields()
    }

    /// - Throws: `HTTPProblem` for a body that is no form, is too large or too slow.
    static func form(of call: Call, limit: Int = 2 * 1024 * 1024) async throws -> FormFields {
        try call.expectBody("application/x-www-form-urlencoded")
        let body = try await call.wholeBody(limit: limit, patience: .seconds(60))
        return FormFields(body.readableBytesView)
    }
}
