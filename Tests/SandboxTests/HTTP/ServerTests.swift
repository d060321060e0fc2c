// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import JSONBytes
import NIOCore
import NIOHTTP1
import Sandbox
import Testing

@Suite struct ServerTests {
    private func get(_ url: String, _ headers: [(String, String)] = []) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    }

    @Test func `a socket gets the same answers, and planned drops close it without one`() async throws {
        let world = try await TestSandbox { $0.members = 50 }
        let acme = try await world.customer()
        try await serving(world.sandbox) { port in
            let base = "http://127.0.0.1:\(port)"
            let health = try await get(base + "/_sandbox/health")
            #expect(health.status == .ok)

            let authorization = [("Authorization", "Bearer \(acme.token)")]
            let target = base + acme.candidate("C-1").replacing("[", with: "%5B").replacing("]", with: "%5D")
            let answer = try await get(target, authorization)
            #expect(answer.status == .ok)
            #expect(answer.headers.first(name: "x-li-uuid")?.utf8.count == 24)
            let body = try await answer.body.collect(upTo: 65_536)
            #expect(try JSONValue(parsing: Array(body.readableBytesView))["errors"] != nil)

            for fault in ["drop_before", "drop_after"] {
                try await world.control("POST", "faults", ["rules": [["fault": .string(fault)]]])
                await #expect(throws: (any Error).self) { try await get(target, authorization) }
            }
            try await world.control("DELETE", "faults")
            #expect(try await get(target, authorization).status == .ok)
        }
    }

    @Test func `a body over the limit is 413`() async throws {
        let world = try await TestSandbox { $0.largestBody = 1000 }
        try await serving(world.sandbox) { port in
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v2/atsCandidates")
            request.method = .POST
            request.body = .bytes([UInt8](repeating: 32, count: 1001))
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            #expect(answer.status == .payloadTooLarge)
        }
    }
}
