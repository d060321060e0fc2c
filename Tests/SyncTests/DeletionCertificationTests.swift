// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Sandbox
import Store
import Sync
import Testing

/// Certification module 5 (modules-3-5, E.4) through the connector: what a recruiter sees before and after the ATS deletes.
@Suite struct DeletionCertificationTests {
    /// A member who is the candidate C1, with everything that can hang on one, and a recruiter who looks.
    private struct Desk {
        let world: SandboxWorld
        let engine: SyncEngine
        let seat: Int64
        let member: Int64

        init() async throws {
            world = try await SandboxWorld { $0.switches.matchSeconds = 0 }
            engine = world.engine()
            try await world.family()
            try await world.settle(engine)
            member = try #require(
                try await world.addMember())
            seat = try #require(
                try await world.ask(
                    "POST", "seats",
                    ["contract": 5000, "email": "rita@example.com", "first_name": "Rita", "last_name": "Moss"])["seat"]?
                    .int)
        }

        /// What the recruiter sees of the candidate; nil without an indicator.
        func candidate() async throws -> JSONValue? {
            try await world.ask("GET", "see?seat=\(seat)&member=\(member)")["indicator"]?["candidates"]?[0]
        }

        func application() async throws -> JSONValue? { try await candidate()?["applications"]?[0] }

        func delete(_ kind: RecordKind, _ id: String, of parent: String = "") async throws {
            try await world.accept([.delete(RecordKey(kind, parent: parent, id: id))])
            try await world.settle(engine)
        }
    }

    @Test func `RSC-501 notes disappear from the indicator, then the indicator with the candidate`() async throws {
        let desk = try await Desk()
        #expect(try await desk.candidate()?["notes"]?.array?.count == 1)
        try await desk.delete(.candidateNote, "N1", of: "C1")
        #expect(try await desk.candidate()?["notes"]?.array == [])
        try await desk.delete(.candidate, "C1")
        #expect(try await desk.candidate() == nil)
    }

    @Test(arguments: [false, true])
    func `RSC-502 a candidate who is deleted or erased leaves no note and no indicator`(isErased: Bool) async throws {
        let desk = try await Desk()
        #expect(try await desk.application()?["stages"]?.array?.count == 1)
        if isErased {
            let id = try await desk.world.beginErasure(.candidate("C1"))
            #expect(try await desk.world.finish(id, desk.engine).outcome == "proven")
        } else {
            try await desk.delete(.candidate, "C1")
        }
        #expect(try await desk.candidate() == nil)
        // The same id again is a new record: nothing of the old one comes back with it.
        try await desk.world.accept([Proper.candidate("C1", "Again")])
        try await desk.world.settle(desk.engine)
        #expect(try await desk.candidate()?["id"] == "C1")
        #expect(try await desk.candidate()?["notes"]?.array == [])
        #expect(try await desk.candidate()?["applications"]?.array == [])
    }

    @Test func `RSC-503 notes, stages and feedback of an application disappear in turn, then the application`()
        async throws
    {
        let desk = try await Desk()
        for (kind, name, id) in [
            (RecordKind.applicationNote, "notes", "N1"), (.stage, "stages", "S1"), (.feedback, "feedback", "F1"),
        ] {
            #expect(try await desk.application()?[name]?[0]?["id"]?.string == id)
            try await desk.delete(kind, id, of: "A1")
            #expect(try await desk.application()?[name]?.array == [])
        }
        try await desk.delete(.application, "A1")
        #expect(try await desk.candidate()?["applications"]?.array == [])
        #expect(try await desk.candidate()?["id"] == "C1")
    }

    @Test func `RSC-504 an application takes along what hangs on it, and the candidate stays`() async throws {
        let desk = try await Desk()
        try await desk.delete(.application, "A1")
        #expect(try await desk.candidate()?["applications"]?.array == [])
        #expect(try await desk.candidate()?["notes"]?.array?.count == 1)
        let counts = try await desk.world.counts()
        #expect(counts["stages"] == 1 && counts["feedback"] == nil && counts["applicationNotes"] == nil)
    }
}

extension SandboxWorld {
    /// A member whom LinkedIn's matching takes for the candidate C1.
    func addMember() async throws -> Int64? {
        try await ask(
            "POST", "members",
            [
                "first_name": "Canary", "last_name": "Sample", "email": "c1@example.com",
                "profile_url": "https://www.linkedin.com/in/canary-sample-sim",
            ])["number"]?.int
    }
}
