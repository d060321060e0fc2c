// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// What LinkedIn is told about who sees jobs without a group, and permissions on their way.
@Suite struct VisibilityTests {
    private static let keys = ["JOB_POSTING_VIEWERS", "APPLICATION_VIEWERS"]

    private func viewers(_ far: ToyLinkedIn) -> [String?] {
        far.state.withLock { state in Self.keys.map { state.settings[$0] } }
    }

    private func set(_ visibility: JobVisibility, _ world: SyncWorld) async throws {
        let number = world.customer.number
        try await world.store.write { try $0.setSettings(customer: number, CustomerSettings(visibility: visibility)) }
    }

    @Test func `the viewers' settings follow the customer's, while it runs and after a restart`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        _ = try await engine.pass()
        #expect(viewers(far) == ["ALL_PRODUCT_USERS", "ALL_PRODUCT_USERS"])
        try await set(.acl, world)
        _ = try await engine.pass()
        #expect(viewers(far) == [nil, nil])
        try await set(.everybody, world)
        world.time.advance(by: .seconds(60))
        _ = try await world.engine(far, holder: "two").pass()
        #expect(viewers(far) == ["ALL_PRODUCT_USERS", "ALL_PRODUCT_USERS"])
        // Somebody changed it behind our back: the next start repairs it.
        far.state.withLock { $0.settings = [:] }
        world.time.advance(by: .seconds(60))
        _ = try await world.engine(far, holder: "three").pass()
        #expect(viewers(far) == ["ALL_PRODUCT_USERS", "ALL_PRODUCT_USERS"])
    }

    @Test func `groups of many jobs go in one call, and groups and members never at once`() async throws {
        let world = try await SyncWorld()
        let now = Mutex(0)
        let most = Mutex(0)
        let far = ToyLinkedIn(world.time) { _ in
            let atOnce = now.withLock { now in
                now += 1
                return now
            }
            most.withLock { $0 = max($0, atOnce) }
            await Task.yield()
            now.withLock { $0 -= 1 }
        }
        let customer = world.customer.number
        try await world.accept((0..<90).map { put(.job, "J\($0)") } + (0..<90).map { put(.acl, "G", parent: "J\($0)") })
        try await world.store.write { tx in
            for number in 0..<90 {
                try tx.putUser(
                    id: "u\(number)", email: "u@b.c", name: "U", customer: customer, at: SyncWorld.noon)
                _ = try tx.bind(
                    "u\(number)", to: "urn:li:person:p\(number)", source: .signIn, customer: customer,
                    at: SyncWorld.noon)
            }
        }
        try await world.accept((0..<90).map { put(.assignee, "u\($0)", parent: "G") })
        try await world.settle(world.engine(far))
        #expect(far.state.withLock { state in state.calls.count { $0.group == "acls" } } == 2)
        #expect(far.state.withLock { $0.orphans } == 0)
        #expect(far.state.withLock { $0.records.keys.count { $0.kind.isPermission } } == 180)
        #expect(most.withLock { $0 } == 1)
    }

    @Test func `groups and members share one budget`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time, perMinute: 500)
        let engine = world.engine(far) {
            $0.quotas = .overridden([
                .acls: Budget.Limits(recordsPerMinute: 500, requestsPerDay: 100_000),
                .jobs: Budget.Limits(recordsPerMinute: 500, requestsPerDay: 100_000),
            ])
        }
        let customer = world.customer.number
        try await world.store.write { tx in
            for number in 0..<600 {
                try tx.putUser(id: "u\(number)", email: "u@b.c", name: "U", customer: customer, at: SyncWorld.noon)
                _ = try tx.bind(
                    "u\(number)", to: "urn:li:person:p\(number)", source: .signIn, customer: customer,
                    at: SyncWorld.noon)
            }
        }
        try await world.accept(
            [put(.job, "J")] + (0..<600).map { put(.acl, "G\($0)", parent: "J") }
                + (0..<600).map { put(.assignee, "u\($0)", parent: "G\($0)") })
        let took = try await world.settle(engine)
        #expect(far.state.withLock { $0.overruns } == 0)
        #expect(far.state.withLock { $0.records.count } == 1_201)
        #expect(took >= .seconds(120))
    }
}
