// SPDX-License-Identifier: Apache-2.0

import Domain
import Sync
import Synchronization
import Testing

@Suite struct LaneTests {
    @Test func `everything arrives, parents before their children, jobs and applications completed`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        try await world.accept(history(candidates: 250))
        try await world.settle(world.engine(far))

        let held = far.state.withLock { $0 }
        #expect(held.orphans == 0)
        let count = 250 * 4 + 84 + 63 + 5
        #expect(held.records.count == count)
        #expect(
            held.records[RecordKey(.candidate, id: "C7")]?.text
                == #"{"firstName":"First 7","lastName":"L","emailAddresses":["a@b.c"]}"#)
        let job = try #require(held.records[RecordKey(.job, id: "J2")]).text
        #expect(
            job
                == #"{"integrationContext":"urn:li:organization:1000","externalJobPostingId":"J2","title":"Job 2","state":"LISTED"}"#
        )
        let application = try #require(held.records[RecordKey(.application, id: "A7")]).text
        #expect(
            application.hasPrefix(
                #"{"atsJobPostingName":"Job 2","firstName":"First 7","lastName":"L","candidateEmail":"a@b.c","ats"#))
        for (_, tally) in try await world.tallies() {
            #expect(tally.desired == tally.observed)
            #expect(tally.isIdle)
        }
    }

    @Test func `an unchanged record is not sent again and a hundred edits are one call`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept([put(.candidate, "C1", "Ann")])
        try await world.settle(engine)
        try await world.accept([put(.candidate, "C1", "Ann")])
        try await world.settle(engine)
        #expect(far.state.withLock { $0.calls.count } == 1)
        for edit in 0..<100 { try await world.accept([put(.candidate, "C1", "Ann \(edit)")]) }
        try await world.settle(engine)
        #expect(far.state.withLock { $0.calls.count } == 2)
        #expect(far.state.withLock { $0.records[RecordKey(.candidate, id: "C1")] }?.text.contains("Ann 99") == true)
    }

    @Test func `a refused record carries LinkedIn's reason and its children wait without blocking anybody`()
        async throws
    {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        try await world.accept(history(candidates: 50) + [put(.candidate, "C7", "BAD")])
        try await world.settle(world.engine(far))
        let status = try await world.status(of: RecordKey(.candidate, id: "C7"))
        #expect(status.state == .rejected)
        #expect(status.reason?.message == "LinkedIn refused it (422): ERROR :: /firstName :: too odd")
        #expect(try await world.status(of: RecordKey(.candidateNote, parent: "C7", id: "N1")).state == .waiting)
        #expect(try await world.tallies()[.candidate]?.observed == 49)
        #expect(far.state.withLock { $0.records[RecordKey(.application, id: "A8")] } != nil)
    }

    @Test func `one record that spoils whole calls is found by halves and its neighbours arrive`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        try await world.accept((0..<300).map { put(.candidate, "C\($0)", $0 == 137 ? "POISON" : "P\($0)") })
        try await world.settle(world.engine(far))
        #expect(try await world.status(of: RecordKey(.candidate, id: "C137")).state == .rejected)
        #expect(try await world.tallies()[.candidate]?.observed == 299)
        #expect(far.state.withLock { $0.calls.count } < 20)
    }

    @Test func `one record that breaks LinkedIn steps back and its neighbours arrive`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept((0..<300).map { put(.candidate, "C\($0)", $0 == 137 ? "BREAKS" : "P\($0)") })
        let end = world.time.now() + .seconds(3600)
        while world.time.now() < end, try await world.tallies()[.candidate]?.observed ?? 0 < 299 {
            let wake = try #require(try await engine.pass())
            world.time.advance(to: wake)
        }
        #expect(try await world.tallies()[.candidate]?.observed == 299)
        let status = try await world.status(of: RecordKey(.candidate, id: "C137"))
        #expect(status.state == .due && status.attempts > 0)
    }

    @Test func `when every single record is refused as a whole call, nothing is rejected and the lane says so`()
        async throws
    {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept((0..<16).map { put(.candidate, "C\($0)", "POISON \($0)") })
        _ = try await engine.pass()
        #expect(try await world.tallies()[.candidate]?.rejected == 0)
        let lane = try #require(try await engine.status(world.customer).lanes.first { $0.group == "candidates" })
        #expect(lane.failures > 0 && lane.reason?.contains("refused whole calls") == true)
    }

    @Test func `a parent that LinkedIn lost is sent again before its child`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept([put(.candidate, "C1", "Ann")])
        try await world.settle(engine)
        far.state.withLock { $0.records = [:] }
        try await world.accept([put(.candidateNote, "N1", parent: "C1", "hello")])
        try await world.settle(engine)
        #expect(
            Set(far.state.withLock { $0.records }.keys) == [
                RecordKey(.candidate, id: "C1"), RecordKey(.candidateNote, parent: "C1", id: "N1"),
            ])
    }

    @Test func `deletions take the children first and a deleted job is closed`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept(history(candidates: 30))
        try await world.settle(engine)
        try await world.accept(
            (0..<30).map { .delete(RecordKey(.candidate, id: "C\($0)")) } + [.delete(RecordKey(.job, id: "J0"))])
        try await world.settle(engine)
        let held = far.state.withLock { $0 }
        #expect(held.orphans == 0)
        #expect(held.records.keys.allSatisfy { $0.kind == .job })
        #expect(held.records[RecordKey(.job, id: "J0")]?.text.contains(#""state":"CLOSED""#) == true)
    }

    @Test func `a job is observed only when its task ends, and a failed one says why`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        try await world.accept([put(.job, "J1"), put(.job, "J2", "BAD")])
        _ = try await engine.pass()
        #expect(try await world.tallies()[.job]?.confirming == 2)
        try await world.settle(engine)
        #expect(try await world.status(of: RecordKey(.job, id: "J1")).state == .synced)
        let failed = try await world.status(of: RecordKey(.job, id: "J2"))
        #expect(failed.state == .rejected)
        #expect(failed.reason?.code == .taskFailed)
    }

    @Test func `a job whose task LinkedIn forgot is submitted again`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        let engine = world.engine(far)
        far.state.withLock { $0.forgetsTasks = true }
        try await world.accept([put(.job, "J1")])
        _ = try await engine.pass()
        world.time.advance(by: .seconds(5))
        _ = try await engine.pass()
        far.state.withLock { $0.forgetsTasks = false }
        try await world.settle(engine)
        #expect(far.state.withLock { $0.calls.filter { $0.group == "job" }.count } == 2)
        #expect(try await world.status(of: RecordKey(.job, id: "J1")).state == .synced)
    }

    @Test func `matches are read back after the candidates and stored`() async throws {
        let world = try await SyncWorld()
        let far = ToyLinkedIn(world.time)
        far.state.withLock { $0.matches["C1"] = PortMatch(matched: ["urn:li:person:P1"]) }
        let engine = world.engine(far)
        try await world.accept([put(.candidate, "C1"), put(.candidate, "C2")])
        try await world.settle(engine)
        world.time.advance(by: .seconds(3))
        _ = try await engine.pass()
        #expect(try await world.tallies()[.candidate]?.matched == 1)
        #expect(
            try await world.status(of: RecordKey(.candidate, id: "C1")).matches.map(\.person) == ["urn:li:person:P1"])
    }
}
