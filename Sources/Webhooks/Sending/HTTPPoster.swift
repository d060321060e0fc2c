// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// The real way to a receiver: resolves, asks the guard, connects to the very address that was asked about, and takes no more than the
/// status from the answer.
package final class HTTPPoster: Poster {
    private let policy: WebhookPolicy
    private let resolver: any Resolver
    private let patience: Duration
    private let clients = ClientShelf()

    /// - Parameter patience: for a whole attempt, connection included (Standard Webhooks 1.0.0: 15 to 30 seconds).
    package init(
        policy: WebhookPolicy, resolver: any Resolver = SystemResolver(), patience: Duration = .seconds(15)
    ) {
        self.policy = policy
        self.resolver = resolver
        self.patience = patience
    }

    /// Closes all connections, those in use when they are done.
    package func close() { clients.clear() }

    package func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) async -> Reply {
        let target: TargetURL
        do { target = try policy.check(url) } catch { return .refused("the URL is refused: \(error.message)") }
        let found = await resolver.addresses(of: target.host)
        // One forbidden address refuses the name: which one a connection would take is the resolver's whim.
        for address in found {
            if let kind = policy.addresses.refusal(of: address) { return .forbidden(address, kind) }
        }
        guard let address = found.first else { return .unresolved }
        let client = clients.take(host: target.host, address: address)
        // The client closes with its last reference, which a request under way must be.
        defer { withExtendedLifetime(client) {} }
        var request = HTTPClientRequest(url: target.description)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "Crosswalk-Webhooks/1")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await client.http.execute(request, deadline: .now() + TimeAmount(patience))
            await Self.drain(response.body)
            let wait = response.headers.first(name: "retry-after").flatMap {
                RetryAfter.wait($0, date: response.headers.first(name: "date"), at: SystemTime().now())
            }
            return .answered(Int(response.status.code), retryAfter: wait)
        } catch {
            return reply(for: error)
        }
    }

    /// Reads a short answer to its end, so that the connection serves the next event; a long or slow one is cut off.
    private static func drain(_ body: HTTPClientResponse.Body) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await body.collect(upTo: 16 * 1024) }
            group.addTask { try? await Task.sleep(for: .seconds(2)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func reply(for error: any Error) -> Reply {
        switch error as? HTTPClientError {
        case .deadlineExceeded?, .readTimeout?, .connectTimeout?, .writeTimeout?, .getConnectionFromPoolTimeout?:
            .timedOut(patience)
        case .tlsHandshakeTimeout?: .insecure
        // The TLS library is not ours to import; its errors (NIOSSLError, BoringSSLError …) are known by their names.
        default: String(describing: type(of: error)).contains("SSL") ? .insecure : .unreachable
        }
    }
}
