// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import NIOCore
import Sandbox
import Synchronization

/// Runs a sandbox on a port of its own while `body` runs.
func serving<Value: Sendable>(_ sandbox: Sandbox, _ body: @escaping @Sendable (_ port: Int) async throws -> Value)
    async throws -> Value
{
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            try await sandbox.run(port: 0) { ready.yield($0) }
            return nil
        }
        group.addTask {
            for await port in ports { return try await body(port) }
            return nil
        }
        defer { group.cancelAll() }
        while let value = try await group.next() {
            if let value { return value }
        }
        throw CancellationError()
    }
}

/// An ATS's callback URL: answers challenges with a secret and keeps what is pushed to it.
final class Callback: Sendable {
    struct Delivery: Sendable {
        var signature: String
        var body: [UInt8]
    }

    private let secret: Mutex<String>
    private let status: Mutex<Int>
    private let received = Mutex<[Delivery]>([])
    private let challenged = Mutex<[String]>([])
    private let arrival = Mutex<@Sendable () -> Void>({})
    /// Waited for before a POST is answered, once it is there.
    private let hold = Mutex<AsyncStream<Void>?>(nil)

    init(secret: String, status: Int = 200) {
        self.secret = Mutex(secret)
        self.status = Mutex(status)
    }

    var deliveries: [Delivery] { received.withLock { $0 } }
    /// Queries of the challenges.
    var challenges: [String] { challenged.withLock { $0 } }

    /// From now on answers challenges with another secret.
    func forget(secret: String) { self.secret.withLock { $0 = secret } }

    /// Answers no POST any more until the returned closure is called; `onArrival` is called for each that waits.
    func hang(onArrival: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        hold.withLock { $0 = stream }
        arrival.withLock { $0 = onArrival }
        return { continuation.finish() }
    }

    func answer(with status: Int) { self.status.withLock { $0 = status } }

    /// Runs it on a port of its own while `body` runs.
    func run<Value: Sendable>(_ body: @escaping @Sendable (_ url: String) async throws -> Value) async throws -> Value {
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        router.get("/callback") { request, _ -> Response in
            let code = request.uri.queryParameters["challengeCode"].map(String.init) ?? ""
            self.challenged.withLock { $0.append(request.uri.query ?? "") }
            let answer = PushSignature.challengeResponse(code, secret: self.secret.withLock { $0 })
            let body = "{\"challengeCode\":\"\(code)\",\"challengeResponse\":\"\(answer)\"}"
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        }
        router.post("/callback") { request, _ -> Response in
            let body = try await request.body.collect(upTo: 65_536)
            if let held = self.hold.withLock({ $0 }) {
                self.arrival.withLock { $0 }()
                for await _ in held {}
            }
            let signature = request.headers.first { $0.name.rawName.lowercased() == "x-li-signature" }?.value ?? ""
            self.received.withLock { $0.append(Delivery(signature: signature, body: Array(body.readableBytesView))) }
            return Response(status: .init(code: self.status.withLock { $0 }))
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ready.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)/callback") }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}
