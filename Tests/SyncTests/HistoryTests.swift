// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// Whole histories under faults, crashes and quotas.
@Suite struct HistoryTests {
    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func `whatever breaks, both sides end equal`(seed: UInt64) async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time, seed: seed, faults: .wild)
        let engine = world.engine(far)
        var random = SeededRandom(seed: seed &+ 100)
        var expected = Expected()
        for _ in 0..<3 {
            try await world.accept(expected.changes(150, &random))
            _ = try await engine.pass()
            world.time.advance(by: .seconds(Int64.random(in: 1...20, using: &random)))
        }
        try await world.settle(engine, within: .seconds(86_400))
        expected.check(far)
    }

    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func `processes that die at any moment lose nothing and double nothing`(seed: UInt64) async throws {
        let world = try await SyncWorld()
        // Dying is losing the lease at a random call: from then on nothing of this process reaches the store.
        let fuse = Mutex(SeededRandom(seed: seed))
        let (store, customer, time) = (world.store, world.customer.number, world.time)
        let deaths = Mutex(0)
        let far = ToyLinkedIn(world.time, seed: seed, faults: .wild) { _ in
            guard fuse.withLock({ Int.random(in: 0..<15, using: &$0) }) == 0, deaths.withLock({ $0 }) < 30 else {
                return
            }
            deaths.withLock { $0 += 1 }
            _ = try? await store.write { tx in
                try tx.acquireLease(
                    name: "sync", customer: customer, holder: "undertaker", now: time.now() + .seconds(3600),
                    ttl: .seconds(-3600))
            }
        }
        var random = SeededRandom(seed: seed &+ 100)
        var expected = Expected()
        try await world.accept(expected.changes(400, &random))
        var processes = 0
        let end = world.time.now() + .seconds(86_400)
        while world.time.now() < end {
            processes += 1
            let engine = world.engine(far, holder: "process \(processes)")
            let before = deaths.withLock { $0 }
            while deaths.withLock({ $0 }) == before, world.time.now() < end {
                let wake = try await engine.pass()
                if try await engine.status(world.customer).isIdle { break }
                if let wake { world.time.advance(to: wake) }
            }
            if try await engine.status(world.customer).isIdle { break }
            world.time.advance(by: .seconds(5))
        }
        #expect(processes > 1)
        expected.check(far)
    }

    @Test func `a back-fill that has spent the minute does not hold up what somebody waits for`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far) {
            $0.quotas = .overridden([.candidates: Budget.Limits(recordsPerMinute: 1_000, requestsPerDay: 100_000)])
        }
        try await world.accept((0..<3_000).map { put(.candidate, "B\($0)") })
        _ = try await engine.pass()
        let held = far.state.withLock { $0.records.count }
        #expect((900...990).contains(held))
        try await world.accept([put(.candidate, "asked")], .interactive)
        _ = try await engine.pass()
        #expect(far.state.withLock { $0.records[RecordKey(.candidate, id: "asked")] } != nil)
        #expect(far.state.withLock { $0.records.count } == held + 1)
    }

    @Test func `a quota-bound back-fill uses the budget but for the reserve and never sees a 429`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        for part in 0..<6 { try await world.accept((0..<10_000).map { put(.candidate, "C\(part)-\($0)", "P\($0)") }) }
        let took = try await world.settle(engine)
        #expect(far.state.withLock { $0.overruns } == 0)
        #expect(far.state.withLock { $0.records.count } == 60_000)
        #expect(took <= .seconds(6 * 60 + 5))
    }

    @Test func `restarts in the middle of a minute do not overspend it`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time, perMinute: 10_000)
        for part in 0..<3 { try await world.accept((0..<10_000).map { put(.candidate, "C\(part)-\($0)", "P\($0)") }) }
        var process = 0
        while try await world.tallies()[.candidate]?.observed ?? 0 < 30_000 {
            process += 1
            let engine = world.engine(far, holder: "process \(process)")
            let wake = try await engine.pass()
            world.time.advance(by: .seconds(7))
            if process > 200 { Issue.record("no end: \(String(describing: wake))"); break }
        }
        #expect(far.state.withLock { $0.overruns } == 0)
    }
}

/// What both sides should hold in the end.
private struct Expected {
    private var bodies: [RecordKey: String] = [:]

    /// Some puts, edits and deletions of candidates and their notes.
    mutating func changes(_ count: Int, _ random: inout SeededRandom) -> [Change] {
        var changes: [Change] = []
        for _ in 0..<count {
            let id = "C\(Int.random(in: 0..<count, using: &random))"
            let text = "v\(random.next() % 1000)"
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                changes.append(.delete(RecordKey(.candidate, id: id)))
                bodies = bodies.filter { !($0.key.id == id && $0.key.kind == .candidate) && $0.key.parent != id }
            case 1..<4 where bodies[RecordKey(.candidate, id: id)] != nil:
                changes.append(put(.candidateNote, "N", parent: id, text))
                bodies[RecordKey(.candidateNote, parent: id, id: "N")] = text
            default:
                changes.append(put(.candidate, id, text))
                bodies[RecordKey(.candidate, id: id)] = text
            }
        }
        return changes
    }

    func check(_ far: ToyLinkedIn) {
        let held = far.state.withLock { $0.records }
        #expect(Set(held.keys) == Set(bodies.keys))
        for (key, text) in bodies { #expect(held[key]?.text.contains("\"\(text)\"") == true) }
    }
}
