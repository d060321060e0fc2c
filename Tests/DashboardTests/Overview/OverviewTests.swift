// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Testing
import Web

@testable import Dashboard

@Suite struct OverviewTests {
    /// Sets how many records of a customer stand where.
    private func put(_ world: DashboardWorld, _ customer: Customer, rejected: Int = 0, accepted: Int = 0, due: Int = 0)
        async throws
    {
        let (number, now) = (customer.number, world.time.now())
        try await world.store.write { tx in
            let total = rejected + accepted + due
            guard total > 0 else { return }
            let changes = (0..<total).map { SampleRecord.candidate("C-\($0)") }
            _ = try tx.accept(changes, customer: number, priority: .backfill, at: now)
            let claimed = try tx.claimDue(
                customer: number, kind: .candidate, deletions: false, limit: rejected + accepted, at: now)
            let outcomes = claimed.enumerated().map { index, record in
                Outcome(record, index < rejected ? .rejected(Reason(.refused, "too odd")) : .accepted)
            }
            try tx.settle(outcomes, customer: number, kind: .candidate, at: now)
            var count = HistoryCount()
            for outcome in outcomes { count.count(outcome, at: now + .seconds(2)) }
            try tx.addHistory(count, kind: .candidate, customer: number, at: now)
        }
    }

    @Test func `without customers it says what to do, to whoever may do it`() async throws {
        let world = try await DashboardWorld()
        #expect(try await world.get("/ui").has("/ui/customers/new"))
        let viewer = try await world.get("/ui", as: .viewer)
        #expect(viewer.has("No customer yet") && !viewer.has("/ui/customers/new"))
    }

