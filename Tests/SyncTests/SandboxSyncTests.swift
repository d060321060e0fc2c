// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import Testing

/// The engine against the sandbox, with LinkedIn's quotas and a virtual clock.
@Suite struct SandboxSyncTests {
    @Test func `every kind arrives, whatever its id holds, and both sides count the same`() async throws {
        let world = try await SandboxWorld()
        try await world.accept(Proper.history(60))
        try await world.settle(world.engine())
        try await expectEqualTotals(world)
        #expect(world.throttled == 0)
        let tally = try #require(try await world.tallies()[.application])
        #expect(tally.rejected == 0 && tally.waiting == 0)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `dropped replies, errors, throttling and partial failures leave both sides equal`(seed: UInt64) async throws {
        let world = try await SandboxWorld(
            faults: FaultPlan(
                seed: seed,
                rules: [
                    .init(.dropBefore, probability: 0.04), .init(.dropAfter, probability: 0.04),
                    .init(.internalError, probability: 0.03),
                    .init(.unavailable, probability: 0.03), .init(.tooManyRequests, probability: 0.02, retryAfter: 2),
                    .init(.partial, probability: 0.1, share: 0.3),
                ]))
        let engine = world.engine()
        try await world.accept(Proper.history(40))
        _ = try await engine.pass()
        try await world.accept(
            (0..<10).map { Proper.candidate("C\($0 + 20)", "Changed") } + [.delete(RecordKey(.candidate, id: "C12"))])
        try await world.settle(engine)
        try await expectEqualTotals(world)
    }

    @Test func `a quota-bound back-fill is never throttled`() async throws {
        let world = try await SandboxWorld()
        for part in 0..<6 { try await world.accept((0..<10_000).map { Proper.candidate("C\(part)-\($0)", "P") }) }
        let took = try await world.settle(world.engine())
        #expect(world.throttled == 0)
        #expect(took <= .seconds(6 * 60 + 10))
        #expect(try await world.tallies()[.candidate]?.observed == 60_000)
    }

    @Test func `LinkedIn's refusals reach the record with LinkedIn's words`() async throws {
        let world = try await SandboxWorld()
        try await world.accept([
            Proper.job("J1", description: 20), Proper.record(RecordKey(.candidate, id: "C1"), #"{"firstName":"A"}"#),
            Proper.candidate("C2", "B"),
        ])
        try await world.settle(world.engine())
        let customer = world.customer.number
        let (job, candidate) = try await world.store.read { tx in
            (
                try tx.explain(customer: customer, key: RecordKey(.job, id: "J1")),
                try tx.explain(customer: customer, key: RecordKey(.candidate, id: "C1"))
            )
        }
        #expect(job?.reason?.code == .taskFailed)
        #expect(job?.reason?.message.contains("description") == true)
        #expect(candidate?.state == .rejected)
        #expect(candidate?.reason?.message.contains("/lastName") == true)
        #expect(try await world.tallies()[.candidate]?.observed == 1)
    }

    @Test func `a provisioned customer is taken over instead of made twice`() async throws {
        let world = try await SandboxWorld()
        #expect(world.customer.applicationURN?.hasPrefix("urn:li:developerApplication:") == true)
    }

    private func expectEqualTotals(_ world: SandboxWorld) async throws {
        let state = try await world.state("")
        let tallies = try await world.tallies()
        for (kind, name) in [
            (RecordKind.candidate, "candidates"), (.candidateNote, "candidateNotes"), (.application, "applications"),
            (.applicationNote, "applicationNotes"), (.stage, "stages"), (.feedback, "feedback"), (.job, "jobs"),
        ] {
            let tally = tallies[kind] ?? Tally()
            #expect(tally.observed == tally.desired, "\(kind)")
            let held = state["counts"]?[name]?.int
            #expect(held == Int64(tally.desired), "\(kind)")
        }
    }
}
