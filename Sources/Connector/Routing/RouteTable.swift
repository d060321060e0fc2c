// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
package import Web

/// One route: what `openapi.yaml` calls an operation. Who may call it is part of its type, so that a handler cannot
/// forget to ask.
package struct Endpoint: Sendable {
    enum Handler: Sendable {
        /// Anybody may call.
        case open(@Sendable (Call) async throws -> Response)
        /// The holder of an API key; the customer is never taken from anywhere else.
        case customer(@Sendable (Call, Caller) async throws -> Response)
    }

    package let method: HTTPRequest.Method
    package let pattern: RoutePattern
    let handler: Handler

    package static func open(
        _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: method, pattern: RoutePattern(path), handler: .open(handler))
    }

    static func customer(
        _ method: HTTPRequest.Method, _ path: String,
        _ handler: @escaping @Sendable (Call, Caller) async throws -> Response
    ) -> Endpoint {
        Endpoint(method: method, pattern: RoutePattern(path), handler: .customer(handler))
    }
}

/// A face for people: its routes, and how it says on a page what went wrong.
package struct PageFace: Sendable {
    /// Every path that begins with it is answered with pages, those that do not exist, too.
    let root: String
    let endpoints: [Endpoint]
    let problem: @Sendable (Call, HTTPProblem) async -> Response

    /// - Parameter root: without a slash at its end: `/ui`.
    package init(
        root: String, endpoints: [Endpoint], problem: @escaping @Sendable (Call, HTTPProblem) async -> Response
    ) {
        self.root = root
        self.endpoints = endpoints
        self.problem = problem
    }

    /// - Parameter target: a request's path, perhaps with a query, not decoded.
    func holds(_ target: String) -> Bool {
        guard target.hasPrefix(root) else { return false }
        let next = target.utf8.dropFirst(root.utf8.count).first
        return next == nil || next == UInt8(ascii: "/") || next == UInt8(ascii: "?")
    }
}

/// Every route of the server, as a list: what is not in it does not exist, and a test compares it with `openapi.yaml`.
package struct RouteTable: Sendable {
    package let endpoints: [Endpoint]

    enum Match {
        case found(Endpoint, values: [String])
        case otherMethods([HTTPRequest.Method])
        case nothing
    }

    /// - Parameter method: a HEAD finds the GET.
    func match(_ method: HTTPRequest.Method, _ path: [String]) -> Match {
        let method = method == .head ? .get : method
        var others: [HTTPRequest.Method] = []
        for endpoint in endpoints {
            guard let values = endpoint.pattern.match(path) else { continue }
            if endpoint.method == method { return .found(endpoint, values: values) }
            others.append(endpoint.method)
        }
        return others.isEmpty ? .nothing : .otherMethods(others)
    }
}
