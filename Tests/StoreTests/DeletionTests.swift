// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@Suite struct DeletionTests {
    static let key = RecordKey(.candidate, id: "1")

    @Test func `a deletion reaches LinkedIn even when the record was never accepted, and then the row is gone`()
        async throws
    {
        let world = try await World()
        try await world.accept(.candidate("1"))
        #expect(try await world.accept(.delete(Self.key)).deleted == 1)
        #expect(try await world.claim(.candidate).isEmpty)
        let doomed = try await world.claim(.candidate, deletions: true)
        #expect(doomed.map(\.hash) == [nil])
        #expect(doomed[0].body.isEmpty)
        try await world.settle(doomed)
        #expect(try await world.status(Self.key) == nil)
        #expect(try await world.accept(.delete(Self.key)).unknown == 1)
    }

    @Test func `the bytes of a deleted record are forgotten at once`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"), .delete(Self.key))
        #expect(try await world.store.read { try $0.body(customer: world.customer, key: Self.key) } == nil)
    }

    @Test func `a put for a tombstone revives it, whatever becomes of the deletion that is under way`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1", "same"))
        try await world.drain(.candidate)
        try await world.accept(.delete(Self.key))
        let doomed = try await world.claim(.candidate, deletions: true)
        #expect(try await world.accept(.candidate("1", "same")).added == 1)
        #expect(try await world.status(Self.key)?.observed == .older)
        try await world.settle(doomed)
        let status = try #require(try await world.status(Self.key))
        #expect(status.state == .due)
        #expect(status.observed == .nothing)
        try await world.drain(.candidate)
        #expect(try await world.state(Self.key) == .synced)
    }

    @Test func `a deletion during a call is sent after it`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        let claimed = try await world.claim(.candidate)
        try await world.accept(.delete(Self.key))
        try await world.settle(claimed)
        #expect(try await world.status(Self.key)?.isDeletion == true)
        try await world.drain(.candidate, deletions: true)
        #expect(try await world.status(Self.key) == nil)
    }

    @Test func `a candidate takes its notes and applications along, children first`() async throws {
        let world = try await World()
        try await world.accept(
            .job("j"), .candidate("1"), .note("1", "n"), .application("a", job: "j", candidate: "1"), .stage("a", "s"),
            .candidate("2"))
        for kind in RecordKind.allCases { try await world.drain(kind) }
        let tally = try await world.accept(.delete(Self.key))
        #expect(tally.deleted == 1)
        #expect(tally.cascaded == 3)
        #expect(try await world.claim(.candidate, deletions: true).isEmpty)
        #expect(try await world.claim(.application, deletions: true).isEmpty)
        #expect(try await world.status(Self.key)?.because.contains("candidateNote") == true)
        try await world.drain(.stage, deletions: true)
        try await world.drain(.candidateNote, deletions: true)
        #expect(try await world.claim(.candidate, deletions: true).isEmpty)
        try await world.drain(.application, deletions: true)
        try await world.drain(.candidate, deletions: true)
        for kind in RecordKind.allCases.filter({ $0 != .job && $0 != .candidate }) {
            #expect(try await world.tally(kind) == Tally())
        }
        #expect(try await world.tally(.candidate).desired == 1)
    }

    @Test func `a candidate's deletion does not wait for ever for an application that moved to somebody else`()
        async throws
    {
        let world = try await World()
        try await world.accept(.job("j"), .candidate("1"), .candidate("2"), .application("a", job: "j", candidate: "1"))
        for kind in [RecordKind.job, .candidate, .application] { try await world.drain(kind) }
        try await world.accept(.delete(RecordKey(.candidate, id: "1")))
        #expect(try await world.claim(.candidate, deletions: true).isEmpty, "its application goes first")
        try await world.accept(.application("a", job: "j", candidate: "2"))
        #expect(try await world.claim(.candidate, deletions: true).count == 1)
    }

    @Test func `a job keeps its bytes until it is closed`() async throws {
        let world = try await World()
        try await world.accept(.job("j"))
        try await world.drain(.job)
        try await world.accept(.delete(RecordKey(.job, id: "j")))
        let doomed = try await world.claim(.job, deletions: true)
        #expect(String(decoding: doomed[0].body, as: UTF8.self).contains("Cook"))
        try await world.settle(doomed, .confirming(task: "t", pollAt: Millis(2_000)))
        #expect(try await world.state(RecordKey(.job, id: "j")) == .confirming)
        try await world.store.write {
            try $0.settleTasks([TaskOutcome(task: "t", .succeeded)], customer: world.customer, at: Millis(2_000))
        }
        #expect(try await world.status(RecordKey(.job, id: "j")) == nil)
    }
}
