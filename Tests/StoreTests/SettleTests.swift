// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct SettleTests {
    static let key = RecordKey(.candidate, id: "1")

    @Test func `a new record is due until it is accepted, and the same bytes again change nothing`() async throws {
        let world = try await World()
        #expect(try await world.accept(.candidate("1")).added == 1)
        #expect(try await world.state(Self.key) == .due)
        let claimed = try await world.claim(.candidate)
        #expect(claimed.map(\.key) == [Self.key])
        #expect(String(decoding: claimed[0].body, as: UTF8.self).contains(#""firstName":"a""#))
        try await world.settle(claimed, requestID: "r-1")
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .synced)
        #expect(status.requestID == "r-1", "kept for LinkedIn's support, accepted or not")
        #expect(try await world.accept(.candidate("1"), at: 9_000).unchanged == 1)
        #expect(try await world.status(Self.key)?.changedAt == Millis(1_000))
        #expect(try await world.claim(.candidate).isEmpty)
    }

    @Test func `a change during the call is observed as what was sent and stays due`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1", "old"))
        let claimed = try await world.claim(.candidate)
        try await world.accept(.candidate("1", "new"))
        try await world.settle(claimed, requestID: "r-2")
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .due)
        #expect(status.observed == .exactly(claimed[0].hash!))
        let again = try await world.claim(.candidate)
        #expect(String(decoding: again[0].body, as: UTF8.self).contains("new"))
        #expect(status.requestID == "r-2", "accepted as something older, and kept all the same")
    }
}

extension SettleTests {
    @Test func `a change back to what LinkedIn accepted is sent, because the version between may have arrived`()
        async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1", "first"))
        try await world.drain(.candidate)
        try await world.accept(.candidate("1", "second"))
        _ = try await world.claim(.candidate)  // The process dies with this call under way.
        try await world.accept(.candidate("1", "first"))
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .due)
        #expect(status.observed == .older)
        try await world.drain(.candidate)
        #expect(try await world.state(Self.key) == .synced)
    }

    @Test func `a claim leaves no mark: what was not settled is due again, with the same bytes`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        let first = try await world.claim(.candidate)
        #expect(try await world.claim(.candidate) == first)
        #expect(try await world.claim(.candidate, excluding: [first[0].rid]).isEmpty)
    }

    @Test func `a refusal is kept with its reason until the next change, and the request id for support`() async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1", "bad"), .candidate("2"))
        let claimed = try await world.claim(.candidate)
        try await world.settle([claimed[0]], .rejected(Reason(.refused, "422: email")), requestID: "r-9", at: 2_000)
        try await world.settle([claimed[1]])
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .rejected)
        #expect(status.because == "422: email")
        #expect(status.requestID == "r-9")
        #expect(try await world.claim(.candidate, at: 9_999_999).isEmpty)
        let rejections = try await world.store.read {
            try $0.rejections(customer: world.customer, kind: .candidate, limit: 10)
        }
        #expect(rejections.map(\.key) == [Self.key])
        #expect(rejections[0].reason == Reason(.refused, "422: email"))
        try await world.accept(.candidate("1", "good"))
        #expect(try await world.state(Self.key) == .due)
        #expect(try await world.status(Self.key)?.reason == nil)
    }

    @Test func `a refusal of an older version does not stop the newer one`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1", "bad"))
        let claimed = try await world.claim(.candidate)
        try await world.accept(.candidate("1", "good"))
        try await world.settle(claimed, .rejected(Reason(.refused, "422")))
        #expect(try await world.state(Self.key) == .due)
        #expect(try await world.status(Self.key)?.reason == nil)
    }

    @Test func `a failed call is tried again at its time and counts`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        try await world.settle(
            try await world.claim(.candidate), .retry(at: Millis(5_000), Reason(.unavailable, "503")))
        #expect(try await world.claim(.candidate, at: 4_999).isEmpty)
        #expect(
            try await world.store.read { try $0.nextDue(customer: world.customer, kind: .candidate) } == Millis(5_000))
        let again = try await world.claim(.candidate, at: 5_000)
        #expect(again.map(\.attempts) == [1])
        #expect(try await world.status(Self.key)?.because.contains("503") == true)
        try await world.settle(again, at: 5_000)
        #expect(try await world.status(Self.key)?.attempts == 0)
        #expect(try await world.store.read { try $0.nextDue(customer: world.customer, kind: .candidate) } == nil)
    }

    @Test func `everything is sent again after a resync, and a send that was under way does not hide it`() async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1"), .candidate("2"))
        try await world.drain(.candidate)
        try await world.accept(.candidate("2", "changed"))
        let underWay = try await world.claim(.candidate)
        try await world.store.resync(customer: world.customer, at: Millis(2_000))
        try await world.settle(underWay, at: 2_000)
        let tally = try await world.tally(.candidate)
        #expect(tally.due == 2)
        #expect(tally.observed == 2)
        #expect(try await world.claim(.candidate, at: 2_000).count == 2)
    }

    @Test func `retry sends one record now, refused or not, and retryRejected all refused ones of a kind`() async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1"), .candidate("2"), .candidate("3"))
        let claimed = try await world.claim(.candidate)
        try await world.settle(Array(claimed.prefix(2)), .rejected(Reason(.refused, "422")))
        try await world.settle([claimed[2]])
        let retried = try await world.store.write { tx in
            [
                try tx.retry(customer: world.customer, key: RecordKey(.candidate, id: "1"), at: Millis(2_000)),
                try tx.retry(customer: world.customer, key: RecordKey(.candidate, id: "3"), at: Millis(2_000)),
                try tx.retry(customer: world.customer, key: RecordKey(.candidate, id: "nobody"), at: Millis(2_000)),
            ]
        }
        #expect(retried == [true, true, false])
        #expect(try await world.claim(.candidate, at: 2_000).map(\.key.id) == ["1", "3"])
        let count = try await world.store.write {
            try $0.retryRejected(customer: world.customer, kind: .candidate, at: Millis(2_000))
        }
        #expect(count == 1)
        #expect(try await world.tally(.candidate).rejected == 0)
    }

    @Test func `an outcome of a row that is gone, or that came twice, changes nothing`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        let claimed = try await world.claim(.candidate)
        try await world.settle(claimed)
        try await world.settle(claimed)
        try await world.accept(.delete(Self.key))
        try await world.drain(.candidate, deletions: true)
        try await world.settle(claimed)
        #expect(try await world.status(Self.key) == nil)
        #expect(try await world.tally(.candidate) == Tally())
    }
}
