// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Store
import Synchronization
import TestSupport
import Testing
import Web

@testable import Dashboard

/// A dashboard of one test's own: a store in a temporary folder, a clock that stands still, and a signed-in browser for each role.
///
///     let world = try await DashboardWorld()
///     try await world.addCustomer("acme")
///     let page = try await world.get("/ui/customers/acme", as: .viewer)
///     let answer = try await world.post("/ui/customers/acme/pause", [("why", "holidays")], as: .operator)
final class DashboardWorld: Sendable {
    static let start = Millis(1_772_355_600_000)

    let folder: TemporaryFolder
    let store: Store
    let time: VirtualTime
    let server: ConnectorServer
    /// What the browser of each role shows; its hash is in the store.
    let sessions: [Role: OneTimeSecret]
    let cookie: SessionCookie
    let setupCode = SetupCode()
    let woken = Woken()

    /// What the engine was told.
    final class Woken: Sendable {
        private let counts = Mutex((records: 0, pushes: 0, erasures: 0))
        var records: Int { counts.withLock { $0.records } }
        var pushes: Int { counts.withLock { $0.pushes } }
        var erasures: Int { counts.withLock { $0.erasures } }
        fileprivate func record() { counts.withLock { $0.records += 1 } }
        fileprivate func push() { counts.withLock { $0.pushes += 1 } }
        fileprivate func erasure() { counts.withLock { $0.erasures += 1 } }
    }

    /// - Parameters:
    ///   - roles: who has an account, called like the role; none is a dashboard before its first run.
    ///   - configure: changes what the pages work with.
    init(
        publicURL: String = "http://127.0.0.1:8080", roles: [Role] = Role.allCases,
        time: VirtualTime = VirtualTime(start),
        configure: (inout Dashboard.Parts) throws -> Void = { _ in }
    ) async throws {
        self.time = time
        folder = try TemporaryFolder()
        let store = try Store.open(directory: folder.path)
        self.store = store
        cookie = SessionCookie(publicURL: publicURL)
        server = try Self.server(store, time, woken, publicURL, setupCode, configure)
        var sessions: [Role: OneTimeSecret] = [:]
        for role in roles {
            let secret = OneTimeSecret()
            sessions[role] = secret
            try await store.write { tx in
                let account = try tx.addAccount(role.word, role: role, password: "none", at: Self.start)
                try tx.beginSession(
                    token: secret.hash, account: account.number, browser: "Test", address: "127.0.0.1",
                    until: Self.start + .seconds(7 * 86_400), at: Self.start)
            }
        }
        self.sessions = sessions
    }

    /// The same store after the process ended and began again.
    init(restarted world: DashboardWorld) throws {
        time = world.time
        folder = world.folder
        store = world.store
        cookie = world.cookie
        sessions = world.sessions
        server = try Self.server(store, time, woken, "http://127.0.0.1:8080", setupCode) { _ in }
    }

    private static func server(
        _ store: Store, _ time: VirtualTime, _ woken: Woken, _ publicURL: String, _ setupCode: SetupCode,
        _ configure: (inout Dashboard.Parts) throws -> Void
    ) throws -> ConnectorServer {
        var parts = Dashboard.Parts(
            store: store, time: time,
            signal: SyncSignal(
                recordsChanged: { _ in woken.record() }, pushStored: { _ in woken.push() },
                erasureAsked: { _ in woken.erasure() }),
            publicURL: publicURL)
        parts.passwords = PasswordDesk(cost: PasswordCost(rounds: 16, blockSize: 8, parallelism: 1))
        parts.setupCode = setupCode
        try configure(&parts)
        var settings = ConnectorServer.Settings()
        settings.port = 0
        return ConnectorServer(
            store: store, signal: parts.signal, settings: settings, webhooks: parts.webhooks,
            pages: Dashboard(parts).face, time: time)
    }

    @discardableResult
    func addCustomer(_ id: String = "acme", name: String = "Acme") async throws -> Customer {
        let sealed = try store.vault.seal("rsc-sim-child-secret-01", for: "customer/\(id)/clientSecret")
        return try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID(id)!, name: name, organization: 1000, contracts: [5000],
                    linkedInURL: "http://127.0.0.1:1", clientID: "c", clientSecret: sealed), at: Self.start)
        }
    }

    /// - Parameter role: nil is a browser that is not signed in.
    func get(_ path: String, as role: Role? = .admin, headers: HTTPFields = [:]) async throws -> PageAnswer {
        try await send(.get, path, nil, cookies(role), headers)
    }

    /// Sends a form as the role's browser would, with the session's token.
    func post(
        _ path: String, _ fields: [(String, String)] = [], as role: Role = .admin, token: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> PageAnswer {
        let token = token ?? sessions[role].map { FormToken.make(session: Array($0.text.utf8)) } ?? ""
        return try await send(.post, path, [(FormToken.field, token)] + fields, cookies(role), headers)
    }

    /// Sends a form, then gets the page that the answer leads to.
    func follow(_ path: String, _ fields: [(String, String)] = [], as role: Role = .admin) async throws -> PageAnswer {
        let answer = try await post(path, fields, as: role)
        guard let location = answer.location else { return answer }
        return try await get(location, as: role)
    }

    private func cookies(_ role: Role?) -> String? {
        role.flatMap { sessions[$0] }.map { "\(cookie.name)=\($0.text)" }
    }

    /// - Parameter cookies: as the browser's `Cookie` header says them.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ fields: [(String, String)]?, _ cookies: String?,
        _ headers: HTTPFields = [:]
    ) async throws -> PageAnswer {
        var headers = headers
        if let cookies { headers[.cookie] = cookies }
        let body = fields.map { FormFields($0.map { (name: $0.0, value: $0.1) }) }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let text = body.map { fields in
            fields.pairs.map { $0.name.urlComponent + "=" + $0.value.urlComponent }.joined(separator: "&")
        }
        let sent = headers
        return try await server.application(logger: Self.quiet).test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: sent, body: text.map { ByteBuffer(string: $0) }
            ) { PageAnswer($0) }
        }
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// What a browser was answered.
struct PageAnswer: Sendable, CustomTestStringConvertible {
    let status: Int
    let headers: HTTPFields
    let text: String
    let bytes: [UInt8]

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        bytes = Array(response.body.readableBytesView)
        text = String(buffer: response.body)
    }

    /// What a failed expectation shows.
    var testDescription: String {
        let start = text.firstRange(of: "<h1>")?.lowerBound ?? text.startIndex
        return "\(status) \(location ?? "") \(text[start...].prefix(600))"
    }

    /// Where the browser is sent on to.
    var location: String? { headers[.location] }

    func has(_ piece: String) -> Bool { text.contains(piece) }

    func count(of piece: String) -> Int { text.ranges(of: piece).count }

    /// What stands between the first `before` and the next `after`.
    func between(_ before: String, _ after: String) -> String? {
        guard let start = text.firstRange(of: before)?.upperBound,
            let end = text[start...].firstRange(of: after)?.lowerBound
        else { return nil }
        return String(text[start..<end])
    }
}
