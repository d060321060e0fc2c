// SPDX-License-Identifier: Apache-2.0

/// One HTTP request, ready to send.
package struct HTTPCall: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(_ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came back.
package struct HTTPAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// How requests reach LinkedIn: over the network (`NetworkTransport`), or into a sandbox in the same process.
package protocol Transport: Sendable {
    /// - Throws: `LinkedInError` with `.unreachable` or `.timedOut` when no answer came.
    func send(_ call: HTTPCall) async throws -> HTTPAnswer
}
