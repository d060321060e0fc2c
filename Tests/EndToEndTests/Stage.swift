// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Logging
import Sandbox
import Store
import TestSupport

@testable import Connector
@testable import crosswalk

/// LinkedIn's side and a connector, each on a port of its own, with a customer that is onboarded and enabled: the whole way over HTTP.
struct Stage: Sendable {
    static let organization: Int64 = 1000

    let folder: TemporaryFolder
    let sandbox: Sandbox
    let sandboxURL: String
    let connector: ConnectorProcess
    let connectorURL: String
    let tenant: CustomerAdd.Added

    var upload: BulkUpload { BulkUpload(connector: connectorURL, key: tenant.apiKey) }
    var api: HTTPJSON { .connector(connectorURL, key: tenant.apiKey) }
    var control: HTTPJSON { .sandbox(sandboxURL) }

    static func run(
        members: Int = 0, options: (inout Switches) -> Void = { _ in },
        _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await Self.sandbox(in: folder) {
            $0.members = members
            options(&$0.switches)
        }
        try await Hosted.run(sandbox) { sandboxPort in
            let sandboxURL = "http://127.0.0.1:\(sandboxPort)"
            let port = try FreePort.find()
            let settings = try await Settings.read(
                flags: [
                    .data: folder.path("connector"), .port: String(port), .linkedInURL: sandboxURL, .profile: "sandbox",
                ], environment: [:])
            let connector = try ConnectorProcess(settings, registry: MetricsRegistry(), logger: Log.silent)
            let tenant = try await CustomerAdd.add(
                NewTenant(id: CustomerID("acme")!, name: "Acme", organization: organization, contracts: [5000]),
                connector.workspace)
            try await HTTPJSON.sandbox(sandboxURL).enableIntegrations()
            try await Hosted.run(connector) { _ in
                try await body(
                    Stage(
                        folder: folder, sandbox: sandbox, sandboxURL: sandboxURL, connector: connector,
                        connectorURL: "http://127.0.0.1:\(port)", tenant: tenant))
            }
            try await connector.close()
        }
        try await sandbox.close()
    }

    /// LinkedIn's side in a folder of the test's, without its waiting times.
    static func sandbox(in folder: TemporaryFolder, _ change: (inout SandboxOptions) -> Void) async throws -> Sandbox {
        var options = SandboxOptions(directory: folder.path("sandbox"))
        options.switches.taskSeconds = 0
        options.switches.matchSeconds = 0
        change(&options)
        return try await Sandbox(options: options, logger: Log.silent)
    }

    /// Returns once the connector has nothing left that can move.
    func settled() async throws {
        try await eventually("the connector to come to rest") {
            let status = try await api.send(.GET, "/api/v1/sync")
            return status["idle"]?.bool == true
        }
    }

    func counts() async throws -> [RecordKind: Int] { try await control.counts(organization: Self.organization) }

    func tallies() async throws -> [RecordKind: Tally] {
        let customer = try await connector.workspace.customer("acme")
        return try await connector.workspace.store.read { try $0.tallies(customer: customer.number) }
    }

    /// Every entity of a resource that LinkedIn's side holds.
    func entities(_ resource: String) async throws -> [JSONValue] { try await control.entities(resource) }
}

extension Hosted {
    /// Serves a sandbox on a port that the system chooses.
    static func run(_ sandbox: Sandbox, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await run({ onPort in [SandboxService(sandbox: sandbox, host: "127.0.0.1", port: 0) { onPort($0) }] }, body)
    }

    /// Runs a connector on its own port.
    static func run(_ connector: ConnectorProcess, _ body: @escaping @Sendable (Int) async throws -> Void) async throws
    {
        try await run({ onPort in connector.services { onPort($0) } }, body)
    }
}
