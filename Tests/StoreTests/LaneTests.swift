// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import TestSupport
import Testing

@Suite struct LaneTests {
    @Test func `spending is counted per moment and per UTC day, and survives a restart`() async throws {
        let world = try await World()
        let day: Int64 = 20_000
        let start = day * 86_400_000
        try await world.store.write { tx in
            try tx.reserve(customer: world.customer, group: "candidates", records: 100, requests: 1, at: Millis(start))
            try tx.reserve(customer: world.customer, group: "candidates", records: 50, requests: 1, at: Millis(start))
            try tx.reserve(
                customer: world.customer, group: "candidates", records: 7, requests: 1, at: Millis(start + 60_000))
            try tx.reserve(customer: world.customer, group: "jobs", records: 1, requests: 1, at: Millis(start))
        }
        try await world.store.close()
        let again = try Store.open(directory: world.folder.path)
        let all = try await again.read {
            try $0.spending(customer: world.customer, group: "candidates", since: Millis(start))
        }
        #expect(
            all == [
                Spend(at: Millis(start), records: 150, requests: 2),
                Spend(at: Millis(start + 60_000), records: 7, requests: 1),
            ])
        #expect(
            try await again.read {
                try $0.spending(customer: world.customer, group: "candidates", since: Millis(start + 1))
            }.count == 1)
        #expect(
            try await again.read { try $0.requestsToday(customer: world.customer, group: "candidates", day: day) } == 3)
        #expect(
            try await again.read { try $0.requestsToday(customer: world.customer, group: "candidates", day: day + 1) }
                == 0)
    }

    @Test func `matches are polled on their schedule, stored, and counted once per candidate`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        try await world.drain(.candidate, at: 1_000)
        #expect(try await world.store.read { try $0.nextMatch(customer: world.customer) } == Millis(61_000))
        let polls = try await world.store.read {
            try $0.matchesDue(customer: world.customer, at: Millis(61_000), limit: 10)
        }
        #expect(polls.map(\.key.id) == ["1"])
        let reading = MatchReading(
            polls[0], matched: ["urn:li:person:a", "urn:li:person:b"], manual: "urn:li:person:b", nextAt: Millis(90_000)
        )
        for _ in 0..<2 {
            try await world.store.write { try $0.storeMatches([reading], customer: world.customer, at: Millis(61_000)) }
        }
        #expect(try await world.tally(.candidate).matched == 1)
        #expect(try await world.store.read { try $0.nextMatch(customer: world.customer) } == Millis(90_000))
        let matches = try #require(try await world.status(RecordKey(.candidate, id: "1"))).matches
        #expect(matches.map(\.person) == ["urn:li:person:b", "urn:li:person:a", "urn:li:person:b"])
        #expect(matches.map(\.isManual) == [true, false, false])
        try await world.accept(.delete(RecordKey(.candidate, id: "1")))
        try await world.drain(.candidate, deletions: true)
        #expect(try await world.tally(.candidate) == Tally())
    }

    @Test func `a sweep deletes what the list does not name, and nothing when the list is incomplete`() async throws {
        let world = try await World()
        try await world.accept((0..<10).map { .candidate("c\($0)") }, at: 1_000)
        let listed = (0..<7).map { RecordKey(.candidate, id: "c\($0)") } + [RecordKey(.candidate, id: "nobody")]
        let sweep = try await world.store.write {
            try $0.sweepBegin(customer: world.customer, kind: .candidate, at: Millis(2_000))
        }
        try await world.store.write { try $0.sweepSeen(customer: world.customer, sweep: sweep, keys: listed) }
        try await world.accept([.candidate("c8", "changed since"), .candidate("new")], at: 2_500)
        let error = await #expect(throws: StoreError.self) {
            try await world.store.write {
                try $0.sweepFinish(customer: world.customer, sweep: sweep, count: 9, at: Millis(3_000))
            }
        }
        #expect(error?.code == .conflict)
        #expect(try await world.tally(.candidate).deleting == 0)
        let first = try await world.store.write {
            try $0.sweepFinish(customer: world.customer, sweep: sweep, count: 8, limit: 1, at: Millis(3_000))
        }
        #expect(!first.isDone)
        let second = try await world.store.write {
            try $0.sweepFinish(customer: world.customer, sweep: sweep, count: 8, at: Millis(3_000))
        }
        #expect(second.isDone)
        #expect(first.tally.deleted + second.tally.deleted == 2)
        #expect(try await world.claim(.candidate, deletions: true, at: 3_000).map(\.key.id).sorted() == ["c7", "c9"])
        let gone = await #expect(throws: StoreError.self) {
            try await world.store.write { try $0.sweepSeen(customer: world.customer, sweep: sweep, keys: listed) }
        }
        #expect(gone?.code == .notFound)
    }

    @Test func `watermarks and pushed events are kept once`() async throws {
        let world = try await World()
        try await world.store.write { tx in
            try tx.setWatermark(
                customer: world.customer, source: "ats", name: "candidate", value: "2026-01-01", at: Millis(1))
            try tx.setWatermark(
                customer: world.customer, source: "ats", name: "candidate", value: "2026-01-02", at: Millis(2))
        }
        #expect(
            try await world.store.read { try $0.watermarks(customer: world.customer, source: "ats") } == [
                "candidate": "2026-01-02"
            ])
        #expect(
            try await world.store.write {
                try $0.storePush(
                    StoredPush(id: "e", type: "T", body: [1], receivedAt: Millis(1)), customer: world.customer)
            })
        #expect(
            try await world.store.write {
                try $0.storePush(
                    StoredPush(id: "e", type: "T", body: [1], receivedAt: Millis(2)), customer: world.customer)
            } == false)
    }
}
