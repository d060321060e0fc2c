// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Sandbox
import TestSupport
import Testing

/// How a test reaches the sandbox.
enum Way: Sendable, CaseIterable { case inProcess, http }

/// The sandbox without a socket between.
struct SandboxTransport: Transport {
    var sandbox: Sandbox

    func send(_ call: HTTPCall) async throws -> HTTPAnswer {
        let target = String(call.url.dropFirst("http://sandbox".count))
        let request = SandboxRequest(
            call.method, target, headers: call.headers.map { ($0.name, $0.value) }, body: call.body)
        guard let response = try? await sandbox.respond(to: request) else {
            throw LinkedInError(.unreachable, "dropped")
        }
        return HTTPAnswer(
            status: response.status, headers: response.headers.map { .init($0.0, $0.1) }, body: response.body)
    }
}

/// A sandbox of one test's own and a client of the partner's application.
struct SandboxWorld: Sendable {
    static let names = RecordNames(surface: .v2, context: "urn:li:organization:1000")

    var sandbox: Sandbox
    var host: String
    var transport: any Transport

    /// Runs `body` in a new world, reached in one of the two ways.
    static func run(_ way: Way, _ body: @escaping @Sendable (SandboxWorld) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        var options = SandboxOptions(directory: folder.path("world"))
        options.switches.callbackValidation = .off
        let sandbox = try await Sandbox(options: options)
        switch way {
        case .inProcess:
            try await body(
                SandboxWorld(sandbox: sandbox, host: "http://sandbox", transport: SandboxTransport(sandbox: sandbox)))
        case .http:
            let transport = AHCTransport()
            let (ports, ready) = AsyncStream.makeStream(of: Int.self)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await sandbox.run(port: 0) { ready.yield($0) }
                    return false
                }
                group.addTask {
                    for await port in ports {
                        try await body(
                            SandboxWorld(sandbox: sandbox, host: "http://127.0.0.1:\(port)", transport: transport))
                        break
                    }
                    return true
                }
                while let isDone = try await group.next(), !isDone {}
                group.cancelAll()
            }
            try await transport.shutdown()
        }
    }

    func client(_ credentials: TokenRequest, surface: Surface = .v2) -> LinkedInClient {
        let clock = sandbox.clock
        return LinkedInClient(
            hosts: .init(both: host), credentials: credentials, surface: surface, transport: transport,
            nowMillis: { clock.now().millis }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func partner() throws -> LinkedInClient {
        let partner = try #require(sandbox.core.applications.defaultPartner)
        return client(TokenRequest(clientID: partner.clientID, clientSecret: partner.secrets[0]))
    }

    /// A child application whose customer has enabled everything, and the client that speaks for it.
    func customer(_ id: String = "acme") async throws -> (application: ProvisionedApplication, client: LinkedInClient) {
        let draft = LinkedInClient.ApplicationDraft(
            uniqueForeignID: id, name: "Test - \(id)", description: "for a test")
        let application = try await partner().provision(draft)
        try await control(
            "integrations/enable", ["organization": 1000, "contract": 5000, "unique_foreign_id": .string(id)])
        let secret = try #require(application.clientSecret)
        return (application, client(TokenRequest(clientID: application.clientID, clientSecret: secret)))
    }

    func control(_ path: String, _ json: JSONValue) async throws {
        let response = try await sandbox.respond(
            to: SandboxRequest(
                "POST", "/_sandbox/" + path, headers: [("Content-Type", "application/json")], body: json.bytes))
        #expect(response.status == 200, "\(path): \(String(decoding: response.body, as: UTF8.self))")
    }

    static func candidate(_ id: String, _ change: (inout JSONObject) -> Void = { _ in }) -> LinkedInClient.Item {
        var body: JSONObject = [
            "firstName": "Mira", "lastName": "Okafor", "emailAddresses": ["mira@post.example"], "addresses": [],
            "phoneNumbers": [],
            "externalProfileUrl": "https://ats.example.com/c/1", "atsCreatedAt": 1_700_000_000_000,
            "atsLastModifiedAt": 1_700_000_000_000,
        ]
        change(&body)
        return .init(key: names.key(.candidates, id: id), body: JSONValue.object(body).bytes)
    }
}
