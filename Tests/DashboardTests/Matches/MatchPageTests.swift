// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Testing
import Web

@testable import Dashboard

@Suite struct MatchPageTests {
    private func world() async throws -> (DashboardWorld, Customer) {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.candidates(customer, (1...4).map { "C-\($0)" })
        try await world.accept(
            customer, [(RecordKey(.candidate, id: "C-5"), ["firstName": "No", "lastName": "Address"])])
        try await world.settle(customer, .candidate)
        let (now, due) = (world.time.now(), world.time.now() + .seconds(86_400))
        try await world.store.write { tx in
            let polls = try tx.matchesDue(customer: customer.number, at: due, limit: 10)
            try tx.storeMatches(
                polls.map {
                    MatchReading($0, matched: $0.key.id == "C-1" ? ["urn:li:person:one"] : [], manual: nil, nextAt: due)
                }, customer: customer.number, at: now)
        }
        return (world, customer)
    }

    @Test func `the rate leads to those who are matched, and to the others with the likely reason`() async throws {
        let (world, _) = try await world()
        let page = try await world.get("/ui/customers/acme/matches", as: .viewer)
        #expect(page.has("<strong>20 %</strong>") && page.has("<strong>4</strong><span>Not matched</span>"))
        let matched = try await world.get("/ui/customers/acme/matches/matched", as: .viewer)
        #expect(matched.has("<bdi>C-1</bdi>") && matched.has("urn:li:person:one") && !matched.has("<bdi>C-2</bdi>"))
        let unmatched = try await world.get("/ui/customers/acme/matches/unmatched", as: .viewer)
        #expect(!unmatched.has("<bdi>C-1</bdi>") && unmatched.has("4 of 4 candidates"))
        #expect(unmatched.count(of: "No member uses this e-mail address") == 3)
        #expect(unmatched.count(of: "Neither an e-mail address nor a LinkedIn profile") == 1)
    }

    @Test func `the chart has a line once matches were read on two days`() async throws {
        let (world, customer) = try await world()
        #expect(!(try await world.get("/ui/customers/acme/matches").has("<svg viewBox")))
        let yesterday = world.time.now() - .seconds(86_400)
        try await world.store.write { try $0.storeMatches([], customer: customer.number, at: yesterday) }
        let page = try await world.get("/ui/customers/acme/matches")
        #expect(page.has("class=\"line\"") && page.has("aria-label=\"Share of candidates"))
    }

    @Test func `somebody links and unlinks a member, and the ATS and the audit learn of it`() async throws {
        let (world, customer) = try await world()
        let path = "/ui/customers/acme/matches/"
        let fields = [("candidate", "C-2"), ("person", "urn:li:person:two")]
        #expect(try await world.post(path + "link", fields, as: .viewer).status == 403)
        let linked = try await world.follow(path + "link", fields, as: .operator)
        #expect(linked.has("The two are linked.") && linked.has("<code>urn:li:person:two</code>"))
        let tie = try await world.store.read {
            try $0.candidate(ofPerson: "urn:li:person:two", customer: customer.number)
        }
        #expect(tie?.candidate == "C-2" && tie?.source == .ats)
        let unlinked = try await world.follow(path + "unlink", fields, as: .operator)
        #expect(unlinked.has("No member of LinkedIn is known") && unlinked.has("was undone"))
        #expect(try await world.post(path + "unlink", fields, as: .operator).status == 409)
        let name = world.auditName("C-2")
        #expect(!name.contains("C-2"))
        #expect(try await world.audited() == ["operator match.link \(name)", "operator match.unlink \(name)"])
        // The audit does not say who that is; whoever looks at the candidate finds the way to it.
        let about = "/ui/audit?" + FormFields([("subject", name)]).query()
        let record = "/ui/customers/acme/records/one?type=candidate&id=C-2"
        #expect(try await world.get(record, as: .operator).has("href=\"\(about)\""))
        #expect(!(try await world.get(record, as: .viewer).has("/ui/audit")))
        let audit = try await world.get(about, as: .operator)
        #expect(audit.has("match.link") && audit.has("match.unlink") && audit.has("2 entries on this page"))
        #expect(
            try await world.post(path + "link", [("candidate", "C-2"), ("person", "Ada")], as: .operator).status == 422)
        #expect(
            try await world.post(path + "link", [("candidate", "no"), ("person", "urn:li:person:x")], as: .operator)
                .status
                == 404)
    }

    @Test func `a suggestion is accepted or declined once`() async throws {
        let (world, customer) = try await world()
        try await world.store.write { tx in
            for candidate in ["C-3", "C-4"] {
                try tx.suggestTie(
                    person: "urn:li:person:\(candidate)", candidate: candidate, reasons: ["same name and company"],
                    customer: customer.number, at: Millis(5))
            }
        }
        let page = try await world.get("/ui/customers/acme/matches", as: .operator)
        #expect(page.count(of: ">Same person</button>") == 2 && page.has("same name and company"))
        #expect(try await world.get("/ui/customers/acme/matches", as: .viewer).count(of: ">Same person</button>") == 0)
        let path = "/ui/customers/acme/matches/"
        let one = [("candidate", "C-3"), ("person", "urn:li:person:C-3")]
        let other = [("candidate", "C-4"), ("person", "urn:li:person:C-4")]
        #expect(try await world.follow(path + "accept", one, as: .operator).has("Your answer is kept."))
        #expect(try await world.post(path + "accept", one, as: .operator).status == 409)
        #expect(try await world.post(path + "decline", other, as: .operator).status == 303)
        let left = try await world.get("/ui/customers/acme/matches", as: .operator)
        #expect(left.has("<strong>0</strong><span>Suggestions</span>"))
        let tied = try await world.store.read {
            tx in try ["C-3", "C-4"].map { try tx.persons(ofCandidate: $0, customer: customer.number).count }
        }
        #expect(tied == [1, 0])
    }
}
