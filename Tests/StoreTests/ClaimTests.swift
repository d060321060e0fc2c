// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct ClaimTests {
    @Test func `interactive changes overtake the back-fill and are claimed alone, both oldest first`() async throws {
        let world = try await World()
        try await world.accept([.candidate("old"), .candidate("middle")], at: 1_000)
        try await world.accept([.candidate("late")], at: 1_200)
        try await world.accept([.candidate("asked")], priority: .interactive, at: 1_300)
        let first = try await world.claim(.candidate, at: 2_000)
        #expect(first.map(\.key.id) == ["asked"])
        #expect(first.map(\.priority) == [.interactive])
        let rest = try await world.claim(.candidate, excluding: Set(first.map(\.rid)), at: 2_000)
        #expect(rest.map(\.key.id) == ["old", "middle", "late"])
        #expect(rest.allSatisfy { $0.priority == .backfill })
    }

    @Test func `a back-fill does not push back what somebody waits for`() async throws {
        let world = try await World()
        try await world.accept([.candidate("a")], at: 1_000)
        try await world.accept([.candidate("b", "x")], priority: .interactive, at: 1_100)
        try await world.accept([.candidate("b", "y")], priority: .backfill, at: 1_200)
        #expect(try await world.claim(.candidate, at: 2_000).map(\.key.id) == ["b"])
    }

    @Test func `a million waiting children are parked in steps, and the claim says that more are due`() async throws {
        let world = try await World()
        try await world.accept((0..<5_000).map { .note("nobody\($0)", "n") })
        var claims = 0
        while try await world.store.read({ try $0.nextDue(customer: world.customer, kind: .candidateNote) }) != nil {
            #expect(try await world.claim(.candidateNote).isEmpty)
            claims += 1
        }
        #expect(claims > 1)
        #expect(try await world.tally(.candidateNote).waiting == 5_000)
    }

    @Test func `records under way are passed over in claims and in nextDue`() async throws {
        let world = try await World()
        try await world.accept((0..<10).map { .candidate("c\($0)") })
        let first = try await world.claim(.candidate, limit: 4)
        let underWay = Set(first.map(\.rid))
        let second = try await world.claim(.candidate, limit: 4, excluding: underWay)
        #expect(second.map(\.key.id) == ["c4", "c5", "c6", "c7"])
        let all = Set(try await world.claim(.candidate).map(\.rid))
        #expect(
            try await world.store.read { try $0.nextDue(customer: world.customer, kind: .candidate, excluding: all) }
                == nil)
    }

    @Test func `customers do not see each other's records`() async throws {
        let world = try await World()
        let other = try await world.store.write {
            try $0.addCustomer(.sample(world.store.vault, "other"), at: Millis(0)).number
        }
        try await world.accept(.candidate("1"))
        let claimed = try await world.store.write {
            try $0.claimDue(customer: other, kind: .candidate, deletions: false, limit: 10, at: Millis(9_000))
        }
        #expect(claimed.isEmpty)
        #expect(
            try await world.store.read { try $0.explain(customer: other, key: RecordKey(.candidate, id: "1")) } == nil)
    }

    @Test func `the last of several words about one record in a bulk counts`() async throws {
        let world = try await World()
        let tally = try await world.accept(
            .candidate("1", "a"), .candidate("1", "b"), .candidate("2"), .candidate("1", "b"),
            .delete(RecordKey(.candidate, id: "2")),
            .candidate("2"))
        #expect(tally.added == 3)
        #expect(tally.changed == 1)
        #expect(tally.unchanged == 1)
        #expect(tally.deleted == 1)
        let claimed = try await world.claim(.candidate)
        #expect(claimed.map(\.key.id).sorted() == ["1", "2"])
        #expect(
            claimed.first { $0.key.id == "1" }?.hash
                == .of(#"{"firstName":"b","lastName":"B","emailAddresses":["b@b.c"]}"#))
    }

    @Test func `ids are any text`() async throws {
        let world = try await World()
        let ids = ["a&b=c,d(e)f%g/h+i'j", " ", "żółć 🎈", String(repeating: "x", count: 500), "a\u{0}b", "A", "a"]
        try await world.accept(ids.map { .candidate($0) })
        try await world.drain(.candidate)
        for id in ids { #expect(try await world.state(RecordKey(.candidate, id: id)) == .synced) }
        #expect(try await world.tally(.candidate).observed == ids.count)
    }
}
