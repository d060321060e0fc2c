// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients that are each nailed to one address of one name: the client's own resolver is never asked, so a name cannot lead elsewhere
/// between the check and the connection. Kept, so that connections are used again.
final class ClientShelf: Sendable {
    /// One client on loan.
    final class Client: Sendable {
        fileprivate let key: Key
        let http: HTTPClient

        fileprivate init(_ key: Key) {
            self.key = key
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.timeout.connect = .seconds(5)
            configuration.connectionPool.idleTimeout = .seconds(30)
            configuration.httpVersion = .http1Only
            configuration.dnsOverride = [key.host: key.address.description]
            http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }

        deinit {
            // Waited for by nobody: whoever used it is done, and closing idle connections cannot fail in a way that matters.
            Task { [http] in try? await http.shutdown() }
        }
    }

    fileprivate struct Key: Hashable {
        var host: String
        var address: IPAddress
    }

    private struct State {
        var clients: [Key: (client: Client, usedAt: UInt64)] = [:]
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private static let most = 256

    func take(host: String, address: IPAddress) -> Client {
        let key = Key(host: host, address: address)
        return state.withLock { state in
            state.uses += 1
            if let known = state.clients[key]?.client {
                state.clients[key]?.usedAt = state.uses
                return known
            }
            // Dropped clients close when their last loan ends.
            if state.clients.count >= Self.most,
                let oldest = state.clients.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.clients[oldest.key] = nil
            }
            let client = Client(key)
            state.clients[key] = (client, state.uses)
            return client
        }
    }

    /// Forgets all clients; each closes when its last loan ends.
    func clear() { state.withLock { $0.clients = [:] } }
}
