// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import LinkedInClient
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// What recruiters do in the sandbox reaches the connector. The first four are LinkedIn's old certification cases 10 to 13.
@Suite struct RecruiterActivityTests {
    @Test func `test case 10, InMail history: both sides of a conversation, in order, tied to the candidate`()
        async throws
    {
        let world = try await SandboxWorld()
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let engine = world.engine()
        try await world.accept([Proper.candidate("C-1", "Ada")])
        try await world.live(engine, for: .seconds(60))
        let thread = try await world.write(rita, to: ada, "Dear Ada, …")
        world.time.advance(by: .seconds(30))
        try await world.reply(thread, "Happy to talk.")
        try await world.live(engine, for: .seconds(60))

        let (number, person) = (world.customer.number, try await world.person(ada))
        let threads = try await world.store.read { try $0.inMailThreads(customer: number, person: person, limit: 10) }
        #expect(threads.map(\.thread) == [thread])
        #expect(threads[0].messages.map(\.text) == ["Dear Ada, …", "Happy to talk."])
        #expect(threads[0].messages.map(\.isFromMember) == [false, true])
        #expect(threads[0].messages.allSatisfy { $0.seat == rita && $0.person == person })
        #expect(try await world.heldMessages() == world.saidMessages())

        let events = try await world.events(.inMailReceived)
        #expect(events.flatMap { $0["messages"]?.array ?? [] }.count == 2, "each message is told once")
        #expect(events[0]["candidateId"] == .null && events[0]["person"]?.string == person)
        // The tie comes later, and the history is the candidate's.
        let now = world.time.now()
        let tied = try await world.store.write { tx in
            try tx.tie(person: person, to: "C-1", how: .ats, customer: number, at: now)
            return try tx.persons(ofCandidate: "C-1", customer: number)
        }
        #expect(tied.map(\.person) == [person])
        try await world.reply(thread, "And another thing.")
        try await world.live(engine, for: .seconds(60))
        #expect(try await world.events(.inMailReceived).last?["candidateId"] == "C-1")
    }

