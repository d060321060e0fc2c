// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct WaitingTests {
    static let note = RecordKey(.candidateNote, parent: "1", id: "n")
    static let application = RecordKey(.application, id: "a")

    @Test func `a child waits for its parent to be accepted, and says so`() async throws {
        let world = try await World()
        try await world.accept(.note("1", "n"))
        #expect(try await world.claim(.candidateNote).isEmpty)
        #expect(try await world.status(Self.note)?.because == "its candidate 1 is not known; send it too")
        try await world.accept(.candidate("1"))
        #expect(try await world.state(Self.note) == .waiting)
        try await world.drain(.candidate)
        #expect(try await world.state(Self.note) == .due)
        #expect(try await world.claim(.candidateNote).count == 1)
    }

    @Test func `a child of a refused parent says so, and one of a parent that is sent again waits for it`() async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1"), .note("1", "n"))
        try await world.settle(try await world.claim(.candidate), .rejected(Reason(.refused, "no")))
        #expect(try await world.claim(.candidateNote).isEmpty)
        #expect(try await world.status(Self.note)?.because == "its candidate 1 was refused by LinkedIn")
        try await world.accept(.candidate("1", "better"))
        try await world.drain(.candidate)
        try await world.drain(.candidateNote)
        try await world.store.resync(customer: world.customer, at: Millis(1_000))
        #expect(try await world.claim(.candidateNote).isEmpty)
        try await world.drain(.candidate)
        #expect(try await world.claim(.candidateNote).count == 1)
    }

    @Test func `an application waits for its job and its candidate`() async throws {
        let world = try await World()
        try await world.accept(.application("a", job: "j", candidate: "1"), .candidate("1"), .job("j"))
        #expect(try await world.claim(.application).isEmpty)
        try await world.drain(.candidate)
        #expect(try await world.claim(.application).isEmpty)
        try await world.settle(try await world.claim(.job), .confirming(task: "t", pollAt: Millis(2_000)))
        #expect(try await world.claim(.application).isEmpty)
        try await world.store.write {
            try $0.settleTasks([TaskOutcome(task: "t", .succeeded)], customer: world.customer, at: Millis(2_000))
        }
        #expect(try await world.claim(.application, at: 2_000).map(\.key) == [Self.application])
        #expect(try await world.tally(.application).waiting == 0)
    }

    @Test func `parking races with releasing: whatever the order, nothing waits for a parent that is there`()
        async throws
    {
        let world = try await World()
        for round in 0..<30 {
            let id = "c\(round)"
            try await world.accept(.candidate(id), .note(id, "n"))
            let parents = try await world.claim(.candidate)
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await world.settle(parents) }
                group.addTask { _ = try await world.claim(.candidateNote) }
            }
            #expect(try await world.tally(.candidateNote).waiting == 0)
            try await world.drain(.candidateNote)
        }
        #expect(try await world.tally(.candidateNote).observed == 30)
    }

    @Test
    func `what an application lacks comes from its job and its candidate, and it is sent again when that changes`()
        async throws
    {
        let world = try await World()
        let own = #"{"candidateEmail":"own@b.c","firstName":"Own","lastName":"Name","atsJobPostingName":"Chef"}"#
        try await world.accept(
            .job("j", "Cook"), .candidate("1", "ann"),
            .application("a", job: "j", candidate: "1", #"{"source":"web"}"#),
            .application("b", job: "j", candidate: "1", own))
        try await world.drain(.job)
        try await world.drain(.candidate)
        let claimed = try await world.claim(.application)
        #expect(
            claimed.map(\.fill) == [
                ApplicationFill(jobTitle: "Cook", firstName: "ann", lastName: "B", email: "ann@b.c"), nil,
            ])
        // The title changes while both are under way.
        try await world.accept(.job("j", "Head cook"))
        try await world.settle(claimed)
        #expect(try await world.state(RecordKey(.application, id: "b")) == .synced)
        #expect(try await world.status(Self.application)?.observed == .older)
        try await world.drain(.job)
        #expect(try await world.claim(.application).map(\.fill?.jobTitle) == ["Head cook"])
        try await world.drain(.application)
        try await world.accept(.candidate("1", "anna"))
        try await world.drain(.candidate)
        #expect(try await world.claim(.application).map(\.fill?.firstName) == ["anna"])
    }

    @Test func `a change of a candidate that no application takes over leaves applications alone`() async throws {
        let world = try await World()
        try await world.accept(.job("j"), .candidate("1"), .application("a", job: "j", candidate: "1"))
        for kind in [RecordKind.job, .candidate, .application] { try await world.drain(kind) }
        try await world.accept(
            .put(.candidate, "1", #"{"firstName":"a","lastName":"B","emailAddresses":["a@b.c"],"currentTitle":"Chef"}"#)
        )
        #expect(try await world.state(Self.application) == .synced)
    }

    @Test func `an application that moves to another job waits for that one`() async throws {
        let world = try await World()
        try await world.accept(.job("j"), .candidate("1"), .application("a", job: "j", candidate: "1"))
        for kind in [RecordKind.job, .candidate, .application] { try await world.drain(kind) }
        try await world.accept(.application("a", job: "k", candidate: "1", #"{"source":"x"}"#))
        #expect(try await world.claim(.application).isEmpty)
        #expect(try await world.status(Self.application)?.waitsFor?.id == "k")
    }

    @Test func `a task holds back the next version of its job`() async throws {
        let world = try await World()
        let key = RecordKey(.job, id: "j")
        try await world.accept(.job("j", "one"))
        try await world.settle(try await world.claim(.job), .confirming(task: "t1", pollAt: Millis(2_000)))
        try await world.accept(.job("j", "two"))
        #expect(try await world.claim(.job).isEmpty)
        let tasks = try await world.store.read {
            try $0.tasks(customer: world.customer, dueBefore: Millis(2_000), limit: 10)
        }
        #expect(tasks.map(\.task) == ["t1"])
        #expect(tasks[0].key == key)
        try await world.store.write {
            try $0.settleTasks(
                [TaskOutcome(task: "t1", .pending(pollAt: Millis(3_000)))], customer: world.customer, at: Millis(2_000))
        }
        #expect(try await world.store.read { try $0.nextTask(customer: world.customer) } == Millis(3_000))
        try await world.store.write {
            try $0.settleTasks([TaskOutcome(task: "t1", .succeeded)], customer: world.customer, at: Millis(3_000))
        }
        let status = try #require(try await world.status(key))
        #expect(status.state == .due)
        #expect(status.observed == .exactly(.of(#"{"title":"one"}"#)))
        try await world.settle(try await world.claim(.job), .confirming(task: "t2", pollAt: Millis(4_000)))
        try await world.store.write {
            try $0.settleTasks(
                [TaskOutcome(task: "t2", .failed(Reason(.taskFailed, "too short")))], customer: world.customer,
                at: Millis(4_000))
        }
        #expect(try await world.status(key)?.because == "too short")
    }
}
