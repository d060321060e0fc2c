// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import TestSupport
import Testing

@testable import crosswalk

/// What whoever has a shell on the server does about the dashboard.
@Suite struct DashboardCommandTests {
    private let folder = try! TemporaryFolder()
    private var data: [String] { ["--data", folder.path("connector")] }

    @Test func `accounts are made, changed and listed, and the last administrator stays`() async throws {
        let added = try await Crosswalk.run(
            ["dashboard", "account", "add", "Ada@Example.org", "--role", "admin", "--format", "json"] + data)
        #expect(added.status == 0)
        #expect(added.json?["name"]?.string == "ada@example.org")
        #expect(added.json?["url"]?.string?.hasPrefix("http://127.0.0.1:8080/ui/invitation/") == true)
        let again = try await Crosswalk.run(["dashboard", "account", "add", "ada@example.org"] + data)
        #expect(again.status == 1)
        #expect(again.errors.contains("there is an account ada@example.org already"))

        let last = try await Crosswalk.run(["dashboard", "account", "role", "ada@example.org", "viewer"] + data)
        #expect(last.errors.contains("this is the last administrator"))
        #expect(try await Crosswalk.run(["dashboard", "account", "add", "bo", "--role", "admin"] + data).status == 0)
        #expect(
            try await Crosswalk.run(["dashboard", "account", "role", "ada@example.org", "viewer"] + data).status == 0)
        #expect(
            try await Crosswalk.run(["dashboard", "account", "enable", "ada@example.org", "--no"] + data).status == 0)
        let reset = try await Crosswalk.run(["dashboard", "account", "reset", "ada@example.org"] + data)
        #expect(reset.errors.contains("is disabled"))
        let unknown = try await Crosswalk.run(["dashboard", "account", "reset", "eve"] + data)
        #expect(unknown.errors.contains("there is no account 'eve'"))

        let list = try await Crosswalk.run(["dashboard", "account", "list", "--format", "json"] + data)
        #expect(list.json?[0]?["name"]?.string == "ada@example.org")
        #expect(list.json?[0]?["role"]?.string == "viewer")
        #expect(list.json?[0]?["disabled"]?.bool == true)
        #expect(list.json?[1]?["name"]?.string == "bo")

        let audit = try await Crosswalk.run(["audit", "verify", "--format", "json"] + data)
        #expect(audit.status == 0)
        #expect(audit.json?["entries"]?.int == 4)
    }

    @Test func `an audit that was changed is found, in the store and in a file`() async throws {
        for name in ["ada", "bo", "carla"] {
            #expect(try await Crosswalk.run(["dashboard", "account", "add", name] + data).status == 0)
        }
        let whole = try await Crosswalk.run(["audit", "verify", "--format", "json"] + data)
        let last = try #require(whole.json?["last"]?.string)
        let store = try Store.open(directory: folder.path("connector"))
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 10) }
        try await store.close()
        var json = JSONWriter()
        for entry in entries { AuditChain.line(entry, to: &json) }
        let file = folder.path("audit.ndjson")
        let text = String(decoding: json.bytes, as: UTF8.self)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let good = try await Crosswalk.run(["audit", "verify", file, "--expect", last])
        #expect(good.status == 0)
        #expect(good.output.contains("3 entries, chain intact."))
        #expect(good.output.contains("The expected hash is in it."))

        try text.replacing("account bo", with: "account eve").write(toFile: file, atomically: true, encoding: .utf8)
        let altered = try await Crosswalk.run(["audit", "verify", file])
        #expect(altered.status == 1)
        #expect(altered.output.contains("entry 2 is not what was written. Whole before it: 1 entry."))
        try text.split(separator: "\n").dropLast().joined(separator: "\n").write(
            toFile: file, atomically: true, encoding: .utf8)
        let short = try await Crosswalk.run(["audit", "verify", file, "--expect", last])
        #expect(short.status == 1)
        #expect(short.output.contains("The expected hash is not in it"))
        try "hello\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try await Crosswalk.run(["audit", "verify", file]).errors.contains("line 1 of"))
    }

    @Test func `the support bundle is a file that only its owner reads`() async throws {
        _ = try await Crosswalk.run(["dashboard", "account", "add", "ada"] + data)
        let path = folder.path("bundle.json")
        let run = try await Crosswalk.run(["support-bundle", "--output", path] + data)
        #expect(run.status == 0)
        let json = try JSONValue(parsing: Array(try #require(FileManager.default.contents(atPath: path))))
        #expect(json["crosswalk"]?["version"]?.string == Crosswalk.version)
        #expect(json["configuration"]?["connector.port"]?["value"]?.string == "8080")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
