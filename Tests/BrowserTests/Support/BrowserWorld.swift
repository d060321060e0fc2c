// SPDX-License-Identifier: Apache-2.0

import Browser
import Dashboard
import Domain
import JSONBytes
import Sandbox
import Store
import TestSupport

@testable import Connector
@testable import crosswalk

/// A browser, LinkedIn's side and a connector with its dashboard, each on a port of its own, with a customer that is onboarded and
/// enabled: what a person sees of the whole.
struct BrowserWorld: Sendable {
    static let organization: Int64 = 1000
    static let contract: Int64 = 5000
    /// Of the dashboard.
    static let administrator = "ada"
    static let password = "correct horse battery"

    let browser: Browser
    let folder: TemporaryFolder
    let sandbox: Sandbox
    /// `http://127.0.0.1:` and the port, as the connector's.
    let sandboxURL: String
    let connector: ConnectorProcess
    let connectorURL: String
    let tenant: CustomerAdd.Added

    /// The connector's REST API, as the customer's ATS uses it.
    var api: HTTPJSON { .connector(connectorURL, key: tenant.apiKey) }
    /// The sandbox's control API.
    var control: HTTPJSON { .sandbox(sandboxURL) }

    /// Starts everything, gives it to `body`, and stops it afterwards.
    ///
    /// - Parameters:
    ///   - enabled: whether the customer's integrations are on already; otherwise the customer is only provisioned.
    ///   - members: how many invented people LinkedIn has.
    static func run(
        enabled: Bool = true, members: Int = 0, options: (inout Switches) -> Void = { _ in },
        _ body: @escaping @Sendable (BrowserWorld) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        var switches = Switches()
        switches.taskSeconds = 0
        switches.matchSeconds = 0
        options(&switches)
        let sandbox = try await Sandbox(
            options: SandboxOptions(directory: folder.path("sandbox"), members: members, switches: switches),
            logger: Log.silent)
        try await sandbox.generateMembers()
        try await Hosted.run({ [SandboxService(sandbox: sandbox, host: "127.0.0.1", port: 0, onReady: $0)] }) { port in
            let sandboxURL = "http://127.0.0.1:\(port)"
            let own = try FreePort.find()
            let settings = try await Settings.read(
                flags: [
                    .data: folder.path("connector"), .port: String(own), .linkedInURL: sandboxURL, .profile: "sandbox",
                    .sourcesAllowed: folder.path("files"),
                ], environment: [:])
            let connector = try ConnectorProcess(settings, registry: MetricsRegistry(), logger: Log.silent)
            let hash = try await PasswordDesk().hash(password)
            try await connector.workspace.store.write { tx in
                _ = try tx.addAccount(administrator, role: .admin, password: hash, at: SystemTime().now())
            }
            let tenant = try await CustomerAdd.add(
                NewTenant(id: CustomerID("acme")!, name: "Acme", organization: organization, contracts: [contract]),
                connector.workspace)
            if enabled {
                try await HTTPJSON.sandbox(sandboxURL).send(
                    .POST, "/_sandbox/integrations/enable",
                    [
                        "organization": .int(organization), "contract": .int(contract),
                        "unique_foreign_id": "acme",
                    ])
            }
            try await Hosted.run({ ready in connector.services { ready($0) } }) { _ in
                try await Browser.run { browser in
                    try await body(
                        BrowserWorld(
                            browser: browser, folder: folder, sandbox: sandbox, sandboxURL: sandboxURL,
                            connector: connector, connectorURL: "http://127.0.0.1:\(own)", tenant: tenant))
                }
            }
            try await connector.close()
        }
        try await sandbox.close()
    }

    // MARK: What people and programs do

    /// Opens a page of LinkedIn's side.
    func visitSandbox(_ path: String) async throws { try await browser.visit(sandboxURL + path) }

    /// Opens a page of the connector's dashboard, and signs in as its administrator when it asks.
    func visitDashboard(_ path: String) async throws {
        try await browser.visit(connectorURL + path)
        guard try await browser.run("return location.pathname").string == "/ui/sign-in" else { return }
        try await browser.fill(.named("Name"), with: Self.administrator)
        try await browser.fill(.named("Password"), with: Self.password)
        try await browser.click(.named("Sign in"))
    }

    /// As somebody who has a seat, by name.
    func signInToRecruiter(_ person: String) async throws {
        try await visitSandbox("/talent/sign-in")
        try await browser.click(.named(person))
    }

    /// What the ATS sends: `put("candidates/C-1", …)`.
    func put(_ path: String, _ body: JSONValue) async throws { try await api.send(.PUT, "/api/v1/" + path, body) }

    /// Returns once the connector has nothing left that can move.
    func settled() async throws {
        try await eventually("the connector to come to rest") {
            try await api.send(.GET, "/api/v1/sync")["idle"]?.bool == true
        }
    }

    /// A member of LinkedIn.
    ///
    /// - Returns: the number.
    @discardableResult
    func addMember(
        _ first: String, _ last: String, title: String = "Engineer", company: String = "Engines Ltd",
        city: String = "London", country: String = "gb", exportable: Bool = true
    ) async throws -> Int64 {
        let handle = (first + "-" + last).lowercased().filter { $0.isASCII && ($0.isLetter || $0 == "-") }
        let member = try await control.send(
            .POST, "/_sandbox/members",
            [
                "first_name": .string(first), "last_name": .string(last),
                "email": .string("\(handle)@post.example"),
                "profile_url": .string("https://www.linkedin.com/in/\(handle)"), "title": .string(title),
                "company": .string(company), "city": .string(city), "country": .string(country),
                "exportable": .bool(exportable),
            ])
        return member["number"]?.int ?? 0
    }

    /// Somebody with a seat in Recruiter.
    ///
    /// - Returns: the seat's number.
    @discardableResult
    func addSeat(_ first: String, _ last: String, roles: [String] = ["SOURCER_ADD_PROSPECT"]) async throws -> Int64 {
        let seat = try await control.send(
            .POST, "/_sandbox/seats",
            [
                "contract": .int(Self.contract), "organization": .int(Self.organization),
                "email": .string("\(first.lowercased())@acme.example"), "first_name": .string(first),
                "last_name": .string(last), "roles": .array(roles.map { .string($0) }),
            ])
        return seat["seat"]?.int ?? 0
    }

    /// The person URN of a member as the customer's application sees it.
    func person(_ member: Int64) async throws -> String {
        try await control.send(.GET, "/_sandbox/members/\(member)?application=\(tenant.clientID)")["person"]?.string
            ?? ""
    }

    /// What LinkedIn holds of one kind, by the ATS's ids, as `GET /_sandbox/state` tells it.
    func held(_ resource: String) async throws -> [JSONValue] {
        try await control.send(
            .GET, "/_sandbox/state?organization=\(Self.organization)&resource=\(resource)&limit=1000")["entities"]?
            .array ?? []
    }
}
