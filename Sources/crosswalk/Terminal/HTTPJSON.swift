// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import JSONBytes
import NIOCore
import NIOHTTP1

/// JSON over HTTP to one server: the sandbox's control API, or the connector's.
struct HTTPJSON: Sendable {
    var base: String
    var key: String?
    /// What the server is, for messages: `the sandbox`, `the connector`.
    var name: String
    /// The command that starts it.
    var remedy: String

    enum Verb: String { case GET, POST, PUT, DELETE }

    static func sandbox(_ url: String) -> HTTPJSON {
        HTTPJSON(base: trimmed(url), key: nil, name: "the sandbox", remedy: "crosswalk sandbox serve")
    }

    static func connector(_ url: String, key: String?) -> HTTPJSON {
        HTTPJSON(base: trimmed(url), key: key, name: "the connector", remedy: "crosswalk serve")
    }

    /// - Returns: the answer's JSON; null for an empty body.
    /// - Throws: `CommandError` that says what the server said.
    @discardableResult
    func send(_ method: Verb, _ path: String, _ body: JSONValue? = nil, timeout: Int64 = 60) async throws -> JSONValue {
        let (status, bytes) = try await exchange(method, path, body?.bytes, timeout: timeout)
        let json = bytes.isEmpty ? JSONValue.null : (try? JSONValue(parsing: bytes)) ?? .null
        guard (200..<300).contains(status) else {
            let said = json["detail"]?.string ?? json["message"]?.string ?? json["title"]?.string ?? ""
            let place = json["field"]?.string.map { $0.isEmpty ? said : "\($0) \(said)" } ?? said
            let fault = json["errors"]?[0].flatMap { fault in
                fault["message"]?.string.map { "\(fault["pointer"]?.string ?? ""): \($0)" }
            }
            let detail = fault ?? json["remedy"]?.string.map { "\(place); \($0)" } ?? place
            throw CommandError(
                "\(name) answered \(status) to \(method.rawValue) \(path)\(detail.isEmpty ? "" : ": \(detail)")",
                code: .unreachable)
        }
        return json
    }

    func status(_ method: Verb, _ path: String) async throws -> Int {
        try await exchange(method, path, nil, timeout: 5).0
    }

    /// - Returns: the status; nothing is thrown for one that is no 2xx.
    func post(_ path: String, ndjson: [UInt8]) async throws -> Int {
        try await exchange(.POST, path, ndjson, type: "application/x-ndjson", timeout: 60).0
    }

    private func exchange(
        _ method: Verb, _ path: String, _ body: [UInt8]?, type: String = "application/json", timeout: Int64
    ) async throws -> (Int, [UInt8]) {
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method.rawValue)
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(body)
        }
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(timeout))
            let bytes = try await response.body.collect(upTo: 256 << 20)
            return (Int(response.status.code), Array(buffer: bytes))
        } catch {
            throw CommandError("\(name) does not answer at \(base); start it with: \(remedy)", code: .unreachable)
        }
    }

    private static func trimmed(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}
