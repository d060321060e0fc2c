// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Synchronization
import Testing

@testable import Dashboard

/// Sources that run by themselves.
@Suite struct SourceKeeperTests {
    private let base = "/ui/customers/acme/sources"

    /// A keeper whose clock's ticks nobody waits for: a beat never comes, so a run is left to itself.
    private func keeper(_ place: SourceWorld, holder: String = "a") -> SourceKeeper {
        SourceKeeper(
            SourceDesk(
                store: place.world.store, time: place.world.time, signal: SyncSignal(), allowed: place.allowed),
            holder: holder, sleep: { _ in try await Self.untilCancelled() })
    }

    private static func untilCancelled() async throws {
        let (stream, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        try Task.checkCancellation()
    }

    private func source(_ place: SourceWorld) async throws -> SourceDue {
        try place.write(SourceWorld.rows)
        _ = try await place.world.post(
            base + "/new", [("name", "people"), ("mapping", place.mapping())], as: .operator)
        return SourceDue(customer: place.customer.number, name: "people")
    }

    private func runs(_ place: SourceWorld) async throws -> [SourceRunRecord] {
        try await place.world.store.read { try $0.sourceRuns(of: "people", customer: place.customer.number, limit: 10) }
    }

    @Test func `a run that somebody asked for stores what the bulk endpoint would, and keeps every problem`()
        async throws
    {
        let place = try await SourceWorld()
        let due = try await source(place)
        #expect(try await place.world.follow(base + "/people/run", as: .operator).has("begins in a moment"))
        #expect(try await place.world.store.read { try $0.sourcesDue(at: DashboardWorld.start, limit: 9) } == [due])
        await keeper(place).perform(due)
        let run = try #require(try await runs(place).first)
        #expect(run.state == .finished && run.askedBy == "operator")
        #expect(run.counts.read == 3 && run.counts.added == 2 && run.counts.refused == 1)
        let key = RecordKey(.candidate, parent: "", id: "C-1")
        #expect(try await place.world.store.read { try $0.explain(customer: place.customer.number, key: key) } != nil)
        #expect(try await place.world.store.read { try $0.sourcesDue(at: DashboardWorld.start, limit: 9) }.isEmpty)
        let page = try await place.world.get(base + "/people/runs/1", as: .viewer)
        #expect(page.has("row 3") && page.has("records/candidate/C-2") && page.has("is not an e-mail address"))
        #expect(try await place.world.get(base, as: .viewer).has("Finished with problems"))

        _ = try await place.world.post(base + "/people/run", as: .operator)
        await keeper(place).perform(due)
        #expect(try await runs(place).first?.counts.unchanged == 2)
    }

    @Test func `an erased candidate leaves the problems, too`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        _ = try await place.world.post(base + "/people/run", as: .operator)
        await keeper(place).perform(due)
        _ = try await place.world.post("/ui/customers/acme/privacy/erase", [("whom", "C-2"), ("confirm", "C-2")])
        #expect(try await !place.world.get(base + "/people/runs/1").has("C-2"))
    }

