// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import Synchronization
import TestSupport

/// A connector of one test's own: a store in a temporary folder, a clock that stands still, and customers with their
/// keys.
final class TestConnector: Sendable {
    static let start = Millis(1_772_355_600_000)

    let folder: TemporaryFolder
    let store: Store
    let time = VirtualTime(start)
    let registry = MetricsRegistry()
    let server: ConnectorServer
    let woken = Woken()

    /// What the engine was told.
    final class Woken: Sendable {
        private let counts = Mutex((records: 0, pushes: 0, erasures: 0))
        var records: Int { counts.withLock { $0.records } }
        var pushes: Int { counts.withLock { $0.pushes } }
        func record() { counts.withLock { $0.records += 1 } }
        var erasures: Int { counts.withLock { $0.erasures } }
        func erasure() { counts.withLock { $0.erasures += 1 } }
        func push() { counts.withLock { $0.pushes += 1 } }
    }

    init(
        limits: ConnectorLimits = ConnectorLimits(), partner: CallbackSecrets.Partner? = nil,
        signIn: MemberSignIn? = nil
    ) throws {
        folder = try TemporaryFolder()
        store = try Store.open(directory: folder.path)
        var settings = ConnectorServer.Settings()
        settings.port = 0
        settings.limits = limits
        server = ConnectorServer(
            store: store,
            signal: SyncSignal(
                recordsChanged: { [woken] _ in woken.record() }, pushStored: { [woken] _ in woken.push() },
                erasureAsked: { [woken] _ in woken.erasure() }),
            settings: settings, partner: partner, signIn: signIn, registry: registry, time: time)
    }

    /// Adds a customer and returns its API key.
    @discardableResult
    func addCustomer(_ name: String = "acme", secret: String = "rsc-sim-child-secret-01") async throws -> String {
        let key = APIKey.make()
        let sealed = try store.vault.seal(secret, for: "customer/\(name)/clientSecret")
        try await store.write { tx in
            let customer = try tx.addCustomer(
                NewCustomer(
                    id: CustomerID(name)!, name: name, organization: 1000, contracts: [5000],
                    linkedInURL: "http://127.0.0.1:1", clientID: "c",
                    clientSecret: sealed),
                at: Self.start)
            try tx.addAPIKey(customer: customer.number, hash: APIKey.hash(key), label: "test", at: Self.start)
        }
        return key
    }

    /// Runs `body` with a client that calls the handlers without a network.
    func run(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await server.application(logger: Self.quiet).test(.router, body)
    }

    /// Runs `body` while the server listens on a free port of the loopback.
    func serve(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await server.application(logger: Self.quiet).test(.live, body)
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
