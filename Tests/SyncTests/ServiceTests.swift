// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// The engine in real time: loops, bells, leases and shutdown. Nothing here sleeps: a test waits for what the far side sees.
@Suite struct ServiceTests {
    /// - Parameter lease: so long by itself that no busy machine lets it lapse.
    private func engine(
        _ world: SyncWorld, _ port: any LinkedInPort, _ holder: String, lease: Duration = .seconds(300)
    ) -> SyncEngine {
        var options = SyncOptions(holder: holder)
        options.pace = .sandbox
        options.leaseLifetime = lease
        options.quotas = .off
        return SyncEngine(
            store: world.store, options: options, log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { _ in port }
    }

    @Test(.timeLimit(.minutes(5))) func `a signal wakes the lanes and a shutdown settles what is on the wire`()
        async throws
    {
        let world = try await SyncWorld()
        let seen = Flag()
        let far = ToyLinkedIn(world.time) { records in await seen.reach(records) }
        let engine = engine(world, far, "one")
        async let running: Void = engine.run()
        // The integration is read by itself; the records come when it is enabled.
        try await world.accept((0..<500).map { put(.candidate, "C\($0)") })
        engine.signal(world.customer.number)
        await seen.wait(for: 500)
        engine.stop()
        await running
        let tally = try await world.tallies()[.candidate]
        #expect(tally?.observed == 500 && tally?.due == 0)
        // The lease was given back: another process may begin at once.
        let (customer, now) = (world.customer.number, SystemTime().now())
        #expect(
            try await world.store.write {
                try $0.acquireLease(name: "sync", customer: customer, holder: "two", now: now)
            } != nil)
    }

    @Test(.timeLimit(.minutes(5))) func `two processes never work on one customer`() async throws {
        let world = try await SyncWorld()
        let seen = Flag()
        let far = [ToyLinkedIn(world.time) { await seen.reach($0) }, ToyLinkedIn(world.time) { await seen.reach($0) }]
        let engines = [engine(world, far[0], "one"), engine(world, far[1], "two")]
        async let first: Void = engines[0].run()
        async let second: Void = engines[1].run()
        for part in 0..<10 {
            try await world.accept((0..<100).map { put(.candidate, "C\(part)-\($0)") })
            for engine in engines { engine.signal(world.customer.number) }
        }
        await seen.wait(for: 1000)
        try await eventually("all to be settled") { try await world.tallies()[.candidate]?.observed == 1000 }
        for engine in engines { engine.stop() }
        _ = await (first, second)
        #expect(far.map { $0.state.withLock { $0.calls.isEmpty } }.filter { !$0 }.count == 1)
    }

    @Test(.timeLimit(.minutes(5))) func `what a dead process held is taken over when its lease has lapsed`()
        async throws
    {
        let world = try await SyncWorld()
        let seen = Flag()
        let far = ToyLinkedIn(world.time) { await seen.reach($0) }
        let (customer, died) = (world.customer.number, SystemTime().now())
        _ = try await world.store.write {
            try $0.acquireLease(name: "sync", customer: customer, holder: "dead", now: died, ttl: .milliseconds(700))
        }
        try await world.accept([put(.candidate, "C1")])
        let engine = engine(world, far, "alive", lease: .milliseconds(1500))
        async let running: Void = engine.run()
        await seen.wait(for: 1)
        let gap = SystemTime().now() - died
        #expect(gap >= .milliseconds(700))
        engine.stop()
        await running
    }
}

/// Counts to a number that somebody waits for.
private final class Flag: Sendable {
    private struct State {
        var count = 0
        var waiter: (goal: Int, continuation: CheckedContinuation<Void, Never>)?
    }
    private let state = Mutex(State())

    func reach(_ more: Int) async {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.count += more
            guard let waiter = state.waiter, state.count >= waiter.goal else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    func wait(for goal: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.count >= goal { return true }
                state.waiter = (goal, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
