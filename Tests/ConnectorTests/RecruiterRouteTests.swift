// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store
import Testing

@Suite struct RecruiterRouteTests {
    let connector: TestConnector
    let key: String
    static let (ada, bob) = ("urn:li:person:ada", "urn:li:person:bob")

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
        let now = connector.time.now()
        try await connector.store.write { tx in
            let customer = try tx.customers()[0].number
            try tx.putUser(id: "U-1", email: "rita@acme.example", name: "Rita", customer: customer, at: now)
            try tx.storeSeats(
                [Self.seat(7, "RITA@acme.example"), Self.seat(8, "sam@acme.example")], contract: 5000, listedAt: now,
                customer: customer, at: now)
            let messages = [
                Self.message("m2", thread: "t1", Self.ada, "Yes", at: 2),
                Self.message("m1", thread: "t1", Self.ada, at: 1),
                Self.message("m3", thread: "t2", Self.bob, at: 3), Self.message("m4", thread: "t3", Self.ada, at: 4),
            ]
            #expect(try tx.addInMails(messages, contract: 5000, customer: customer, at: now).count == 4)
            _ = try tx.storeNotes(
                [
                    RecruiterNote(
                        id: "n1", person: Self.ada, seat: 7, isActive: true, createdAt: now, modifiedAt: now,
                        text: "Strong")
                ], contract: 5000, customer: customer, at: now)
            _ = try tx.storeProfiles(
                [
                    SharedProfile(
                        id: "9", person: Self.ada, seat: 7, at: now,
                        profile: Array(#"{"email":"ada@mail.example"}"#.utf8))
                ], contract: 5000, customer: customer, at: now)
            _ = try tx.addClosures(
                [ClosedAccount(person: Self.bob, closedAt: now)], customer: customer, at: now)
            try tx.tie(person: Self.ada, to: "C 1/7", how: .ats, customer: customer, at: now)
        }
    }

    private static func seat(_ number: Int64, _ email: String) -> Seat {
        Seat(
            number: number, contract: 5000, person: nil, firstName: "R", lastName: "M", email: email, state: "ACTIVE",
            roles: ["ADMIN_SEAT"], createdAt: nil)
    }

    private static func message(_ id: String, thread: String, _ person: String, _ text: String = "Dear", at: Int64)
        -> InMail
    {
        InMail(
            id: id, thread: thread, person: person, seat: 7, isFromMember: at == 2, at: Millis(at), subject: "Role",
            text: text)
    }

    @Test func `a candidate's InMails are whole conversations in order, page by page`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let path = "/api/v1/candidates/C%201%2F7/inmails"
            let first = try await ats.get(path + "?limit=1").json
            #expect(first["items"]?.array?.count == 1 && first["next"] == "t1")
            let thread = try #require(first["items"]?[0])
            #expect(thread["candidateId"] == "C 1/7" && thread["person"]?.string == Self.ada)
            #expect(thread["messages"]?.array?.compactMap { $0["id"]?.string } == ["m1", "m2"])
            #expect(
                thread["messages"]?[1] == [
                    "id": "m2", "from": "member", "seat": 7, "userId": "U-1", "at": "1970-01-01T00:00:00.002Z",
                    "subject": "Role", "text": "Yes",
                ])
            let rest = try await ats.get(path + "?after=t1").json
            #expect(rest["items"]?.array?.compactMap { $0["thread"]?.string } == ["t3"] && rest["next"] == .null)
            #expect(try await ats.get("/api/v1/candidates/nobody/inmails").json == ["items": [], "next": .null])
        }
    }

    @Test func `InMails can be asked for by person, tied or not`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let bob = try await ats.get("/api/v1/inmails?person=urn:li:person:bob").json["items"]
            #expect(bob?.array?.count == 1 && bob?[0]?["candidateId"] == .null)
            #expect(try await ats.get("/api/v1/inmails").json["items"]?.array?.count == 3)
        }
    }

    @Test func `LinkedIn's notes of a candidate are no record of the ATS`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let notes = try await ats.get("/api/v1/candidates/C%201%2F7/notes/linkedin").json["items"]
            #expect(notes?.array?.count == 1 && notes?[0]?["text"] == "Strong" && notes?[0]?["userId"] == "U-1")
            let own = try await ats.put(
                "/api/v1/candidates/C1/notes/linkedin",
                #"{"text":"t","author":{"firstName":"A","lastName":"B"},"createdAt":"2026-01-01"}"#)
            #expect(own.status == 201)
        }
    }

    @Test func `seats show their users, and those without one can be listed`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let all = try await ats.get("/api/v1/seats?limit=1").json
            #expect(all["items"]?[0]?["userId"] == "U-1" && all["items"]?[0]?["matchedBy"] == "email")
            #expect(all["next"] == 7)
            let unmatched = try await ats.get("/api/v1/seats?unmatched=true").json
            #expect(unmatched["items"]?.array?.compactMap { $0["seat"]?.int } == [8] && unmatched["next"] == .null)
            #expect(try await ats.get("/api/v1/seats?unmatched=perhaps").status == 400)
        }
    }

    @Test func `shared profiles and closed accounts say whom they are about`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let shared = try await ats.get("/api/v1/stub-profiles").json["items"]?[0]
            #expect(shared?["profile"] == ["email": "ada@mail.example"] && shared?["candidateId"] == "C 1/7")
            let closed = try await ats.get("/api/v1/closed-profiles").json["items"]?[0]
            #expect(closed?["person"]?.string == Self.bob && closed?["candidateId"] == .null)
            #expect(try await ats.get("/api/v1/closed-profiles?limit=0").status == 400)
        }
    }

    @Test func `a customer sees nothing of another one's recruiters`() async throws {
        let other = try await connector.addCustomer("other")
        try await connector.run { test async throws in
            let ats = Client(test, key: other)
            for path in ["inmails", "stub-profiles", "seats", "closed-profiles", "candidates/C%201%2F7/inmails"] {
                #expect(try await ats.get("/api/v1/" + path).json["items"] == [])
            }
        }
    }
}
