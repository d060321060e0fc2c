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
        #expect(status.requestID == nil)
        #expect(try await world.accept(.candidate("1"), at: 9_000).unchanged == 1)
        #expect(try await world.status(Self.key)?.changedAt == Millis(1_000))
        #expect(try await world.claim(.candidate).isEmpty)
    }

    @Test func `a change during the call is observed as what was sent and stays due`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1", "old"))
        let claimed = try await world.claim(.candidate)
        try await world.accept(.candidate("1", "new"))
        try await world.settle(claimed)
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .due)
        #expect(status.observed == .exactly(claimed[0].hash!))
        let again = try await world.claim(.candidate)
        #expect(String(decoding: again[0].body, as: UTF8.self).contains("new"))
    }
}
