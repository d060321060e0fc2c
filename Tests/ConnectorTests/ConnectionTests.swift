// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSONBytes
import ServiceLifecycle
import Store
import Synchronization
import Testing

/// What happens on a real connection: bodies that stop, come slowly or have no end, and a server that shuts down.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    private func head(_ line: String, _ fields: String...) -> String {
        ([line, "Host: x", "Authorization: Bearer \(key)"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test(arguments: [RawClient.End.half, .closed])
    func `a record whose body stops half-way changes nothing`(end: RawClient.End) async throws {
        let body = Sample.candidate.replacing(#","createdAt""#, with: "}")
        try await connector.serve { test async throws in
            let port = try #require(test.port)
            let length =
                head("PUT /api/v1/candidates/1 HTTP/1.1", "Content-Type: application/json", "Content-Length: 4000")
                + body
            let answer = try await RawClient.exchange(length, port: port, end: end)
            if end == .half {
                #expect(answer.hasPrefix("HTTP/1.1 400"))
                #expect(answer.contains("body-cut"))
            }
            let chunked = head(
                "PUT /api/v1/candidates/1 HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")
            _ = try await RawClient.exchange(
                chunked + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n", port: port, end: end)
            #expect(try await Client(test, key: key).get("/api/v1/candidates/1").status == 404)
        }
    }

    @Test(arguments: ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
    func `a bulk body that stops half-way is no success, and its cut line is no record`(framing: String) async throws {
        // The last line is a whole record as far as it goes: only its line feed and the end of the body are missing.
        let body = Sample.lines(1...3) + Sample.line("cut")
        let framed = framing.hasPrefix("T") ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n" : body
        try await connector.serve { test async throws in
            let port = try #require(test.port)
            let text = head("POST /api/v1/records HTTP/1.1", "Content-Type: application/x-ndjson", framing) + framed
            let answer = try await RawClient.exchange(text, port: port, end: .half)
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            let ats = Client(test, key: key)
            #expect(try await ats.get("/api/v1/candidates/cut").status == 404)
            #expect(try await ats.bulk(body).lines.last?["accepted"] == 4)
        }
    }

    @Test func `a streamed answer to a cut body has no counts but an error as its last line`() async throws {
        try await connector.serve { test async throws in
            let text =
                head(
                    "POST /api/v1/records?report=stream HTTP/1.1", "Content-Type: application/x-ndjson",
                    "Content-Length: 100000") + "{}\n"
            let answer = try await RawClient.exchange(text, port: try #require(test.port), end: .half)
            #expect(answer.contains(#"{"error":{"type":"urn:crosswalk:problem:body-cut""#))
            #expect(!answer.contains("accepted"))
        }
    }

    @Test func `a body that comes too slowly is 408`() async throws {
        var limits = ConnectorLimits()
        limits.bodyPatience = .milliseconds(50)
        let hasty = try TestConnector(limits: limits)
        let key = try await hasty.addCustomer()
        try await hasty.serve { test async throws in
            let text =
                "PUT /api/v1/candidates/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
            let answer = try await RawClient.exchange(text, port: try #require(test.port), end: .open)
            #expect(answer.hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func `a body without Content-Length may not pass the limit either`() async throws {
        try await connector.serve { test async throws in
            let piece = String(repeating: " ", count: 1 << 16)
            let pieces = String(repeating: "10000\r\n\(piece)\r\n", count: 20)
            let text =
                head(
                    "PUT /api/v1/candidates/1 HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")
                + pieces + "0\r\n\r\n"
            #expect(
                try await RawClient.exchange(text, port: try #require(test.port), end: .half).hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func `what is no HTTP is 400 and the next connection is served`() async throws {
        try await connector.serve { test async throws in
            let port = try #require(test.port)
            #expect(
                try await RawClient.exchange("what is this\r\n\r\n", port: port, end: .half).hasPrefix("HTTP/1.1 400"))
            #expect(try await Client(test, key: key).get("/health/live").status == 200)
        }
    }

    @Test func `a graceful shutdown ends a bulk body at once and keeps what it acknowledged`() async throws {
        let port = Promise<Int>()
        let application = connector.server.application(logger: TestConnector.quiet) { await port.resolve($0) }
        let group = ServiceGroup(configuration: .init(services: [application], logger: TestConnector.quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let body = Sample.lines(1...7_000)
            let text =
                head("POST /api/v1/records HTTP/1.1", "Content-Type: application/x-ndjson", "Content-Length: 90000000")
                + body
            let listening = await port.value
            async let answer = RawClient.exchange(text, port: listening, end: .open)
            // The first chunk is stored, and the server waits for more of the body.
            while connector.woken.records == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            _ = try await answer
            try await tasks.next()
        }
        let stored = try await connector.store.read {
            try $0.tallies(customer: try $0.customers()[0].number)[.candidate]?.desired
        }
        #expect((stored ?? 0) >= 2_000)
    }
}

/// A value that comes once.
actor Promise<Value: Sendable> {
    private var resolved: Value?
    private var waiting: [CheckedContinuation<Value, Never>] = []

    var value: Value {
        get async {
            if let resolved { return resolved }
            return await withCheckedContinuation { waiting.append($0) }
        }
    }

    func resolve(_ value: Value) {
        resolved = value
        for continuation in waiting { continuation.resume(returning: value) }
        waiting = []
    }
}
