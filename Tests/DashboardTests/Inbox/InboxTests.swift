// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Testing

@testable import Dashboard

/// What recruiters did, as pages show it.
@Suite struct InboxTests {
    private let person = "urn:li:person:a"

    @Test func `an export is listed with its state, and every field of it is escaped`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.addExport(of: customer)
        let list = try await world.get("/ui/customers/acme/inbox", as: .viewer)
        #expect(list.has("Ada Byron") && list.has("waiting for the ATS") && list.has("(1 open)"))
        #expect(!Hostile.isLoose(in: list))
        let page = try await world.get("/ui/customers/acme/inbox/exports/r-1", as: .viewer)
        #expect(page.status == 200 && !Hostile.isLoose(in: page))
        #expect(!page.has("href=\"javascript:"), "an address that is none of the web is no link")
        #expect(!page.has("action=\"/ui/customers/acme/inbox/exports/r-1/tie\""), "a viewer ties nothing")
        #expect(page.has("Kept until the account is closed"))
    }

    @Test func `a tie is the ATS's word, can be undone, and both are in the audit`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.addExport(of: customer)
        let path = "/ui/customers/acme/inbox/exports/r-1"
        let tied = try await world.follow(
            path + "/tie", [("candidate", " C-1 "), ("application", "A-1")], as: .operator)
        #expect(tied.has("records/candidate/C-1") && tied.has("Undo the tie"))
        let tie = try await world.store.read { try $0.candidate(ofPerson: person, customer: customer.number) }
        #expect(tie?.candidate == "C-1" && tie?.source == .ats)
        #expect(world.woken.records == 1)
        let undone = try await world.follow(path + "/untie", as: .operator)
        #expect(undone.has("waiting for the ATS"))
        #expect(try await world.store.read { try $0.candidate(ofPerson: person, customer: customer.number) } == nil)
        let audit = try await world.store.read { try $0.auditEntries(limit: 10) }
        #expect(audit.map(\.action).sorted() == ["export.tie", "export.untie"])
        #expect(audit.allSatisfy { !$0.subject.contains("C-1") && !$0.subject.contains("Ada") })
    }

    @Test func `a suggestion is taken or declined on the export's page`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.addExport(of: customer)
        try await world.store.write { tx in
            _ = try tx.suggestTie(
                person: person, candidate: "C-9", reasons: ["the same name and the same company"],
                customer: customer.number, at: DashboardWorld.start)
        }
        let path = "/ui/customers/acme/inbox/exports/r-1"
        #expect(try await world.get(path, as: .operator).has("the same name and the same company"))
        let declined = try await world.follow(path + "/decline", [("candidate", "C-9")], as: .operator)
        #expect(!declined.has("the same name"))
        #expect(try await world.post(path + "/decline", [("candidate", "C-9")], as: .operator).status == 404)
    }

    @Test func `a conversation shows both sides in its order, and a later tie shows at once`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.addExport(of: customer)
        let start = DashboardWorld.start
        try await world.store.write { tx in
            _ = try tx.addInMails(
                [
                    InMail(
                        id: "m-2", thread: "t/1", person: person, seat: 7, isFromMember: true, at: start + .seconds(60),
                        subject: nil, text: Hostile.text),
                    InMail(
                        id: "m-1", thread: "t/1", person: person, seat: 7, isFromMember: false, at: start,
                        subject: "A role", text: "Hello"),
                ], contract: 5000, customer: customer.number, at: start)
        }
        let list = try await world.get("/ui/customers/acme/inbox/threads", as: .viewer)
        #expect(list.has("2 messages") && list.has("threads/t%2F1") && !Hostile.isLoose(in: list))
        let page = try await world.get("/ui/customers/acme/inbox/threads/t%2F1", as: .viewer)
        let hello = try #require(page.text.firstRange(of: "Hello")),
            answer = try #require(page.text.firstRange(of: "مرحبا"))
        #expect(hello.lowerBound < answer.lowerBound)
        #expect(!Hostile.isLoose(in: page) && page.has("dir=\"auto\"") && page.has("Not tied to a candidate"))
        #expect(page.count(of: "A role") == 2, "once above, once at the message that has it")
        try await world.store.write {
            _ = try $0.tie(person: person, to: "C-1", how: .ats, customer: customer.number, at: start)
        }
        #expect(try await world.get("/ui/customers/acme/inbox/threads/t%2F1", as: .viewer).has("Candidate C-1"))
    }

    @Test func `notes, shared profiles and seats without a user are shown with their origin`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let start = DashboardWorld.start
        let profile: JSONValue = ["firstName": "Ada", "email": "ada@example.org", "phone": .string(Hostile.text)]
        try await world.store.write { tx in
            _ = try tx.storeNotes(
                [
                    RecruiterNote(
                        id: "n-1", person: person, seat: 7, isActive: true, createdAt: start, modifiedAt: start,
                        text: Hostile.text)
                ], contract: 5000, customer: customer.number, at: start)
            _ = try tx.storeProfiles(
                [SharedProfile(id: "s-1", person: person, seat: 7, at: start, profile: profile.bytes)], contract: 5000,
                customer: customer.number, at: start)
            try tx.storeSeats(
                [
                    Seat(
                        number: 7, contract: 5000, person: nil, firstName: Hostile.text, lastName: "R",
                        email: "r@example.org", state: "ACTIVE", roles: [], createdAt: nil)
                ], contract: 5000, listedAt: start, customer: customer.number, at: start)
            try tx.setRetentionPolicy(RetentionPolicy(days: [.notes: 30]), customer: customer.number)
        }
        for page in ["notes", "profiles", "recruiters"] {
            let answer = try await world.get("/ui/customers/acme/inbox/\(page)", as: .viewer)
            #expect(answer.status == 200 && !Hostile.isLoose(in: answer), "\(page)")
        }
        #expect(try await world.get("/ui/customers/acme/inbox/notes").has("Kept until 2026-03-31"))
        #expect(try await world.get("/ui/customers/acme/inbox/profiles").has("ada@example.org"))
        #expect(try await world.get("/ui/customers/acme/inbox/recruiters").has("r@example.org"))
        try await world.store.write { tx in
            _ = try tx.putUser(id: "u-1", email: "R@example.org", name: "Rita", customer: customer.number, at: start)
        }
        #expect(try await world.get("/ui/customers/acme/inbox/recruiters").has("Every recruiter is known"))
        #expect(try await world.get("/ui/customers/acme/inbox/recruiters?show=all").has("Rita (u-1)"))
    }

    @Test func `exports are read page by page, by key, until all were seen once`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.store.write { tx in
            for number in 1...120 {
                // Three at each moment: the key decides between equal times.
                _ = try tx.storeExport(
                    CandidateExport(
                        request: "r-\(number)", person: "urn:li:person:p\(number)", job: nil, profile: nil,
                        at: DashboardWorld.start + .seconds(number / 3)), customer: customer.number)
            }
        }
        var seen: [Substring] = []
        var path: String? = "/ui/customers/acme/inbox"
        while let next = path {
            let page = try await world.get(next, as: .viewer)
            seen += page.text.matches(of: /exports\/(r-[0-9]+)"/).map(\.output.1)
            path = page.text.firstMatch(of: /href="([^"]+)">Next page/).map {
                String($0.output.1).replacing("&amp;", with: "&")
            }
        }
        #expect(seen.count == 120 && Set(seen).count == 120)
    }
}
