// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import Web

/// One page or one form's target. Who may see or send it is part of it, so that a handler cannot forget to ask.
struct DashboardRoute: Sendable {
    typealias Handler = @Sendable (DashboardCall) async throws -> WebResponse

    var method: HTTPRequest.Method
    var pattern: RoutePattern
    /// The least role. Pages before sign-in are the `Door`'s.
    var role: Role
    var handler: Handler

    static func get(_ path: String, _ role: Role, _ handler: @escaping Handler) -> Self {
        Self(method: .get, pattern: RoutePattern(path), role: role, handler: handler)
    }

    static func post(_ path: String, _ role: Role, _ handler: @escaping Handler) -> Self {
        Self(method: .post, pattern: RoutePattern(path), role: role, handler: handler)
    }
}

/// Why there is no page, or why an action was not done; what a person reads.
struct DashboardProblem: Error {
    var status: Int
    var title: String
    var text: String
    var links: [Link] = []

    static let unknownCustomer = Self(
        status: 404, title: "There is no such customer", text: "It was removed, or the address is mistyped.",
        links: [Link("All customers", "/ui")])
    static let unknownPage = Self(
        status: 404, title: "There is no such page", text: "The address is mistyped, or what it showed is gone.",
        links: [Link("Overview", "/ui")])
}