    @Test func `trouble comes first, in a sentence with the place where it is mended`() async throws {
        let world = try await DashboardWorld()
        for id in ["a-well", "b-paused", "c-refused"] {
            let customer = try await world.addCustomer(id, name: id)
            try await world.store.write { tx in
                _ = try tx.setStatus(customer: customer.number, .enabled)
                if id == "b-paused" { _ = try tx.setPaused(true, customer: customer.number, at: DashboardWorld.start) }
            }
            try await put(world, customer, rejected: id == "c-refused" ? 2 : 0, accepted: 3)
        }
        let page = try await world.get("/ui", as: .viewer)
        let places = try ["c-refused", "b-paused", "a-well"].map { id in
            try #require(page.text.firstRange(of: "href=\"/ui/customers/\(id)\"")).lowerBound
        }
        #expect(places == places.sorted())
        #expect(
            page.has("2 records were refused by LinkedIn. <a href=\"/ui/customers/c-refused/rejected\">See why</a>"))
        #expect(page.has("Sending is paused since"))
        #expect(page.has("All is well."))
        #expect(page.has("<a href=\"/ui/customers/a-well/sync\">"))
        #expect(page.has("data-live=\"/ui/live\""))
    }

    @Test func `two hundred customers are paged by key, each once, in every filter`() async throws {
        let world = try await DashboardWorld()
        for number in 1...130 {
            let customer = try await world.addCustomer("c\(number)", name: "Customer \(number)")
            if number % 10 == 0 { try await put(world, customer, due: 1) }
        }
        let cases: [(String, Int)] = [("", 130), ("show=due", 13), ("q=customer+13", 2), ("show=onboarding", 130)]
        for (query, expected) in cases {
            var seen: [String] = []
            var path: String? = "/ui?\(query)"
            while let next = path {
                let page = try await world.get(next)
                seen += page.text.matches(of: /href="\/ui\/customers\/(c\d+)"><bdi>/).map { String($0.output.1) }
                let link = page.text.firstMatch(of: /href="(\/ui\?[^"]+)">Next page/)?.output.1
                path = link.map { String($0).replacing("&amp;", with: "&") }
                #expect(seen.count <= 200)
                if seen.count > 200 { break }
            }
            #expect(seen.count == expected && Set(seen).count == expected, "\(query)")
        }
    }

    @Test func `a search that finds nothing says so and leads back`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let page = try await world.get("/ui?q=%3Cscript%3E")
        #expect(page.has("No customer fits") && page.has("value=\"&lt;script&gt;\""))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", String(repeating: "Ä", count: 5_000),
        "שלום ‮gnp.exe", "{{csrf}}",
    ])
    func `whatever a customer is called stays text on every page`(name: String) async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer("acme", name: name)
        let escaped = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
        for path in ["/ui", "", "/sync", "/settings", "/keys", "/disconnect"] {
            let page = try await world.get(path == "/ui" ? path : "/ui/customers/acme" + path)
            #expect(page.status == 200)
            #expect(page.has(escaped), "\(path)")
            #expect(!page.has("<script>alert") && !page.has("<img src=x"))
        }
    }

    @Test func `the first page and the customer's own say the same of it`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.store.write { _ = try $0.setStatus(customer: customer.number, .enabled) }
        try await put(world, customer, due: 1)
        world.time.advance(to: DashboardWorld.start + .seconds(3_600))
        let late = "The oldest change waits since \(Wording.time(DashboardWorld.start.value)) UTC."
        #expect(try await world.get("/ui").has(late))
        #expect(try await world.get("/ui/customers/acme").has(late))
        // The documented quota is used up, which is nothing to a connector that keeps none.
        let (number, now) = (customer.number, world.time.now())
        let quota = EndpointGroup.candidates.quota
        try await world.store.write {
            try $0.reserve(
                customer: number, group: EndpointGroup.candidates.rawValue, records: quota.recordsPerDay ?? 0,
                requests: quota.requestsPerDay ?? 0, at: now)
        }
        for path in ["/ui", "/ui/customers/acme"] {
            #expect(try await world.get(path).has("Today&#39;s quota for candidates is used up"), "\(path)")
        }
        var parts = Dashboard.Parts(store: world.store, time: world.time)
        parts.quotas = .off
        let line = try await OverviewList.read(parts, FormFields(), limit: 50).shown.customers[0]
        #expect(line.trouble == late && line.budget == "100 %")
    }

    @Test func `freshness is said of the last hours, and nothing when nothing went`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await put(world, customer, accepted: 40)
        let parts = Dashboard.Parts(store: world.store, time: world.time)
        let list = try await OverviewList.read(parts, FormFields(), limit: 50)
        #expect(list.shown.customers[0].lag == "2 s · 2 s")
        world.time.advance(to: DashboardWorld.start + .seconds(3 * 3_600))
        #expect(try await OverviewList.read(parts, FormFields(), limit: 50).shown.customers[0].lag == "–")
    }

    @Test func `a quota that is used up is said, and when it goes on`() {
        let customer = Customer(
            number: 1, id: CustomerID("acme")!, name: "Acme", organization: 1, contracts: [], foreignID: "acme",
            linkedInURL: "", clientID: "c", clientSecret: SealedSecret([]), applicationURN: nil, status: .enabled,
            createdAt: Millis(0), settings: CustomerSettings())
        var tally = Tally()
        tally.due = 5
        let glance = Glance(
            customer: customer, tallies: [.candidate: tally], lags: LagHistogram(), oldestDue: Millis(0), ending: .no)
        let spent = Trouble.of(glance, spent: [.candidates], at: Millis(10_000_000))
        #expect(spent.rank == .warn && spent.sentence.contains("candidates is used up"))
        let late = Trouble.of(glance, at: Millis(10_000_000))
        #expect(late.rank == .warn && late.sentence.contains("The oldest change waits since"))
        #expect(Trouble.of(glance, at: Millis(1_000)).rank == .well)
    }
}

enum SampleRecord {
    static func candidate(_ id: String) -> Change {
        let body = Array(#"{"firstName":"Ada"}"#.utf8)
        return .put(
            DesiredRecord(
                key: RecordKey(.candidate, id: id), body: body,
                hash: ContentHash(Array(id.utf8.prefix(16)) + Array(repeating: 0, count: max(0, 16 - id.utf8.count)))))
    }
}
