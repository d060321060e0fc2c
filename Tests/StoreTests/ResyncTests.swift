// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct ResyncTests {
    private func slice(_ world: World, _ limit: Int) async throws -> Bool {
        try await world.store.write { [customer = world.customer] in
            try $0.resyncSlice(customer: customer, at: Millis(2_000), limit: limit)
        }
    }

    private func isResyncing(_ world: World) async throws -> Bool {
        try await world.store.read { [customer = world.customer] in try $0.isResyncing(customer: customer) }
    }

    @Test func `it goes slice by slice, goes on after a crash where it was, and the counts are right in between`()
        async throws
    {
        let world = try await World()
        try await world.accept((1...7).map { .candidate("C-\($0)") } + [.note("C-1", "n")])
        try await world.drain(.candidate)
        try await world.drain(.candidateNote)
        try await world.store.write { [customer = world.customer] in try $0.resync(customer: customer) }
        // Nothing is due for jobs, which come first.
        #expect(try await slice(world, 3))
        for due in [3, 6, 7] {
            #expect(try await isResyncing(world))
            #expect(try await slice(world, 3))
            #expect(try await world.tally(.candidate).due == due)
            #expect(try await world.tally(.candidate).observed == 7, "LinkedIn still holds them")
        }
        while try await slice(world, 3) {}
        #expect(try await world.tally(.candidateNote).due == 1)
        #expect(try await !isResyncing(world))
    }

    @Test func `a record that LinkedIn never had and that is due is left as it is; a refused one is due again`()
        async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1"), .candidate("2"))
        let claimed = try await world.claim(.candidate)
        try await world.settle([claimed[1]], .rejected(Reason(.refused, "no")))
        try await world.store.resync(customer: world.customer, kind: .candidate, at: Millis(2_000))
        let again = try await world.claim(.candidate, at: 2_000)
        #expect(again.map(\.revision) == [claimed[0].revision, claimed[1].revision + 1])
    }

    @Test func `a record that is added behind the cursor or taken away meanwhile does no harm`() async throws {
        let world = try await World()
        try await world.accept((1...6).map { .candidate("C-\($0)") })
        try await world.drain(.candidate)
        try await world.store.write { [customer = world.customer] in
            try $0.resync(customer: customer, kind: .candidate)
        }
        #expect(try await slice(world, 4))
        try await world.accept(.candidate("C-0"), .delete(RecordKey(.candidate, id: "C-6")))
        while try await slice(world, 4) {}
        let tally = try await world.tally(.candidate)
        #expect(tally.due == 7 && tally.deleting == 1 && tally.observed == 6)
    }
}
