// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import Sandbox
import TestSupport

@testable import crosswalk

/// LinkedIn's side in this process, and beside it a connector that a test kills and starts again; its customer is onboarded and enabled.
struct KilledProgram {
    let folder: TemporaryFolder
    let server: ServerProcess
    /// The customer's API key.
    let key: String
    let control: HTTPJSON

    var api: HTTPJSON { .connector(server.url, key: key) }

    static func run(_ body: @escaping @Sendable (KilledProgram) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let sandbox = try await Stage.sandbox(in: folder) { $0.quotas = false }
        try await Hosted.run(sandbox) { port in
            let url = "http://127.0.0.1:\(port)"
            let server = try ServerProcess(data: folder.path("connector"), linkedIn: url)
            let key = try server.add(customer: "acme", organization: Stage.organization)
            let control = HTTPJSON.sandbox(url)
            try await control.enableIntegrations()
            try await body(KilledProgram(folder: folder, server: server, key: key, control: control))
            server.kill()
        }
        try await sandbox.close()
    }
}

extension HTTPJSON {
    /// The customer's part of the onboarding.
    func enableIntegrations() async throws {
        try await send(
            .POST, "/_sandbox/integrations/enable",
            ["organization": .int(Stage.organization), "contract": 5000, "unique_foreign_id": "acme"])
    }

    /// Answers that many requests from now on, and 503 to all that come after them.
    func letThrough(_ requests: Int) async throws {
        try await send(
            .POST, "/_sandbox/faults", ["rules": [["fault": "503", "after": .int(Int64(requests)), "retry_after": 0]]])
    }

    /// Whether a request came that was not let through any more.
    func isShut() async throws -> Bool {
        try await send(.GET, "/_sandbox/faults")["rules"]?[0]?["struck"]?.int ?? 0 > 0
    }

    func journalEnd() async throws -> Int {
        Int(try await send(.GET, "/_sandbox/journal?limit=1")["last"]?.int ?? 0)
    }

    /// Every entity of a resource that LinkedIn's side holds.
    func entities(_ resource: String) async throws -> [JSONValue] {
        var all: [JSONValue] = []
        var after = ""
        while true {
            let page = try await send(
                .GET, "/_sandbox/state?organization=\(Stage.organization)&resource=\(resource)&limit=1000\(after)")
            all += page["entities"]?.array ?? []
            guard let next = page["next"]?.string else { return all }
            after = "&after=" + (next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? next)
        }
    }
}
