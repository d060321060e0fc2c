// SPDX-License-Identifier: Apache-2.0

import Connector
import Foundation
import HTTPTypes
import Hummingbird
import JSONBytes
import Testing
import Web
import Yams

@Suite struct RouteTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test func `openapi.yaml has every route, and no route that is not there`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "openapi.yaml"), encoding: .utf8)
        let document = try #require(try Yams.load(yaml: text) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let methods: Set<String> = ["get", "put", "post", "delete", "patch", "head", "options"]
        let documented = Set(
            paths.flatMap { path, operations in
                operations.keys.filter(methods.contains).map { "\($0.uppercased()) \(path)" }
            })
        let served = Set(connector.server.routes.endpoints.map { "\($0.method.rawValue) \($0.pattern)" })
        #expect(documented == served, "differ: \(documented.symmetricDifference(served).sorted())")
        let ids = paths.values.flatMap { $0.values.compactMap { ($0 as? [String: Any])?["operationId"] as? String } }
        #expect(Set(ids).count == served.count)
    }

    @Test func `an unknown path is 404, a known one with another method 405 with Allow`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            for path in [
                "/", "/api/v1/nothing", "/api/v1/candidates", "/api/v1/candidates/", "/api/v1/candidates//notes/1",
            ] {
                let answer = try await ats.get(path)
                #expect(answer.status == 404)
                #expect(answer.problem == "no-such-route")
            }
            let answer = try await ats.send(.post, "/api/v1/candidates/1", Sample.candidate)
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "PUT, GET, DELETE")
        }
    }

    @Test(arguments: [
        "/api/v1/candidates/%", "/api/v1/candidates/%zz", "/api/v1/candidates/%ff", "/api/v1/sync?type=%e2%28%a1",
    ])
    func `a URL that cannot be decoded is 400`(path: String) async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).get(path)
            #expect(answer.status == 400)
            #expect(answer.problem == "malformed-url")
        }
    }

    @Test func `a URL over 16 KB is 414`() async throws {
        try await connector.run { test async throws in
            #expect(
                try await Client(test, key: key).get("/api/v1/candidates/" + String(repeating: "x", count: 16 * 1024))
                    .status == 414)
        }
    }

    @Test func `every answer has a request id, and a harmless one of the caller is kept`() async throws {
        let name = HTTPField.Name("X-Request-Id")!
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let own = try await ats.send(.get, "/nowhere", headers: [name: "order-66"])
            #expect(own.headers[name] == "order-66")
            #expect(own.json["requestId"] == "order-66")
            let odd = try await ats.send(.get, "/health/live", headers: [name: "a b\u{7}"])
            #expect(odd.headers[name]?.count == 16)
        }
    }

    @Test(arguments: [nil, "text/plain", "application/x-www-form-urlencoded"] as [String?])
    func `a body of another type is 415 and the right type is named`(type: String?) async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let answer = try await ats.send(.put, "/api/v1/candidates/1", Sample.candidate, type: type)
            #expect(answer.status == 415)
            #expect(answer.json["detail"]?.string?.contains("application/json") == true)
            let bulk = try await ats.send(.post, "/api/v1/records", Sample.line("1"), type: type)
            #expect(bulk.status == 415)
        }
    }

    @Test func `parameters of the content type do not matter, but compression does`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(
                try await ats.send(
                    .put, "/api/v1/candidates/1", Sample.candidate, type: "Application/JSON ; charset=utf-8"
                ).status == 201)
            #expect(
                try await ats.send(.put, "/api/v1/candidates/1", Sample.candidate, headers: [.contentEncoding: "gzip"])
                    .status == 415)
        }
    }

    @Test func `a record over 1 MB is 413`() async throws {
        try await connector.run { test async throws in
            let body = Sample.candidate + String(repeating: " ", count: 1 << 20)
            let answer = try await Client(test, key: key).put("/api/v1/candidates/1", body)
            #expect(answer.status == 413)
            #expect(answer.problem == "body-too-large")
        }
    }

    @Test func `a HEAD is a GET without its body`() async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).send(.head, "/health/live")
            #expect(answer.status == 200)
            #expect(answer.text.isEmpty)
        }
    }
}
