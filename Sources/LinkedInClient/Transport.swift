// SPDX-License-Identifier: Apache-2.0

/// One HTTP request, complete.
package struct HTTPCall: Sendable, Hashable {
    package var method: String
    /// Absolute, encoded.
    package var url: String
    package var headers: [Header]
    package var body: [UInt8]

    package struct Header: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(method: String, url: String, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// The first header of that name; names are compared without case.
    package func header(_ name: String) -> String? { headers.first(name) }
}

/// One HTTP answer, complete.
package struct HTTPAnswer: Sendable, Hashable {
    package var status: Int
    package var headers: [HTTPCall.Header]
    package var body: [UInt8]

    package init(status: Int, headers: [HTTPCall.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name; names are compared without case.
    package func header(_ name: String) -> String? { headers.first(name) }

    /// LinkedIn's own id of the request, which its support asks for (jobs-oauth-restli 3.2, confidence D and T).
    package var requestID: String? { header("x-li-uuid") ?? header("x-li-request-id") }
}

/// The way to LinkedIn. The one thing tests replace.
package protocol Transport: Sendable {
    /// Sends a request and waits for the whole answer. Redirects are answers, too.
    ///
    /// - Throws: `LinkedInError` `.unreachable`, `.timedOut` or `.unreadable`; `CancellationError` when the caller is
    ///   cancelled.
    func send(_ call: HTTPCall) async throws -> HTTPAnswer
}

extension [HTTPCall.Header] {
    func first(_ name: String) -> String? {
        let name = name.lowercased()
        return first { $0.name.lowercased() == name }?.value
    }
}
