// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Testing

@testable import Dashboard

/// People choose their names themselves: whoever stands on a page may try to be markup.
@Suite struct HostileNameTests {
    private static let name = "<script>alert('x')</script>\"'&{{csrf}} \u{202E}\u{5E9}"
    private static let person = "urn:li:person:a"

    /// Recruiters, authors, assignees, members and candidates who are called so.
    private static func world() async throws -> DashboardWorld {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer(name: name)
        let (start, name, person) = (DashboardWorld.start, name, person)
        try await world.accept(
            customer,
            [
                (RecordKey(.job, id: "J"), ["title": .string(name), "owner": .string(name)]),
                (RecordKey(.candidate, id: "C"), ["firstName": .string(name), "lastName": .string(name)]),
                (RecordKey(.candidateNote, parent: "C", id: "N"), ["author": .string(name), "note": .string(name)]),
                (
                    RecordKey(.application, id: "A"),
                    ["atsJobPostingId": "J", "atsCandidateId": "C", "owner": .string(name)]
                ),
                (RecordKey(.applicationNote, parent: "A", id: "N"), ["author": .string(name)]),
                (RecordKey(.stage, parent: "A", id: "S"), ["stageName": .string(name), "movedBy": .string(name)]),
                (RecordKey(.feedback, parent: "A", id: "F"), ["interviewer": .string(name)]),
            ])
        try await world.addExport(person: person, name: name, of: customer)
        try await world.store.write { tx in
            try tx.storeSeats(
                [
                    Seat(
                        number: 7, contract: 5000, person: person, firstName: name, lastName: name,
                        email: "r@example.org",
                        state: "ACTIVE", roles: [name], createdAt: nil),
                    Seat(
                        number: 8, contract: 5000, person: nil, firstName: name, lastName: name, email: name,
                        state: name, roles: [], createdAt: nil),
                ], contract: 5000, listedAt: start, customer: customer.number, at: start)
            _ = try tx.putUser(id: name, email: "r@example.org", name: name, customer: customer.number, at: start)
            _ = try tx.bind(name, to: person, source: .given, customer: customer.number, at: start)
            _ = try tx.accept(
                [
                    .put(
                        DesiredRecord(
                            key: RecordKey(.assignee, parent: "G", id: name), body: Array("{}".utf8),
                            hash: ContentHash(Array(repeating: 1, count: 16))))
                ], customer: customer.number, priority: .interactive, at: start)
            _ = try tx.addInMails(
                [
                    InMail(
                        id: "m-1", thread: "t", person: person, seat: 7, isFromMember: false, at: start, subject: name,
                        text: name),
                    InMail(
                        id: "m-2", thread: "t", person: person, seat: 8, isFromMember: true, at: start, subject: nil,
                        text: name),
                ], contract: 5000, customer: customer.number, at: start)
            _ = try tx.storeNotes(
                [
                    RecruiterNote(
                        id: "n-1", person: person, seat: 7, isActive: true, createdAt: start, modifiedAt: start,
                        text: name)
                ], contract: 5000, customer: customer.number, at: start)
            _ = try tx.storeProfiles(
                [
                    SharedProfile(
                        id: "s-1", person: person, seat: 7, at: start,
                        profile: JSONValue.object(["firstName": .string(name), "lastName": .string(name)]).bytes)
                ], contract: 5000, customer: customer.number, at: start)
            _ = try tx.suggestTie(
                person: person, candidate: "C", reasons: [name], customer: customer.number, at: start)
        }
        return world
    }

    @Test func `the name of a recruiter, an author or an assignee stays text on every page`() async throws {
        let world = try await Self.world()
        let base = "/ui/customers/acme"
        let records =
            ["job&id=J", "candidate&id=C", "application&id=A"]
            + [
                "candidateNote&parent=C&id=N", "applicationNote&parent=A&id=N", "stage&parent=A&id=S",
                "feedback&parent=A&id=F",
            ]
            + ["assignee&parent=G&id=" + Self.person]
        let pages =
            ["/ui", "/ui/audit", "/ui/system"]
            + ["", "/sync", "/records", "/records?type=assignee", "/rejected", "/matches", "/matches/unmatched"].map {
                base + $0
            }
            + records.map { base + "/records/one?type=" + $0 }
            + [
                "", "/threads", "/threads/t", "/notes", "/profiles", "/recruiters", "/recruiters?show=all",
                "/exports/r-1",
            ]
            .map { base + "/inbox" + $0 }
            + ["", "/one/1", "/pushes"].map { base + "/events" + $0 }
            + ["/privacy", "/privacy/erase?whom=C", "/settings", "/keys", "/disconnect"].map { base + $0 }
        var named = 0
        for path in pages {
            let page = try await world.get(path)
            #expect(page.status == 200, "\(path)")
            #expect(!Hostile.isLoose(in: page), "\(path)")
            if page.has("&lt;script&gt;alert") { named += 1 }
        }
        // Most of them do show one: the pages are not safe by being empty.
        #expect(named > 20)
        let live = try await world.get(base + "/inbox/recruiters?show=all")
        #expect(live.has("&lt;script&gt;alert"))
    }
}
