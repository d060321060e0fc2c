// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// Invented recruiting.
@Suite struct ActivityTests {
    private static let order: JSONValue = ["seats": 3, "conversations": 60, "notes": 40, "days": 10]

    private func stage(seed: UInt64 = 1) async throws -> TestSandbox {
        let world = try await TestSandbox {
            $0.members = 200
            $0.seed = seed
        }
        try await world.sandbox.generateMembers()
        return world
    }

    @Test func `what was invented is what can be read, all of it within the days`() async throws {
        let world = try await stage()
        let acme = try await world.customer()
        let made = try await world.control("POST", "activity", Self.order)
        #expect(made["seats"] == 3 && made["conversations"] == 60 && made["notes"] == 40)
        let contract = "contract=urn:li:contract:5000"
        func count(_ target: String) async throws -> [JSONValue] {
            try await world.send("GET", target + "&start=0&count=1000", token: acme.token).json["elements"]?.array ?? []
        }
        let seats = try await count("/v2/seatsV2?q=attributes&contracts=urn:li:contract:5000")
        #expect(seats.count == 3)
        var messages: [JSONValue] = []
        for seat in seats {
            let viewer = "urn:li:seat:\(seat["id"]?.int ?? 0)"
            messages += try await count("/v2/conversationEvents?q=criteria&viewer=\(viewer)")
        }
        #expect(messages.count == made["messages"]?.int.map { Int($0) })
        let earliest = TestSandbox.noon.millis - 10 * 86_400_000
        #expect(messages.allSatisfy { (earliest...TestSandbox.noon.millis).contains($0["createdAt"]?.int ?? 0) })
        let stubs = try await count("/v2/mailStubs?q=contract&\(contract)")
        #expect(stubs.count == made["stubs"]?.int.map { Int($0) } && !stubs.isEmpty)
        let notes = try await count("/v2/prospectNotes?q=criteria&\(contract)")
        #expect(notes.contains { $0["active"] == false } && notes.contains { $0["lastModified"] != $0["created"] })
        #expect((1..<40).contains(notes.count), "the private ones are not shown")
    }

    @Test func `the same seed makes the same, and a second time something else`() async throws {
        func world(_ seed: UInt64) async throws -> [JSONValue] {
            let world = try await stage(seed: seed)
            _ = try await world.customer()
            try await world.control("POST", "activity", Self.order)
            let first = try await world.control("GET", "inmails?limit=1000")
            try await world.control("POST", "activity", Self.order)
            return [first, try await world.control("GET", "inmails?limit=1000")]
        }
        let (one, again, other) = (try await world(1), try await world(1), try await world(2))
        #expect(one == again)
        #expect(one[0] != other[0])
        let threads = one[1]["threads"]?.array ?? []
        #expect(threads.count == 120)
        #expect(Set(threads.compactMap { $0["subject"]?.string }).count > 20)
    }

    @Test func `without members, or without a seat, there is nothing to invent`() async throws {
        let empty = try await TestSandbox()
        _ = try await empty.customer()
        #expect(try await empty.send("POST", "/_sandbox/activity", json: Self.order).status == 409)
        let world = try await stage()
        _ = try await world.customer()
        #expect(try await world.send("POST", "/_sandbox/activity", json: ["seats": 0]).status == 409)
    }
}
