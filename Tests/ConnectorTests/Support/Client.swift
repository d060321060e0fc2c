// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONBytes
import NIOCore

/// An ATS that speaks to the connector with one key.
struct Client: Sendable {
    let test: any TestClientProtocol
    let key: String?

    init(_ test: any TestClientProtocol, key: String?) {
        self.test = test
        self.key = key
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, type: String? = "application/json",
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        if let key { headers[.authorization] = "Bearer \(key)" }
        if body != nil, let type { headers[.contentType] = type }
        return Answer(
            try await test.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }))
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }
    func put(_ path: String, _ body: String) async throws -> Answer { try await send(.put, path, body) }
    func delete(_ path: String) async throws -> Answer { try await send(.delete, path) }
    func bulk(_ body: String, _ query: String = "") async throws -> Answer {
        try await send(.post, "/api/v1/records\(query)", body, type: "application/x-ndjson")
    }

    func present(_ query: String, _ body: String) async throws -> Answer {
        try await send(.post, "/api/v1/records/present?\(query)", body, type: "application/x-ndjson")
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// The body as JSON; null when it is none.
    var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    /// The body as NDJSON.
    var lines: [JSONValue] { text.split(separator: "\n").map { (try? JSONValue(parsing: String($0))) ?? .null } }
    /// The last part of a problem's type.
    var problem: String? { json["type"]?.string.map { String($0.split(separator: ":").last ?? "") } }
    var pointers: [String] { json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? [] }
}

/// Records that LinkedIn takes.
enum Sample {
    static let candidate = #"""
        {"firstName":"Ada","lastName":"Example","email":"ada@example.com","profileUrl":"https://ats.example.com/c/1","createdAt":"2026-02-03T10:15:00Z"}
        """#
    static let application = #"{"jobId":"REQ-17","candidateId":"4711","createdAt":"2026-02-03T10:15:00Z"}"#
    static let note = #"{"text":"Called her.","author":"Bo Recruiter","createdAt":"2026-02-04T09:00:00Z"}"#

    /// A line of a bulk body.
    static func line(_ id: String, first: String = "Ada") -> String {
        #"""
        {"type":"candidate","id":"\#(id)","firstName":"\#(first)","lastName":"Example","email":"ada@example.com","profileUrl":"https://ats.example.com/c/1","createdAt":"2026-02-03T10:15:00Z"}
        """#
    }

    static func lines(_ range: ClosedRange<Int>) -> String { range.map { line("c\($0)") + "\n" }.joined() }
}
