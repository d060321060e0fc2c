// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import SQLFile
import TestSupport
import Testing

@testable import Store

/// Forgetting, as far as the store goes: what is gone with which commit, and what is left to prove it.
@Suite struct ErasureTests {
    private static let canary = "Canary0xYZZY"

    private func erase(_ world: World, _ scope: ErasureScope, at now: Int64 = 2_000) async throws -> Erasure {
        let request = world.store.receipts.request(scope, customer: CustomerID("acme")!)
        return try await world.store.write { tx in
            let customer = try tx.customers().first { $0.number == world.customer }!
            let id = try tx.beginErasure(request, of: customer, at: Millis(now))
            return try tx.erasure(id, customer: world.customer)!
        }
    }

    private func finish(_ world: World, _ id: String, at now: Int64 = 3_000) async throws -> Erasure {
        let (customer, key) = (world.customer, world.store.receipts)
        try await world.store.write { tx in
            try tx.clear(tx.erasure(id, customer: customer)!, customer: customer, because: nil, at: Millis(now))
        }
        #expect(try await world.store.emptyLog())
        return try await world.store.write { tx in
            try tx.seal(
                tx.erasure(id, customer: customer)!, customer: customer, key: key, overwrittenAt: Millis(now),
                at: Millis(now))
            return try tx.erasure(id, customer: customer)!
        }
    }