    @Test func `a schedule makes it due, again and again, and what was missed is not made up for`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        let page = try await place.world.follow(
            base + "/people/schedule", [("when", "every"), ("every", "2"), ("unit", "hours")], as: .operator)
        #expect(page.has("Every 2 hours"))
        let store = place.world.store
        #expect(
            try await store.read { try $0.sourcesDue(at: DashboardWorld.start + .seconds(7_199), limit: 9) }.isEmpty)
        place.world.time.advance(by: .seconds(7_200 * 5))
        let later = place.world.time.now()
        #expect(try await store.read { try $0.sourcesDue(at: later, limit: 9) } == [due])
        await keeper(place).perform(due)
        let found = try await runs(place)
        #expect(found.map(\.askedBy) == [nil])
        let next = try await store.read { try $0.source("people", customer: place.customer.number)?.dueAt }
        #expect(next == place.world.time.now() + .seconds(7_200))
        for wrong in [[("when", "every"), ("every", "0")], [("when", "daily"), ("clock", "25:00")], [("when", "x")]] {
            #expect(try await place.world.post(base + "/people/schedule", wrong, as: .operator).status == 422)
        }
    }

    @Test func `two processes do not run it twice, and one that died is followed by another`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        _ = try await place.world.post(base + "/people/run", as: .operator)
        let (store, customer, time) = (place.world.store, place.customer.number, place.world.time)
        // Another process begins, and dies.
        try await store.write { tx in
            _ = try tx.acquireLease(
                name: StoredSource.lease("people"), customer: customer, holder: "b", now: time.now(), ttl: .seconds(20))
            _ = try tx.beginRun(of: "people", customer: customer, at: time.now())
        }
        await keeper(place).perform(due)
        #expect(try await runs(place).map(\.state) == [.running])
        #expect(try await store.read { try $0.sourcesDue(at: time.now(), limit: 9) }.isEmpty)
        time.advance(by: .seconds(21))
        #expect(try await store.read { try $0.sourcesDue(at: time.now(), limit: 9) } == [due])
        await keeper(place).perform(due)
        #expect(try await runs(place).map(\.state) == [.finished, .stopped])
        #expect(try await runs(place).last?.reason == "the process that ran it went away")
    }

    @Test func `the end of the process interrupts a run, which is due at once for whoever comes next`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        _ = try await place.world.post(base + "/people/run", [("full", "yes")], as: .operator)
        let task = Task { await keeper(place).perform(due) }
        task.cancel()
        await task.value
        let states = try await runs(place).map(\.state)
        // Cancelled before it began, or while it read.
        #expect(states == [] || states == [.stopped] || states == [.finished])
        if states != [.finished] {
            #expect(try await place.world.store.read { try $0.sourcesDue(at: DashboardWorld.start, limit: 9) } == [due])
        }
    }

    @Test func `a source that cannot be read says why, and is tried again by its schedule`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        try place.write("nothing of the kind\n")
        _ = try await place.world.post(
            base + "/people/schedule", [("when", "daily"), ("clock", "02:30")], as: .operator)
        _ = try await place.world.post(base + "/people/run", as: .operator)
        await keeper(place).perform(due)
        let run = try #require(try await runs(place).first)
        #expect(run.state == .failed && run.reason?.isEmpty == false)
        #expect(try await place.world.get(base + "/people").has("Failed"))
        let customer = place.customer.number
        let next = try await place.world.store.read { try $0.source("people", customer: customer)?.dueAt }
        #expect(next == SourceSchedule("daily 02:30")?.next(after: DashboardWorld.start))
    }

    @Test func `stopping forgets a run that was asked for`() async throws {
        let place = try await SourceWorld()
        _ = try await source(place)
        _ = try await place.world.post(base + "/people/run", as: .operator)
        _ = try await place.world.post(base + "/people/stop", as: .operator)
        #expect(try await place.world.store.read { try $0.sourcesDue(at: DashboardWorld.start, limit: 9) }.isEmpty)
    }

    @Test func `a source is removed with everything about it`() async throws {
        let place = try await SourceWorld()
        let due = try await source(place)
        _ = try await place.world.post(base + "/people/run", as: .operator)
        await keeper(place).perform(due)
        #expect(try await place.world.get(base + "/people/remove", as: .operator).has("Remove this source?"))
        #expect(try await place.world.follow(base + "/people/remove", as: .operator).has("No source yet"))
        #expect(try await runs(place).isEmpty)
    }

    @Test(
        arguments: [
            ("every 15", "every 15"), ("every 10080", "every 10080"), ("daily 02:30", "daily 02:30"), ("every 0", nil),
            ("every 10081", nil), ("daily 2:30", nil), ("daily 24:00", nil), ("weekly", nil),
        ] as [(String, String?)]) func `schedules are read and written`(_ text: String, _ back: String?)
    {
        #expect(SourceSchedule(text)?.text == back)
    }
}
