// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Asks other servers under the same guard as webhooks: resolves, asks the guard, connects to the very address that was asked about,
/// follows no redirect and reads no more than it was told to.
package final class GuardedFetcher: Sendable {
    /// Why there is no answer; safe to show.
    package struct Failure: Error, Hashable, Sendable {
        package let message: String
    }

    private let policy: WebhookPolicy
    /// Hosts that the operator named: they may be inside the operator's network.
    private let named: Set<String>
    private let resolver: any Resolver
    private let patience: Duration
    private let clients = ClientShelf()

    package init(
        policy: WebhookPolicy, named: Set<String>, resolver: any Resolver = SystemResolver(),
        patience: Duration = .seconds(10)
    ) {
        self.policy = policy
        self.named = named
        self.resolver = resolver
        self.patience = patience
    }

    /// - Parameters:
    ///   - body: sent with POST; nil is a GET.
    ///   - limit: bytes of the answer at most.
    /// - Throws: `Failure`.
    package func fetch(
        _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil, limit: Int = 1 << 20
    ) async throws -> (status: Int, body: [UInt8]) {
        let target: TargetURL
        do throws(TargetURL.Malformed) { target = try TargetURL(url) } catch {
            throw Failure(message: "the address \(url.prefix(200)) is none: \(error.message)")
        }
        guard target.isEncrypted || policy.allowsPlainHTTP else {
            throw Failure(message: "\(target) is not https; plain http is for the sandbox profile")
        }
        let found = await resolver.addresses(of: target.host)
        if !named.contains(target.host) {
            for address in found {
                if let kind = policy.addresses.refusal(of: address) {
                    throw Failure(message: "\(target.host) is \(address), \(kind); webhooks.allow does not allow it")
                }
            }
        }
        guard let address = found.first else { throw Failure(message: "\(target.host) has no address") }
        let client = clients.take(host: target.host, address: address)
        defer { withExtendedLifetime(client) {} }
        var request = HTTPClientRequest(url: target.description)
        request.method = body == nil ? .GET : .POST
        request.headers.add(name: "accept", value: "application/json")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await client.http.execute(request, deadline: .now() + TimeAmount(patience))
            let bytes = try await response.body.collect(upTo: limit)
            return (Int(response.status.code), Array(bytes.readableBytesView))
        } catch {
            throw Failure(message: "\(target.host) does not answer (\(type(of: error)))")
        }
    }
}