    private func family(_ world: World) async throws {
        try await world.accept(
            .job("J1"), .candidate("C1", Self.canary), .candidate("C2", "kept"), .note("C1", "N1", Self.canary),
            .application("A1", job: "J1", candidate: "C1", #"{"source":"\#(Self.canary)"}"#),
            .application("A2", job: "J1", candidate: "C2"),
            .stage("A1", "S1"))
        let customer = world.customer
        try await world.store.write { tx in
            try tx.append(
                NewEvent(.matchChanged, candidate: "C1", isFromLinkedIn: true, data: Array(Self.canary.utf8)),
                customer: customer, at: Millis(1_500))
            try tx.append(
                NewEvent(
                    .inMailReceived, person: "urn:li:person:c1", isFromLinkedIn: true, data: Array(Self.canary.utf8)),
                customer: customer, at: Millis(1_500))
            try tx.append(
                NewEvent(.inMailReceived, person: "urn:li:person:c2", isFromLinkedIn: true, data: Array("kept".utf8)),
                customer: customer, at: Millis(1_500))
            _ = try tx.tie(person: "urn:li:person:c1", to: "C1", how: .ats, customer: customer, at: Millis(1_500))
        }
    }

    /// Every byte of the database's files.
    private func files(_ world: World) throws -> [UInt8] {
        Array(try DatabaseFiles.bytes(in: world.folder.path))
    }

    @Test func `with the commit that begins it everything held here is gone, and only of that candidate`() async throws
    {
        let world = try await World()
        try await family(world)
        for kind in RecordKind.allCases { try await world.drain(kind) }
        let erasure = try await erase(world, .candidate("C1"))
        #expect(erasure.state == .deleting && erasure.localAt == Millis(2_000))
        let customer = world.customer
        try await world.store.read { tx in
            for (kind, parent, id) in [
                (RecordKind.candidate, "", "C1"), (.application, "", "A1"), (.stage, "A1", "S1"),
            ] {
                #expect(try tx.body(customer: customer, key: RecordKey(kind, parent: parent, id: id)) == nil)
            }
            #expect(try tx.body(customer: customer, key: RecordKey(.candidate, id: "C2")) != nil)
            let events = try tx.events(customer: customer, after: 0, limit: 100)
            #expect(events.compactMap(\.data).map { String(decoding: $0, as: UTF8.self) } == ["kept"])
            #expect(events.allSatisfy { $0.candidate != "C1" && $0.person != "urn:li:person:c1" })
            #expect(try tx.candidate(ofPerson: "urn:li:person:c1", customer: customer) == nil)
            #expect(try tx.items(erasure: erasure.id, customer: customer) == [.pending: 4])
        }
        #expect(try await world.store.emptyLog())
        let bytes = try files(world)
        #expect(!bytes.contains(Self.canary))
        #expect(bytes.contains("kept"))
    }

    @Test func `the bytes are gone from the files also after changes, many neighbours and a grown log`() async throws {
        let world = try await World()
        for round in 0..<6 {
            try await world.accept(
                (0..<300).map {
                    .candidate("K\($0)", String(repeating: "n", count: 40 + (round * 131 + $0 * 17) % 900))
                })
            try await world.accept(.candidate("C1", Self.canary + String(repeating: "x", count: round * 400)))
        }
        try await world.accept(.note("C1", "N1", Self.canary))
        #expect(try files(world).contains(Self.canary))
        _ = try await erase(world, .candidate("C1"))
        #expect(try await world.store.emptyLog())
        #expect(try !files(world).contains(Self.canary))
    }

    @Test func `the receipt names nobody, verifies, and tells whoever knows the id that it was erased`() async throws {
        let world = try await World()
        try await family(world)
        let open = try await erase(world, .candidate("C1"))
        for kind in RecordKind.allCases.reversed() { try await world.drain(kind, deletions: true, at: 5_000) }
        let erasure = try await finish(world, open.id)
        let receipt = try #require(erasure.receipt.flatMap { Receipt($0) })
        let key = world.store.receipts
        #expect(receipt.verdict(key: key.publicKey) == .valid)
        #expect(key.isAbout(.candidate("C1"), erasure))
        #expect(!key.isAbout(.candidate("C2"), erasure))
        #expect(!key.isAbout(.person("C1"), erasure))
        #expect(receipt.isAbout(.candidate("C1"), key: key) == true)
        #expect(receipt.isAbout(.candidate("C2"), key: key) == false)
        let text = String(decoding: erasure.receipt!, as: UTF8.self)
        for secret in ["\"C1\"", "\"A1\"", "\"N1\"", "person:c1", Self.canary] { #expect(!text.contains(secret)) }
        #expect(receipt.json["receipt"]?["erasedHere"]?["record"]?.int == 4)
        #expect(receipt.json["receipt"]?["linkedIn"]?["records"]?["candidate"]?["deleted"]?.int == 1)
        // The last event tells of it, without saying of whom.
        let customer = world.customer
        let event = try #require(
            try await world.store.read { try $0.events(customer: customer, after: 0, limit: 99) }.last)
        #expect(event.type == EventType.erased.rawValue)
        #expect(event.data.map { String(decoding: $0, as: UTF8.self) }?.contains(erasure.id) == true)
        #expect(try !files(world).contains("person:c1"))
    }

    @Test(arguments: ["asked", "count", "key", "signature", "salt"])
    func `a receipt that somebody changed does not verify`(what: String) async throws {
        let world = try await World()
        let open = try await erase(world, .person("urn:li:person:x"))
        let erasure = try await finish(world, open.id)
        let (bytes, key) = (erasure.receipt ?? [], world.store.receipts)
        var json = try JSONValue(parsing: bytes)
        switch what {
        case "asked": json["receipt"]?["askedAt"] = "2020-01-01T00:00:00.000Z"
        case "count": json["receipt"]?["erasedHere"]?["event"] = 9
        case "salt": json["receipt"]?["subject"]?["salt"] = "00"
        case "signature": json["signature"]?["value"] = "AAAA"
        default:
            json["signature"]?["key"] = .string(try Vault(key: Array(repeating: 7, count: 32)).receiptKey().publicKey)
        }
        #expect(Receipt(json.bytes)?.verdict(key: key.publicKey) == .altered)
    }

    @Test func `a receipt may be laid out anew, and another connector's is known as another's`() async throws {
        let world = try await World()
        let open = try await erase(world, .person("urn:li:person:x"))
        let receipt = try #require(try await finish(world, open.id).receipt)
        let key = world.store.receipts
        let loose = String(decoding: receipt, as: UTF8.self).replacing(",\"", with: " ,\n  \"").replacing(
            "\":", with: "\" : ")
        #expect(Receipt(Array(loose.utf8))?.verdict(key: key.publicKey) == .valid)
        let other = try Vault(key: Array(repeating: 7, count: 32)).receiptKey()
        #expect(Receipt(receipt)?.verdict(key: other.publicKey) == .otherKey(key.publicKey))
        #expect(Receipt(Array("{}".utf8)) == nil)
    }

    @Test func `what the ATS sends under the id before LinkedIn forgot waits, and is a new record then`() async throws {
        let world = try await World()
        try await family(world)
        for kind in RecordKind.allCases { try await world.drain(kind) }
        _ = try await erase(world, .candidate("C1"))
        let tally = try await world.accept(
            .candidate("C1", "again"), .application("A9", job: "J1", candidate: "C1"))
        #expect(tally.added == 2)
        #expect(try await world.accept(.candidate("C1", "again")).unchanged == 1)
        // The put must not overtake the deletion, nor spare it.
        #expect(try await world.claim(.candidate).isEmpty)
        #expect(try await world.claim(.application).isEmpty)
        for kind in RecordKind.allCases.reversed() { try await world.drain(kind, deletions: true, at: 5_000) }
        let due = try await world.claim(.candidate, at: 5_000)
        #expect(due.map(\.key.id) == ["C1"])
        #expect(due.first?.isObserved == false)
        try await world.settle(due)
        #expect(try await world.claim(.application, at: 5_000).map(\.key.id) == ["A9"])
    }

    @Test func `erased again meanwhile, what was sent again goes, too`() async throws {
        let world = try await World()
        try await family(world)
        _ = try await erase(world, .candidate("C1"))
        try await world.accept(.candidate("C1", Self.canary), .note("C1", "N7", Self.canary))
        let second = try await erase(world, .candidate("C1"), at: 2_500)
        #expect(try await world.store.emptyLog())
        #expect(try !files(world).contains(Self.canary))
        for kind in RecordKind.allCases.reversed() { try await world.drain(kind, deletions: true, at: 5_000) }
        let customer = world.customer
        let items = try await world.store.read { try $0.items(erasure: second.id, customer: customer) }
        #expect(items == [.deleted: 5])
        #expect(try await world.claim(.candidate, at: 5_000).map(\.key.id) == ["C2"])
    }

    @Test func `a member who is also another candidate stays with that one`() async throws {
        let world = try await World()
        try await world.accept(.candidate("C1"), .candidate("C2"))
        try await world.drain(.candidate)
        let customer = world.customer
        try await world.store.write { tx in
            let polls = try tx.matchesDue(customer: customer, at: Millis(100_000), limit: 9)
            try tx.storeMatches(
                polls.map { MatchReading($0, matched: ["urn:li:person:both"], manual: nil, nextAt: nil) },
                customer: customer, at: Millis(1_600))
            try tx.append(
                NewEvent(.inMailReceived, person: "urn:li:person:both", isFromLinkedIn: true, data: [1]),
                customer: customer, at: Millis(1_600))
        }
        _ = try await erase(world, .candidate("C1"))
        let kept = try await world.store.read {
            try $0.candidate(ofPerson: "urn:li:person:both", customer: customer)?.candidate
        }
        #expect(kept == "C2")
        #expect(try await world.store.read { try $0.tallies(customer: customer) }[.candidate]?.matched == 1)
        _ = try await erase(world, .person("urn:li:person:both"))
        #expect(try await world.store.read { try $0.tallies(customer: customer) }[.candidate]?.matched == 0)
        let data = try await world.store.read { try $0.events(customer: customer, after: 0, limit: 99) }
            .filter { $0.type == EventType.inMailReceived.rawValue }.compactMap(\.data)
        #expect(data.isEmpty)
    }

    @Test func `a candidate of another customer with the same id is not touched`() async throws {
        let world = try await World()
        try await family(world)
        let other = try await world.store.write { tx in
            try tx.addCustomer(.sample(world.store.vault, "other"), at: Millis(0)).number
        }
        let now = Millis(1_000)
        _ = try await world.store.write {
            try $0.accept([.candidate("C1", "theirs")], customer: other, priority: .interactive, at: now)
        }
        _ = try await erase(world, .candidate("C1"))
        let body = try await world.store.read { try $0.body(customer: other, key: RecordKey(.candidate, id: "C1")) }
        #expect(body != nil)
        #expect(try await world.store.read { try $0.tallies(customer: other) }[.candidate]?.due == 1)
    }

    @Test func `why a tombstone is where it is names the erasure, an ordinary deletion does not`() async throws {
        let world = try await World()
        try await family(world)
        for kind in RecordKind.allCases { try await world.drain(kind) }
        let erasure = try await erase(world, .candidate("C1"))
        try await world.accept(.delete(RecordKey(.candidate, id: "C2")))
        for key in [RecordKey(.application, id: "A1"), RecordKey(.stage, parent: "A1", id: "S1")] {
            let status = try #require(try await world.status(key))
            #expect(status.erasure == erasure.id)
            #expect(status.because.hasPrefix("it is being erased (\(erasure.id)): "), "\(status.because)")
        }
        let other = try #require(try await world.status(RecordKey(.candidate, id: "C2")))
        #expect(other.erasure == nil && !other.because.contains("erased"))
    }

    @Test
    func `a contract's end deletes a bounded number of rows in each commit, keeps the lease, and counts them all`()
        async throws
    {
        let world = try await World()
        try await world.accept((0..<700).map { .candidate("C\($0)") })
        let (customer, key) = (world.customer, world.store.receipts)
        func rows() async throws -> Int {
            try await world.store.read { tx in
                try Holding.all.filter { $0.end == .delete }.reduce(0) { sum, holding in
                    let count = try tx.first(
                        "SELECT count(*) FROM \(holding.table) WHERE customer_id = ?", [.int(customer)]
                    ) { Int($0.int(0)) }
                    return sum + (count ?? 0)
                }
            }
        }
        try await world.store.write { tx in
            for number in 0..<900 {
                try tx.append(
                    NewEvent(.noteChanged, isFromLinkedIn: true, data: Array("\(number)".utf8)), customer: customer,
                    at: Millis(1_500))
            }
            _ = try tx.acquireLease(
                name: "sync", customer: customer, holder: "h", now: Millis(1_500), ttl: .seconds(30))
        }
        let begun = try await erase(world, .everything)
        var hasMore = true
        while hasMore {
            hasMore = try await world.store.write { tx in
                try tx.markMore(erasure: begun.id, customer: customer, limit: 500, at: Millis(2_500))
            }
        }
        for kind in RecordKind.allCases.reversed() { try await world.drain(kind, deletions: true, at: 3_000) }
        try await world.store.write { tx in
            let erasure = try tx.erasure(begun.id, customer: customer)!
            try tx.move(
                erasure: erasure, customer: customer, to: .deleting, due: Millis(0), because: nil, at: Millis(3_000))
            try tx.move(
                erasure: tx.erasure(begun.id, customer: customer)!, customer: customer, to: .clearing, due: Millis(0),
                because: nil, at: Millis(3_000))
        }
        func clearInSlices() async throws -> Int {
            for slices in 1... {
                let before = try await rows()
                let isMore = try await world.store.write { tx in
                    try tx.clearMore(tx.erasure(begun.id, customer: customer)!, customer: customer, limit: 200)
                }
                // The receipt's counters are rows as well, one for each table.
                #expect(try await before - rows() <= 200)
                guard isMore else { return slices }
            }
            return 0
        }
        #expect(try await clearInSlices() > 4)
        #expect(try await world.store.read { try $0.items(erasure: begun.id, customer: customer) } == [.deleted: 700])
        try await world.store.write { tx in
            try tx.clear(
                tx.erasure(begun.id, customer: customer)!, customer: customer, because: nil, at: Millis(4_000))
        }
        #expect(try await clearInSlices() > 3)
        #expect(try await rows() == 1, "the lease that it works under")
        try await world.store.write { tx in
            try tx.seal(
                tx.erasure(begun.id, customer: customer)!, customer: customer, key: key, overwrittenAt: Millis(5_000),
                at: Millis(5_000))
        }
        #expect(try await rows() == 0)
        let finished = try #require(try await world.store.read { try $0.erasure(begun.id, customer: customer) })
        let receipt = try #require(finished.receipt.flatMap { Receipt($0) })
        #expect(receipt.verdict(key: key.publicKey) == .valid)
        #expect(receipt.json["receipt"]?["erasedHere"]?["event"]?.int == 900)
    }

    @Test func `after the end of a contract nothing is taken in`() async throws {
        let world = try await World()
        try await family(world)
        let first = try await erase(world, .everything)
        #expect(first.state == .marking)
        await #expect(throws: StoreError.self) { try await world.accept(.candidate("C3")) }
        #expect(try await erase(world, .everything).id == first.id)
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { Data(self).range(of: Data(text.utf8)) != nil }
}
