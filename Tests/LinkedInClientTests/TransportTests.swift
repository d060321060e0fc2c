// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import LinkedInClient
import Logging
import NIOCore
import Testing

/// The real transport against a server that misbehaves.
@Suite struct TransportTests {
    @Test func `a redirect is an answer, headers and bodies pass unchanged`() async throws {
        try await serving { host in
            let transport = AHCTransport()
            let moved = try await transport.send(HTTPCall(method: "GET", url: host + "/moved"))
            #expect(moved.status == 302 && moved.header("LOCATION") == "/echo")
            let echo = try await transport.send(
                HTTPCall(
                    method: "POST", url: host + "/echo?a=%5B0%5D", headers: [.init("X-One", "1")],
                    body: Array("body".utf8)))
            #expect(echo.status == 200 && String(decoding: echo.body, as: UTF8.self) == "a=%5B0%5D|1|4|body")
            let empty = try await transport.send(HTTPCall(method: "POST", url: host + "/echo"))
            #expect(String(decoding: empty.body, as: UTF8.self) == "|-|0|", "an empty POST says its length")
            try await transport.shutdown()
        }
    }

    @Test func `no answer in time, no server and no URL have their own codes`() async throws {
        let silent = try SilentServer()
        let transport = AHCTransport(patience: .milliseconds(300))
        for (url, code) in [
            (silent.host + "/never", LinkedInError.Code.timedOut), ("http://127.0.0.1:1/", .unreachable),
            ("nonsense", .misconfigured),
        ] {
            await #expect {
                try await transport.send(HTTPCall(method: "GET", url: url))
            } throws: {
                ($0 as? LinkedInError)?.code == code
            }
        }
        try await transport.shutdown()
    }

    @Test func `an answer without end is not read to its end`() async throws {
        try await serving { host in
            let transport = AHCTransport()
            await #expect { try await transport.send(HTTPCall(method: "GET", url: host + "/endless")) } throws: {
                ($0 as? LinkedInError)?.code == .unreadable
            }
            try await transport.shutdown()
        }
    }

    @Test func `a caller that is cancelled gets a cancellation`() async throws {
        let silent = try SilentServer()
        let transport = AHCTransport()
        let task = Task { try await transport.send(HTTPCall(method: "GET", url: silent.host)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await transport.shutdown()
    }

    /// A server on a port of its own while `body` runs.
    private func serving(_ body: @escaping @Sendable (_ host: String) async throws -> Void) async throws {
        let router = Router()
        router.get("/moved") { _, _ in Response(status: .found, headers: [.location: "/echo"]) }
        router.post("/echo") { request, _ -> String in
            let one = request.headers.first { $0.name.canonicalName == "x-one" }?.value ?? "-"
            let length = request.headers[.contentLength] ?? "-"
            return
                "\(request.uri.query ?? "")|\(one)|\(length)|\(String(buffer: try await request.body.collect(upTo: 100)))"
        }
        router.get("/endless") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    while true { try await writer.write(ByteBuffer(repeating: 0x20, count: 1 << 20)) }
                })
        }
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ready.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await application.run()
                return false
            }
            group.addTask {
                for await port in ports {
                    try await body("http://127.0.0.1:\(port)")
                    break
                }
                return true
            }
            while let isDone = try await group.next(), !isDone {}
            group.cancelAll()
        }
    }
}
