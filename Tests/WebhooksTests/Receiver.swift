// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import JSONBytes
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A customer's server on a free port of the loopback: writes down what it gets and answers what the test says.
final class Receiver: Sendable {
    struct Delivery: Sendable {
        var id: String
        var timestamp: String
        var signatures: [String]
        var body: [UInt8]

        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        var number: Int64 { json["number"]?.int ?? -1 }
    }

    struct Answer: Sendable {
        var status = 200
        var headers: HTTPFields = [:]
        /// Not before this ends.
        var after: (@Sendable () async -> Void)?
    }

    private let got = Mutex<[Delivery]>([])
    private let behaviour = Mutex<@Sendable (Delivery) -> Answer>({ _ in Answer() })
    private let port = Mutex(0)

    var url: String { "http://127.0.0.1:\(port.withLock { $0 })/hook?x=1" }
    var deliveries: [Delivery] { got.withLock { $0 } }
    var numbers: [Int64] { deliveries.map(\.number) }

    func answer(_ behaviour: @escaping @Sendable (Delivery) -> Answer) { self.behaviour.withLock { $0 = behaviour } }
    func answer(_ status: Int) { answer { _ in Answer(status: status) } }
    func forget() { got.withLock { $0 = [] } }

    /// Runs `body` while the receiver listens.
    static func run(_ body: @escaping @Sendable (Receiver) async throws -> Void) async throws {
        let receiver = Receiver()
        let (ports, listens) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        router.post("/hook") { request, _ in try await receiver.take(request) }
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { listens.yield($0.localAddress?.port ?? 0) }, logger: quiet)
        let group = ServiceGroup(configuration: .init(services: [app], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                receiver.port.withLock { $0 = port }
                break
            }
            try await body(receiver)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func take(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        func header(_ name: String) -> String { request.headers[HTTPField.Name(name)!] ?? "" }
        let delivery = Delivery(
            id: header("webhook-id"), timestamp: header("webhook-timestamp"),
            signatures: header("webhook-signature").split(separator: " ").map(String.init),
            body: Array(body.readableBytesView))
        got.withLock { $0.append(delivery) }
        let answer = behaviour.withLock { $0 }(delivery)
        await answer.after?()
        return Response(
            status: .init(code: answer.status), headers: answer.headers,
            body: .init(byteBuffer: ByteBuffer(string: "thanks"))
        )
    }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// How a receiver checks a delivery, written after the specification and not with our code.
func isSigned(_ delivery: Receiver.Delivery, with secret: String) -> Bool {
    guard let key = Data(base64Encoded: String(secret.split(separator: "_", maxSplits: 1)[1])) else { return false }
    let content = Data("\(delivery.id).\(delivery.timestamp).".utf8) + delivery.body
    return delivery.signatures.contains { signature in
        let parts = signature.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, parts[0] == "v1", let code = Data(base64Encoded: String(parts[1])) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: content, using: SymmetricKey(data: key))
    }
}
