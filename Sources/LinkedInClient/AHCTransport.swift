// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The real way to LinkedIn: AsyncHTTPClient with a connection time-out of 10 s, 30 s for a whole call, no redirects
/// (credentials must not follow one) and bounded answers.
package struct AHCTransport: Transport {
    /// The longest answer that is read. A batch of 100 answers is about 20 KB.
    package static let answerLimit = 16 * 1024 * 1024

    private let connections: Connections
    private let patience: TimeAmount

    /// - Parameter patience: for one whole call, connection included.
    package init(patience: Duration = .seconds(30)) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.idleTimeout = .seconds(50)
        connections = Connections(HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
        self.patience = .milliseconds(
            patience.components.seconds * 1000 + patience.components.attoseconds / 1_000_000_000_000_000)
    }

    /// Closes all connections. Calls under way fail with `.unreachable`.
    package func shutdown() async throws { try await connections.client.shutdown() }

    package func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method)
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        // A POST with an empty body needs its Content-Length of 0, else 411 (jobs-oauth-restli 2.8, confidence D).
        if !call.body.isEmpty || call.method == "POST" || call.method == "PUT" {
            request.body = .bytes(ByteBuffer(bytes: call.body))
        }
        do {
            let response = try await connections.client.execute(request, deadline: .now() + patience)
            let body = try await response.body.collect(upTo: Self.answerLimit)
            return HTTPAnswer(
                status: Int(response.status.code),
                headers: response.headers.map { HTTPCall.Header($0.name, $0.value) },
                body: Array(body.readableBytesView))
        } catch {
            throw Self.translate(error)
        }
    }

    private static func translate(_ error: any Error) -> any Error {
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        if error is NIOTooManyBytesError {
            return LinkedInError(.unreadable, "the answer is longer than \(answerLimit / 1024 / 1024) MB")
        }
        switch error as? HTTPClientError {
        case .deadlineExceeded?, .readTimeout?, .connectTimeout?, .writeTimeout?, .getConnectionFromPoolTimeout?:
            return LinkedInError(.timedOut, "no answer in time")
        case .invalidURL?, .emptyHost?, .emptyScheme?:
            return LinkedInError(.misconfigured, "the address of LinkedIn is not a URL")
        default:
            // The text of a connection error names hosts and reasons, never content.
            return LinkedInError(.unreachable, "the connection failed: \(type(of: error))")
        }
    }
}

/// Closes the connections of a transport that is dropped without a shutdown; the library would end the program over it.
private final class Connections: Sendable {
    let client: HTTPClient

    init(_ client: HTTPClient) { self.client = client }

    deinit {
        // Waited for by nobody: there is nobody left. A client that is closed already says so, and that is fine.
        Task { [client] in try? await client.shutdown() }
    }
}
