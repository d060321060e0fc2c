// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct LeaseTests {
    private func acquire(_ world: World, _ holder: String, at now: Int64) async throws -> Lease? {
        try await world.store.write {
            try $0.acquireLease(
                name: "candidates", customer: world.customer, holder: holder, now: Millis(now), ttl: .seconds(5))
        }
    }

    @Test func `one holder at a time, and the next one after it lapsed`() async throws {
        let world = try await World()
        let first = try #require(try await acquire(world, "a", at: 1_000))
        #expect(first.expires == Millis(6_000))
        #expect(try await acquire(world, "b", at: 5_999) == nil)
        let second = try #require(try await acquire(world, "b", at: 6_000))
        #expect(second.term == first.term + 1)
    }

    @Test func `a late holder can neither renew nor release what another holds`() async throws {
        let world = try await World()
        let first = try #require(try await acquire(world, "a", at: 1_000))
        let second = try #require(try await acquire(world, "b", at: 7_000))
        let late = try await world.store.write { tx in
            try tx.releaseLease(first)
            return try tx.renewLease(first, now: Millis(7_001))
        }
        #expect(late == nil)
        let renewed = try await world.store.write { try $0.renewLease(second, now: Millis(8_000), ttl: .seconds(5)) }
        #expect(renewed?.expires == Millis(13_000))
        #expect(try await acquire(world, "c", at: 12_999) == nil)
    }

    @Test func `a released lease is free at once, and its term still rises`() async throws {
        let world = try await World()
        let first = try #require(try await acquire(world, "a", at: 1_000))
        try await world.store.write { try $0.releaseLease(first) }
        #expect(try await acquire(world, "b", at: 1_001)?.term == 2)
    }

    @Test func `the holder stops trusting a lease before others may take it`() {
        let lease = Lease(customer: 1, name: "x", holder: "a", term: 1, expires: Millis(5_000))
        #expect(lease.isTrusted(at: Millis(4_499)))
        #expect(!lease.isTrusted(at: Millis(4_500)))
    }
}
