// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Testing

@Suite struct EngineEventTests {
    private func events(_ world: World) async throws -> [Event] {
        try await world.store.read { [customer = world.customer] in
            try $0.events(customer: customer, after: 0, limit: 100)
        }
    }

    @Test func `a refusal is told once for each version and each reason`() async throws {
        let world = try await World()
        try await world.accept(.candidate("C-1"))
        let (first, second) = (Reason(.refused, "no e-mail"), Reason(.refused, "no name"))
        try await world.settle(try await world.claim(.candidate), .rejected(first))
        _ = try await world.store.write { [customer = world.customer] tx in
            try tx.retryRejected(customer: customer, kind: .candidate, at: Millis(2_000))
        }
        try await world.settle(try await world.claim(.candidate, at: 2_000), .rejected(first), at: 2_000)
        #expect(try await events(world).count == 1)
        try await world.store.resync(customer: world.customer, at: Millis(3_000))
        try await world.settle(try await world.claim(.candidate, at: 3_000), .rejected(second), at: 3_000)
        try await world.accept(.candidate("C-1", "other"), at: 4_000)
        try await world.settle(try await world.claim(.candidate, at: 4_000), .rejected(second), at: 4_000)
        let told = try await events(world)
        #expect(told.map(\.type) == Array(repeating: "record.rejected", count: 3))
        #expect(told.map(\.number) == [1, 2, 3])
        #expect(told.allSatisfy { $0.candidate == "C-1" })
        #expect(
            try JSONValue(parsing: try #require(told[0].data)) == [
                "type": "candidate", "id": "C-1", "code": "refused", "reason": "no e-mail",
            ])
    }

    @Test func `a refusal after an acceptance is told again`() async throws {
        let world = try await World()
        try await world.accept(.candidate("C-1"))
        let reason = Reason(.refused, "no e-mail")
        try await world.settle(try await world.claim(.candidate), .rejected(reason))
        for round in 1...2 {
            let now = Int64(round) * 10_000
            try await world.store.resync(customer: world.customer, at: Millis(now))
            try await world.settle(
                try await world.claim(.candidate, at: now), round == 1 ? .accepted : .rejected(reason), at: now)
        }
        #expect(try await events(world).count == 2)
    }

    @Test func `a refused child's event is found by its candidate`() async throws {
        let world = try await World()
        try await world.accept(
            .job("J"), .candidate("C-1"), .note("C-1", "N"), .application("A", job: "J", candidate: "C-1"),
            .stage("A", "S"))
        for kind in [RecordKind.job, .candidate, .application] { try await world.drain(kind) }
        for kind in [RecordKind.candidateNote, .stage] {
            try await world.settle(try await world.claim(kind), .rejected(Reason(.refused, "no")))
        }
        let told = try await events(world)
        #expect(told.map(\.candidate) == ["C-1", "C-1"])
        #expect(try told.map { try JSONValue(parsing: $0.data ?? [])["parent"] } == ["C-1", "A"])
    }

    @Test func `a match that appears, becomes manual and goes is told each time, and one that stays is not`()
        async throws
    {
        let world = try await World()
        try await world.accept(.candidate("C-1"))
        try await world.drain(.candidate)
        let readings: [(matched: [String], manual: String?)] = [
            ([], nil), (["urn:b", "urn:a"], nil), (["urn:a", "urn:b"], nil), (["urn:a"], "urn:c"), ([], nil),
        ]
        for (step, reading) in readings.enumerated() {
            let rid = try await world.store.read { [customer = world.customer] tx in
                try #require(try tx.matchesDue(customer: customer, at: Millis(1_000_000), limit: 1).first)
            }
            let now = Millis(100_000 + Int64(step))
            try await world.store.write { [customer = world.customer] tx in
                try tx.storeMatches(
                    [MatchReading(rid, matched: reading.matched, manual: reading.manual, nextAt: now)],
                    customer: customer, at: now)
            }
        }
        let told = try await events(world)
        #expect(told.map(\.type) == Array(repeating: "match.changed", count: 3))
        #expect(told.map(\.person) == ["urn:a", "urn:c", nil])
        #expect(
            try JSONValue(parsing: told[1].data ?? []) == ["candidateId": "C-1", "person": "urn:c", "manual": true])
    }
}
