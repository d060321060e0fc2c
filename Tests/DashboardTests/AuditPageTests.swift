// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import SQLFile
import Store
import Testing

@testable import Dashboard

@Suite struct AuditPageTests {
    private static func filled(_ count: Int) async throws -> DashboardWorld {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer().number
        try await world.store.write { tx in
            for index in 1...count {
                try tx.audit(
                    AuditEntry(
                        actor: index.isMultiple(of: 2) ? "ada" : "bo", action: "record.retry",
                        customer: index.isMultiple(of: 3) ? customer : nil, subject: "candidate C-\(index)"),
                    at: DashboardWorld.start)
            }
        }
        return world
    }

    @Test func `the audit says who did what, page by page, and that its chain is whole`() async throws {
        let world = try await Self.filled(120)
        let page = try await world.get("/ui/audit", as: .operator)
        #expect(page.has("120 entries, chain intact up to entry 120."))
        #expect(page.has("candidate C-120"))
        #expect(page.has("candidate C-71"))
        #expect(!page.has("candidate C-70<"))
        let next = try #require(page.between("<a class=\"button\" href=\"/ui/audit?", "\">Next page"))
        let second = try await world.get("/ui/audit?\(next.unescaped)", as: .operator)
        #expect(second.has("candidate C-70<"))
        #expect(second.has("First page"))
        let some = try await world.get("/ui/audit?actor=bo&customer=acme", as: .operator)
        #expect(some.has("candidate C-117"))
        #expect(!some.has("candidate C-118"))
        #expect(some.has("<a href=\"/ui/customers/acme\">acme</a>"))
    }

    @Test func `an entry that was altered is told on the page`() async throws {
        let world = try await Self.filled(10)
        try await world.store.write { tx in _ = try tx.run("UPDATE audit SET actor = 'eve' WHERE number = 4") }
        let page = try await world.get("/ui/audit", as: .operator)
        #expect(page.has("The chain is broken: entry 4 is not what was written."))
    }

    @Test func `entries that were cut off the end are told while the process remembers them`() async throws {
        let world = try await Self.filled(10)
        #expect(try await world.get("/ui/audit").has("chain intact up to entry 10"))
        try await world.store.write { tx in _ = try tx.run("DELETE FROM audit WHERE number > 8") }
        #expect(try await world.get("/ui/audit").has("Entries after 8 are gone: there were 10."))
    }

    @Test func `the download is the whole chain`() async throws {
        let world = try await Self.filled(1_203)
        let file = try await world.get("/ui/audit/download", as: .operator)
        var chain = AuditChain()
        for line in file.text.split(separator: "\n") {
            chain.check(try #require(AuditChain.record(JSONValue(parsing: String(line)))))
        }
        #expect(chain.count == 1_203)
        #expect(chain.broken == nil)
        #expect(file.headers[.contentDisposition] == "attachment; filename=\"crosswalk-audit.ndjson\"")
    }

    @Test func `an audit without entries says what will be in it`() async throws {
        let world = try await DashboardWorld()
        #expect(try await world.get("/ui/audit").has("Nothing was done yet"))
        #expect(try await world.get("/ui/audit?actor=nobody").has("No such entries"))
    }
}
