// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile
import Testing

@testable import Store

@Suite struct AuditTests {
    private static func filled(_ count: Int) async throws -> World {
        let world = try await World()
        let customer = world.customer
        try await world.store.write { tx in
            for index in 1...count {
                try tx.audit(
                    AuditEntry(
                        actor: index.isMultiple(of: 2) ? "ada" : "bo", action: "record.retry",
                        customer: index.isMultiple(of: 3) ? customer : nil, subject: "candidate C-\(index)"),
                    at: Millis(Int64(index)))
            }
        }
        return world
    }

    @Test func `entries are numbered without a gap and form a chain`() async throws {
        let world = try await Self.filled(10)
        let (chain, entries) = try await world.store.read { tx in
            (try tx.verifyAudit(), try tx.auditEntries(limit: 3))
        }
        #expect(chain.count == 10)
        #expect(chain.broken == nil)
        #expect(entries.map(\.number) == [10, 9, 8])
        #expect(entries[1].customer == "acme")
        #expect(entries[0].hash == chain.hash)
    }

    @Test func `an entry that was altered, taken out or moved breaks the chain there`() async throws {
        for (sql, wanted) in [
            ("UPDATE audit SET subject = 'candidate C-7' WHERE number = 5", AuditChain.Break.altered(5)),
            ("UPDATE audit SET at_ms = at_ms + 1 WHERE number = 1", .altered(1)),
            ("UPDATE audit SET customer = NULL WHERE number = 3", .altered(3)),
            ("DELETE FROM audit WHERE number = 4", .missing(4)),
            ("DELETE FROM audit WHERE number = 1", .missing(1)),
            ("UPDATE audit SET hash = zeroblob(32) WHERE number = 9", .altered(9)),
        ] {
            let world = try await Self.filled(10)
            let chain = try await world.store.write { tx in
                try tx.run(sql)
                return try tx.verifyAudit()
            }
            #expect(chain.broken == wanted)
        }
    }

    @Test func `checking goes on where it stopped`() async throws {
        let world = try await Self.filled(10)
        let (half, whole) = try await world.store.read { tx in
            let half = try tx.verifyAudit(limit: 4)
            return (half, try tx.verifyAudit(from: half))
        }
        #expect(half.count == 4)
        #expect(whole.count == 10)
    }

    @Test func `a downloaded audit can be checked without the store`() async throws {
        let world = try await Self.filled(5)
        let entries = try await world.store.read { try $0.auditEntries(after: 0, limit: 100) }
        var json = JSONWriter()
        for entry in entries { AuditChain.line(entry, to: &json) }
        let lines = String(decoding: json.bytes, as: UTF8.self).split(separator: "\n")
        var chain = AuditChain()
        for line in lines { chain.check(try #require(AuditChain.record(JSONValue(parsing: String(line))))) }
        #expect(chain.count == 5)
        #expect(chain.broken == nil)
    }

    @Test func `entries are found by who, what and for whom, page by page`() async throws {
        let world = try await Self.filled(12)
        let found = try await world.store.read { tx in
            (
                try tx.auditEntries(AuditFilter(actor: "ada", customer: "acme"), limit: 10).map(\.number),
                try tx.auditEntries(AuditFilter(actor: "bo"), before: 9, limit: 2).map(\.number),
                try tx.auditEntries(AuditFilter(action: "record.none"), limit: 10).map(\.number),
                try tx.auditWords()
            )
        }
        #expect(found.0 == [12, 6])
        #expect(found.1 == [7, 5])
        #expect(found.2.isEmpty)
        #expect(found.3.actors == ["ada", "bo"])
        #expect(found.3.actions == ["record.retry"])
    }

    @Test func `the audit outlives its customer`() async throws {
        let world = try await Self.filled(3)
        let customer = world.customer
        let chain = try await world.store.write { tx in
            try tx.removeCustomer(customer)
            return try tx.verifyAudit()
        }
        #expect(chain.count == 3)
        #expect(chain.broken == nil)
    }

    @Test func `the audit calls a job by its id, and what belongs to a person by a hash that only this store can make`()
        throws
    {
        let (acme, other) = (CustomerID("acme")!, CustomerID("other")!)
        let key = try Vault(key: Array(repeating: 1, count: 32)).receiptKey()
        #expect(key.auditName(of: RecordKey(.job, id: "J-1"), customer: acme) == "job J-1")
        let name = key.auditName(of: RecordKey(.candidate, id: "ada@example.org"), customer: acme)
        #expect(name.wholeMatch(of: /candidate #[0-9a-f]{16}/) != nil)
        #expect(name == key.auditName(of: RecordKey(.candidate, id: "ada@example.org"), customer: acme))
        #expect(name != key.auditName(of: RecordKey(.candidate, id: "ada@example.org"), customer: other))
        let stranger = try Vault(key: Array(repeating: 2, count: 32)).receiptKey()
        #expect(name != stranger.auditName(of: RecordKey(.candidate, id: "ada@example.org"), customer: acme))
    }
}