    @Test func `test case 11, stub profile: contact data comes when the member shares it, and only then`() async throws
    {
        let world = try await SandboxWorld()
        let rita = try await world.hire("Rita")
        let (ada, bob) = (try await world.join("Ada"), try await world.join("Bob"))
        let engine = world.engine()
        try await world.accept([
            Proper.record(
                RecordKey(.candidate, id: "C-7"),
                #"{"firstName":"A","lastName":"M","emailAddresses":["ADA@mail.example"]}"#)
        ])
        try await world.live(engine, for: .seconds(60))
        try await world.reply(world.write(rita, to: ada, "Dear Ada"), "Yes.", sharing: true)
        try await world.reply(world.write(rita, to: bob, "Dear Bob"), "No.")
        try await world.live(engine, for: .seconds(120))

        let number = world.customer.number
        let kept = try await world.store.read { try $0.profiles(customer: number, limit: 10) }
        #expect(kept.map(\.profile.person) == [try await world.person(ada)])
        let profile = try JSONValue(parsing: try #require(kept.first).profile.profile)
        #expect(profile["firstName"] == "Ada" && profile["email"] == "ada@mail.example")
        let events = try await world.events(.stubReceived)
        #expect(events.count == 1 && events[0]["profile"]?["email"] == "ada@mail.example")
        #expect(events[0]["candidateId"] == "C-7", "the address that was shared is the candidate's")
    }

    @Test func `test case 12, notes: written, changed and deleted, and a deleted note's text is gone everywhere`()
        async throws
    {
        let world = try await SandboxWorld()
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let engine = world.engine()
        try await world.live(engine, for: .seconds(60))
        let note = try await world.note(rita, on: ada, "Strong on storage")
        try await world.live(engine, for: .seconds(60))
        try await world.ask("POST", "notes/\(note)", ["text": "Wants Q1"])
        try await world.live(engine, for: .seconds(60))
        #expect(try await world.heldNotes() == ["\(note)": "Wants Q1"])
        #expect(
            try await world.events(.noteChanged).compactMap { $0["text"]?.string } == ["Strong on storage", "Wants Q1"])
        try await world.ask("DELETE", "notes/\(note)")
        try await world.live(engine, for: .seconds(60))
        #expect(try await world.heldNotes().isEmpty)
        let events = try await world.events(.noteChanged)
        #expect(events.prefix(2) == [.null, .null], "what carried the text is erased")
        #expect(events.count == 3 && events[2]["active"] == false && events[2]["text"] == .null)
    }

    @Test func `test case 13, closed accounts: whoever was exported and left is told once, with what we hold`()
        async throws
    {
        let world = try await SandboxWorld()
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let bob = try await world.join("Bob")
        let engine = world.engine()
        try await world.accept([Proper.job("J-1")])
        try await world.settle(engine)
        for member in [ada, bob] {
            try await world.ask("POST", "export", ["member": .int(member), "job": "J-1", "seat": .int(rita)])
        }
        try await world.write(rita, to: ada, "Dear Ada")
        try await world.live(engine, for: .seconds(120))
        #expect(try await world.events(.profileClosed).isEmpty)
        try await world.ask("POST", "members/close", ["member": .int(ada)])
        try await world.live(engine, for: .seconds(300))
        let events = try await world.events(.profileClosed)
        #expect(events.compactMap { $0["person"]?.string } == [try await world.person(ada)])
        #expect(events.first?["data"]?.array?.contains("inMail") == true)
        let number = world.customer.number
        let closed = try await world.store.read { try $0.closures(customer: number, limit: 10) }
        #expect(closed.map(\.account.person) == [try await world.person(ada)])
    }

    @Test func `seats are matched to users by person, then by e-mail, and one that leaves is kept as inactive`()
        async throws
    {
        let world = try await SandboxWorld()
        let (rita, sam) = (try await world.hire("Rita"), try await world.hire("Sam"))
        let lea = try await world.hire("Lea")
        let (number, now) = (world.customer.number, world.time.now())
        try await world.store.write { tx in
            try tx.putUser(id: "U-1", email: "RITA@acme.example", name: "Rita", customer: number, at: now)
            try tx.putUser(id: "U-2", email: "private@mail.example", name: "Sam", customer: number, at: now)
        }
        let engine = world.engine()
        try await world.live(engine, for: .seconds(60))
        func held() async throws -> [Int64: HeldSeat] {
            let seats = try await world.store.read { try $0.heldSeats(customer: number, limit: 10) }
            return Dictionary(uniqueKeysWithValues: seats.map { ($0.seat.number, $0) })
        }
        let first = try await held()
        #expect(first[rita]?.user?.id == "U-1" && first[rita]?.match == .email)
        #expect(first[sam]?.user == nil && first[lea]?.user == nil)
        try await world.ask("POST", "seats/\(lea)", ["state": "PARKED"])
        try await world.live(engine, for: .seconds(60))
        #expect(try await held()[lea]?.seat.state == "PARKED")
        let cursor = try await world.cursors().first { $0.feed == .inMail && $0.key.seat == lea && !$0.key.isHistory }
        #expect(cursor?.dueAt == nil, "nobody writes from it, so it is not asked for")
    }

    @Test func `two contracts are read side by side, and one that is not enabled is left alone`() async throws {
        let world = try await SandboxWorld(contracts: [5000, 5001])
        let (rita, ada) = (try await world.hire("Rita"), try await world.join("Ada"))
        let engine = world.engine()
        try await world.ask("POST", "contracts", ["organization": 1000, "contract": 5001])
        let sam = try await world.hire("Sam", contract: 5001)
        try await world.write(rita, to: ada, "from Rita")
        try await world.write(sam, to: ada, "from Sam")
        try await world.live(engine, for: .seconds(120))
        #expect(try await world.heldMessages().count == 1)
        try await world.ask(
            "POST", "integrations/enable",
            ["organization": 1000, "contract": 5001, "unique_foreign_id": "acme"])
        try await world.live(engine, for: .seconds(180))
        #expect(try await world.heldMessages() == world.saidMessages())
        #expect(try await world.heldMessages().count == 2)
    }

    @Test func `after a week without the connector everything of the week is there, in the order it happened`()
        async throws
    {
        let world = try await SandboxWorld()
        let seats = [try await world.hire("Rita"), try await world.hire("Sam")]
        let ada = try await world.join("Ada")
        try await world.live(linkedInPace(world, "one"), for: .seconds(7200))
        world.time.advance(by: .seconds(60))
        for day in 0..<7 {
            for seat in seats {
                try await world.write(seat, to: ada, "day \(day)")
                _ = try await world.note(seat, on: ada, "day \(day)")
            }
            world.time.advance(by: .seconds(86_400))
        }
        // A new process.
        try await world.live(linkedInPace(world, "two"), for: .seconds(7200))
        #expect(try await world.heldMessages() == world.saidMessages())
        #expect(try await world.heldNotes() == world.writtenNotes())
        #expect(world.throttled == 0)
        let days = try await world.events(.inMailReceived).flatMap { $0["messages"]?.array ?? [] }
            .filter { $0["seat"]?.int == seats[0] }.compactMap { $0["text"]?.string }
        #expect(days == (0..<7).map { "day \($0)" })
        let behind = try await world.cursors().filter {
            !$0.feed.isList && world.time.now() - $0.through > .seconds(1900)
        }
        #expect(behind.isEmpty)
    }

    private func linkedInPace(_ world: SandboxWorld, _ holder: String) -> SyncEngine {
        world.engine(holder) { options in
            options.pace.pulls = .linkedIn
            options.pace.pulls.history = .seconds(86_400)
        }
    }
}
