// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
@testable import Store
import Testing

/// Lists of records, page by page.
@Suite struct RecordListTests {
    private func all(
        _ world: World, _ filter: RecordFilter? = nil, kind: RecordKind? = nil, limit: Int = 7
    ) async throws -> [RecordKey] {
        var keys: [RecordKey] = []
        var after: ListCursor?
        repeat {
            let page = try await world.store.read { [after, customer = world.customer] in
                try $0.recordPage(customer: customer, filter, kind: kind, after: after, limit: limit)
            }
            #expect(page.lines.count <= limit)
            keys += page.lines.map(\.key)
            after = page.next.flatMap { ListCursor($0.text) }
        } while after != nil
        return keys
    }

    private func filled() async throws -> World {
        let world = try await World()
        try await world.accept((1...20).map { .candidate("C-\($0)") } + [.job("J-1"), .job("J,2\\.")])
        try await world.accept((1...9).map { .note("C-\($0)", "N-\($0)") })
        try await world.accept([.application("A-1", job: "J-1", candidate: "C-1"), .note("missing", "N")])
        return world
    }

    @Test func `every list is read to its end by key, without a row twice or missing, and has as many as are counted`()
        async throws
    {
        let world = try await filled()
        let due = try await world.claim(.candidate, limit: 6)
        try await world.settle(Array(due.prefix(4)))
        try await world.settle(
            Array(due.suffix(2)), .rejected(Reason(.refused, "LinkedIn refused it (400)")), requestID: "q")
        try await world.accept([.delete(RecordKey(.candidate, id: "C-1")), .delete(RecordKey(.candidate, id: "C-20"))])
        _ = try await world.claim(.candidateNote, limit: 100)
        let tallies = try await world.store.read { [customer = world.customer] in try $0.tallies(customer: customer) }
        let counts: [(RecordFilter, (Tally) -> Int)] = [
            (.wanted, \.desired), (.held, \.observed), (.due, \.due), (.waiting, \.waiting), (.rejected, \.rejected),
            (.deleting, \.deleting), (.confirming, \.confirming),
        ]
        for (filter, count) in counts {
            let keys = try await all(world, filter)
            #expect(Set(keys).count == keys.count, "\(filter)")
            #expect(keys.count == tallies.values.reduce(0) { $0 + count($1) }, "\(filter)")
            for kind in RecordKind.allCases {
                let some = try await all(world, filter, kind: kind)
                #expect(some.count == tallies[kind].map(count) ?? 0, "\(filter) \(kind)")
                #expect(some.allSatisfy { $0.kind == kind })
            }
        }
        let everything = try await all(world)
        #expect(everything.count == 33)
        #expect(
            everything == everything.sorted { ($0.kind.number, $0.parent, $0.id) < ($1.kind.number, $1.parent, $1.id) })
    }

    @Test func `a hundred thousand records are paged to the end`() async throws {
        let world = try await World()
        for start in stride(from: 0, to: 100_000, by: 5_000) {
            try await world.accept((start..<start + 5_000).map { .candidate("C-\($0)") })
        }
        let keys = try await all(world, .due, kind: .candidate, limit: 1_000)
        #expect(keys.count == 100_000)
        #expect(Set(keys).count == 100_000)
        // A page of a state that few are in ends where it looked enough, and says where it goes on.
        let page = try await world.store.read { [customer = world.customer] in
            try $0.recordPage(customer: customer, .synced)
        }
        #expect(page.lines.isEmpty && page.isCut && page.next != nil)
    }

    @Test func `records are found by the beginning of an id, with what belongs to them, and by any word of a name`()
        async throws
    {
        let world = try await World()
        let customer = world.customer
        try await world.accept([
            .put(.candidate, "C-1", #"{"firstName":"Zoë Anna","lastName":"Müller-Annan"}"#),
            .put(.candidate, "C-2", #"{"firstName":"Anna","lastName":"Zweig"}"#),
            .put(.candidate, "anna", #"{"firstName":"Bo","lastName":"Ek"}"#),
            .put(.candidate, "C-4", #"{"firstName":"محمد","lastName":"علي"}"#),
            .put(.job, "J-1", #"{"title":"Annealing engineer"}"#), .note("C-2", "N-1"),
        ])
        try await index(world)
        func find(_ text: String, _ kind: RecordKind? = nil, limit: Int = 1) async throws -> [String] {
            var found: [String] = []
            var after: ListCursor?
            repeat {
                let page = try await world.store.read { [after] in
                    try $0.find(RecordSearch(text, kind: kind), customer: customer, after: after, limit: limit)
                }
                found += page.lines.map { "\($0.key.kind) \($0.key.id)" }
                after = page.next.flatMap { ListCursor($0.text) }
            } while after != nil
            return found
        }
        #expect(try await find("C-2") == ["candidate C-2", "candidateNote N-1"])
        #expect(try await find("anna") == ["candidate anna", "candidate C-1", "candidate C-2"])
        #expect(try await Set(find("ann")) == ["candidate anna", "candidate C-1", "candidate C-2", "job J-1"])
        #expect(try await find("muller zoe") == ["candidate C-1"])
        #expect(try await find("zw an") == ["candidate C-2"])
        #expect(try await find("محم") == ["candidate C-4"])
        #expect(try await find("anna", .job).isEmpty)
        #expect(try await find("% _").isEmpty)

        try await world.accept([.put(.candidate, "C-2", #"{"firstName":"Berta","lastName":"Zweig"}"#)])
        try await index(world)
        #expect(try await find("berta") == ["candidate C-2"])
        #expect(try await find("anna zw").isEmpty)
        try await world.store.write { tx in _ = try tx.scrub(.candidate, "C-2", customer: customer) }
        #expect(try await find("berta").isEmpty)
    }

    private func index(_ world: World) async throws {
        let customer = world.customer
        try await world.store.write { tx in
            try tx.wantTraces(customer: customer)
            try tx.trace(try tx.untraced(customer: customer, limit: 100), customer: customer)
        }
    }

    @Test func `what LinkedIn refused is grouped by reason, and a group goes again alone`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.accept((1...30).map { .candidate("C-\($0)") })
        let due = try await world.claim(.candidate)
        let (many, few) = (Reason(.refused, "no e-mail"), Reason(.refused, "no name"))
        try await world.settle(Array(due.prefix(25)), .rejected(many))
        try await world.settle(Array(due.suffix(5)), .rejected(few))
        let groups = try await world.store.read { try $0.rejectionGroups(customer: customer) }
        #expect(groups.map(\.count) == [25, 5])
        #expect(groups.map(\.reason) == [many, few])
        let first = try await world.store.read {
            try $0.rejected(customer: customer, kind: .candidate, reason: many, limit: 10)
        }
        let rest = try await world.store.read {
            try $0.rejected(customer: customer, kind: .candidate, reason: many, after: first[9].rid, limit: 100)
        }
        #expect(first.count == 10 && rest.count == 15 && Set((first + rest).map(\.rid)).count == 25)
        let retried = try await world.store.write {
            try $0.retryRejected(customer: customer, kind: .candidate, reason: few, at: Millis(5_000))
        }
        #expect(retried == 5)
        let tally = try await world.tally(.candidate)
        #expect(tally.rejected == 25 && tally.due == 5 && tally.desired == 30)
        #expect(try await world.claim(.candidate, at: 5_000).count == 5)
    }

    @Test func `matches of a day are counted with the readings, and those who have none are listed`() async throws {
        let world = try await World()
        let customer = world.customer
        try await world.accept((1...3).map { .candidate("C-\($0)") })
        try await world.drain(.candidate)
        let day = Millis(2 * 86_400_000)
        let polls = try await world.store.read { try $0.matchesDue(customer: customer, at: day, limit: 10) }
        try await world.store.write { tx in
            try tx.storeMatches(
                polls.map {
                    MatchReading($0, matched: $0.key.id == "C-1" ? ["urn:li:person:a"] : [], manual: nil, nextAt: nil)
                }, customer: customer, at: day)
        }
        let (days, matched, unmatched) = try await world.store.read { tx in
            (
                try tx.matchDays(customer: customer, since: 0), try tx.matched(customer: customer),
                try tx.unmatched(customer: customer)
            )
        }
        #expect(days.map(\.day) == [2] && days.map(\.candidates) == [3] && days.map(\.matched) == [1])
        #expect(matched.map(\.key.id) == ["C-1"])
        #expect(unmatched.lines.map(\.line.key.id) == ["C-2", "C-3"])
        #expect(unmatched.lines.allSatisfy { $0.wasRead && $0.line.label.hasEmail } && unmatched.next == nil)
    }

    @Test(arguments: ["", "a,b", "\\", "\\.", "ë,́", "i1,t", "\n,", "👩‍👩‍👧,"])
    func `a cursor holds any text`(text: String) {
        let cursor = ListCursor([.int(Int64(-3)), .text(text), .text("x"), .int(Int64.max)])
        #expect(ListCursor(cursor.text) == cursor)
    }

    @Test(arguments: [
        "SELECT rid FROM record WHERE customer_id = ? AND desired IS NULL AND (kind, parent, id) > (?, ?, ?) ORDER BY kind, parent, id",
        "SELECT rid FROM record WHERE customer_id = ? AND state = 2 AND (kind, parent, id) > (?, ?, ?) ORDER BY kind, parent, id",
    ])
    func `lists of what few records are read their own index`(sql: String) async throws {
        let world = try await World()
        let plan = try await world.store.write { tx in try tx.rows("EXPLAIN QUERY PLAN " + sql) { $0.text(3) } }
        #expect(plan.contains { $0.contains("record_gone") || $0.contains("record_confirming") }, "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
