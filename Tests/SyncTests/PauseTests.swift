// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// A person stops sending for a while.
@Suite struct PauseTests {
    private func setPaused(_ isPaused: Bool, _ world: SyncWorld) async throws {
        let (number, now) = (world.customer.number, world.time.now())
        _ = try await world.store.write { try $0.setPaused(isPaused, customer: number, at: now) }
    }

    @Test func `nothing is sent while it lasts, and everything afterwards`() async throws {
        let world = try await SyncWorld()
        let engine = world.engine(ToyLinkedIn(world.time))
        try await world.accept(history(candidates: 20))
        try await setPaused(true, world)
        for _ in 0..<5 {
            _ = try await engine.pass()
            world.time.advance(to: world.time.now() + .seconds(5))
        }
        #expect(try await world.tallies().values.reduce(0) { $0 + $1.observed } == 0)
        let status = try await engine.status(world.customer)
        #expect(status.pausedAt != nil && !status.isIdle && status.integration == .enabled)
        try await setPaused(false, world)
        try await world.settle(engine)
        #expect(try await world.tallies()[.candidate]?.observed == 20)
    }

    @Test func `a pause in the middle of a back-fill ends it after the call that is under way`() async throws {
        let world = try await SyncWorld()
        let (store, number) = (world.store, world.customer.number)
        let isFirst = Mutex(true)
        // The pause is stored by another process while the first call is on the wire.
        let linkedIn = ToyLinkedIn(world.time) { _ in
            guard
                isFirst.withLock({ first in
                    defer { first = false }
                    return first
                })
            else { return }
            try? await store.write { _ = try $0.setPaused(true, customer: number, at: SyncWorld.noon) }
        }
        let engine = world.engine(linkedIn) { $0.quotas = .off }
        try await world.accept((0..<1_000).map { put(.candidate, "C\($0)") })
        _ = try await engine.pass()
        let observed = try await world.tallies()[.candidate]?.observed ?? 0
        #expect(observed >= 100 && observed <= 200, "\(observed)")
        try await setPaused(false, world)
        try await world.settle(engine)
        #expect(try await world.tallies()[.candidate]?.observed == 1_000)
    }

    @Test func `the history counts what was accepted and refused`() async throws {
        let world = try await SyncWorld()
        let engine = world.engine(ToyLinkedIn(world.time))
        try await world.accept((0..<250).map { put(.candidate, "C\($0)") })
        try await world.settle(engine)
        let steps = try await world.store.read { [number = world.customer.number, now = world.time.now()] in
            try $0.history(customer: number, .hour, steps: 24, at: now)
        }
        #expect(steps.filter { $0.kind == .candidate }.reduce(0) { $0 + $1.count.accepted } == 250)
        var lags = LagHistogram()
        for step in steps { lags += step.count.lags }
        #expect(lags.counts.reduce(0, +) == 250)
    }
}
