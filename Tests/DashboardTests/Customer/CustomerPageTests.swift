// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import LinkedIn
import Store
import Synchronization
import Testing
import Web

@testable import Dashboard

@Suite struct CustomerPageTests {
    private func steps(
        _ status: IntegrationState, shown: Bool = false, finished: Bool = false, names: [String] = [],
        desired: Int = 0, observed: Int = 0
    ) -> [String] {
        let customer = Customer(
            number: 1, id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: [5000], foreignID: "acme",
            linkedInURL: "", clientID: "c", clientSecret: SealedSecret([]), applicationURN: nil, status: status,
            createdAt: Millis(0), settings: CustomerSettings())
        var tally = Tally()
        (tally.desired, tally.observed) = (desired, observed)
        let integrations = names.map {
            CustomerIntegration(type: "T", context: "c", name: $0, status: "REQUESTED", changedAt: Millis(0))
        }
        return OnboardingSteps(
            customer, OnboardingMarks(shownAt: shown ? Millis(1) : nil, finishedAt: finished ? Millis(2) : nil),
            integrations, tally, isSandbox: true, mayAct: true, now: Millis(3)
        ).steps.map(\.state)
    }

    @Test func `onboarding stands where the world is, whatever was done elsewhere`() {
        #expect(steps(.pending) == ["done", "current", "", "", "", "", ""])
        #expect(steps(.pending, shown: true) == ["done", "done", "current", "", "", "", ""])
        // Asked for in the ATS's own page: the plugin was shown there.
        #expect(steps(.requested, names: ["", ""]) == ["done", "done", "done", "current", "", "", ""])
        #expect(steps(.requested, names: ["A", "B"]) == ["done", "done", "done", "done", "current", "", ""])
        #expect(steps(.enabled, desired: 9, observed: 3) == ["done", "done", "done", "done", "done", "current", ""])
        #expect(steps(.disabled, finished: true, names: ["A"])[4] == "current")
        #expect(steps(.enabled, finished: true).allSatisfy { $0 == "done" })
    }

    @Test func `the page leads through onboarding and shows the callback's address`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let page = try await world.get("/ui/customers/acme", as: .operator)
        #expect(page.has("form=\"show-plugin\"") && page.has("<li class=\"current\">"))
        #expect(page.has("http://127.0.0.1:8080/callbacks/linkedin/acme"))
        #expect(page.has("urn:li:contract:5000"))
        let viewer = try await world.get("/ui/customers/acme", as: .viewer)
        #expect(!viewer.has("<button class=\"main\" form=") && !viewer.has("Add a contract"))
    }

    @Test func `the first time that everything is at LinkedIn is kept`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let now = world.time.now()
        try await world.store.write { tx in
            _ = try tx.setStatus(customer: customer.number, .enabled)
            _ = try tx.accept([SampleRecord.candidate("C-1")], customer: customer.number, priority: .backfill, at: now)
        }
        #expect(try await world.get("/ui/customers/acme").has("<section class=\"card\"><h2>Onboarding</h2>"))
        try await world.store.write { tx in
            let due = try tx.claimDue(
                customer: customer.number, kind: .candidate, deletions: false, limit: 9, at: now)
            try tx.settle(due.map { Outcome($0, .accepted) }, customer: customer.number, kind: .candidate, at: now)
        }
        #expect(try await world.get("/ui/customers/acme").has("Onboarding, all done"))
        _ = try await world.store.write {
            try $0.accept([SampleRecord.candidate("C-2")], customer: customer.number, priority: .backfill, at: now)
        }
        #expect(try await world.get("/ui/customers/acme").has("Onboarding, all done"))
    }

    @Test func `contracts come and go, noted in the audit`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        #expect(
            try await world.post("/ui/customers/acme/contracts", [("contract", "urn:li:contract:7001")]).status == 303)
        #expect(try await world.get("/ui/customers/acme").has("urn:li:contract:7001"))
        #expect(try await world.post("/ui/customers/acme/contracts", [("contract", "seven")]).status == 422)
        _ = try await world.post("/ui/customers/acme/contracts/5000/remove")
        #expect(try await !world.get("/ui/customers/acme").has("urn:li:contract:5000"))
        let audit = try await world.store.read { try $0.auditEntries(limit: 10) }
        #expect(audit.map(\.action) == ["contract.remove", "contract.add"])
        #expect(audit.allSatisfy { $0.customer == "acme" && $0.actor == "admin" })
        #expect(try await world.post("/ui/customers/acme/contracts", [("contract", "1")], as: .viewer).status == 403)
    }

    @Test func `a customer that does not exist is a page that says so`() async throws {
        let world = try await DashboardWorld()
        for path in ["", "/sync", "/settings", "/keys", "/plugin", "/disconnect"] {
            let page = try await world.get("/ui/customers/nobody" + path)
            #expect(page.status == 404 && page.has("There is no such customer"), "\(path)")
        }
    }
}

@Suite struct PluginTests {
    private final class Allowed: Sendable {
        let origins = Mutex<[[String]]>([])
    }

    private func world(_ allowed: Allowed = Allowed(), publicURL: String = "http://127.0.0.1:8080") async throws
        -> DashboardWorld
    {
        try await DashboardWorld(publicURL: publicURL) { parts in
            parts.onboarder.allowPlugin = { _, origins in allowed.origins.withLock { $0.append(origins) } }
        }
    }

    @Test func `showing the plugin tells LinkedIn the page's origin first, and is kept`() async throws {
        let allowed = Allowed()
        let world = try await world(allowed, publicURL: "https://sync.example.com/crosswalk")
        let customer = try await world.addCustomer()
        let answer = try await world.post(
            "/ui/customers/acme/plugin", as: .operator, headers: [.origin: "http://localhost"])
        #expect(answer.location == "/ui/customers/acme/plugin")
        #expect(allowed.origins.withLock { $0 } == [["https://sync.example.com", "http://localhost"]])
        #expect(try await world.store.read { try $0.onboarding(customer: customer.number).shownAt } != nil)
    }

    @Test func `an origin elsewhere is not told to LinkedIn`() async throws {
        let allowed = Allowed()
        let world = try await world(allowed)
        try await world.addCustomer()
        let answer = try await world.post(
            "/ui/customers/acme/plugin", as: .operator, headers: [.origin: "https://evil.example"])
        #expect(answer.status == 403)
        _ = try await world.post("/ui/customers/acme/plugin", as: .operator)
        #expect(allowed.origins.withLock { $0 } == [["http://127.0.0.1:8080"]])
    }

    @Test func `the plugin is embedded as LinkedIn documents it, and the page allows that host alone`() async throws {
        let world = try await world()
        try await world.addCustomer()
        let page = try await world.get("/ui/customers/acme/plugin", as: .operator)
        #expect(page.has(#"<script type="text/javascript" src="http://127.0.0.1:1/xdoor/scripts/in.js">"#))
        #expect(
            page.has(
                "\napi_key: c\nextensions: ATSIntegrationWidget@http://127.0.0.1:1/rsc/extensions/onboarding-widget\n"))
        #expect(
            page.has(#"<script type="IN/ATSIntegrationWidget""#) && page.has(#"data-onintegrate="crosswalkIntegrated""#)
        )
        let policy = page.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("script-src 'self' http://127.0.0.1:1;"))
        #expect(policy.contains("frame-src 'self' http://127.0.0.1:1;"))
        let script = try #require(page.text.firstMatch(of: /<script src="([^"]+\/plugin\.js)">/)?.output.1)
        let asset = try await world.get(String(script), as: nil)
        #expect(asset.status == 200 && asset.has("crosswalkIntegrated"))
    }

    @Test func `LinkedIn's own address means its platform host`() {
        let customer = Customer(
            number: 1, id: CustomerID("acme")!, name: "Acme", organization: 1, contracts: [], foreignID: "acme",
            linkedInURL: "https://api.linkedin.com", clientID: "c", clientSecret: SealedSecret([]), applicationURN: nil,
            status: .pending, createdAt: Millis(0), settings: CustomerSettings())
        let page = PluginPage(customer, address: customer.linkedInURL)
        #expect(page.loader == "https://platform.linkedin.com/xdoor/scripts/in.js")
        #expect(page.extensionURL == "https://platform.linkedin.com/rsc/extensions/onboarding-widget")
    }

    private static let confirmed = """
        [{"integrationContext":"urn:li:organization:1000","integrationType":"ONE_CLICK_EXPORT","tenantType":"RECRUITER",
        "onboardingStatus":"REQUESTED"},{"integrationContext":"urn:li:contract:6001","integrationType":"CSA_API"}]
        """

    @Test func `what the plugin confirms brings its contracts, wakes the engine, and does no harm twice`() async throws
    {
        let asked = Mutex(0)
        let world = try await DashboardWorld { parts in
            parts.signal.integrationAsked = { _ in asked.withLock { $0 += 1 } }
        }
        let customer = try await world.addCustomer()
        for _ in 0..<2 {
            let page = try await world.follow(
                "/ui/customers/acme/integrated", [("integrations", Self.confirmed)], as: .operator)
            #expect(page.status == 200 && page.has("LinkedIn is asked now"))
        }
        let contracts = try await world.store.read { try $0.customer(number: customer.number)?.contracts }
        #expect(contracts == [5000, 6001])
        #expect(asked.withLock { $0 } == 2)
    }

    @Test func `another company than the customer's is refused`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let other = Self.confirmed.replacing("organization:1000", with: "organization:2000")
        let answer = try await world.post("/ui/customers/acme/integrated", [("integrations", other)], as: .operator)
        #expect(answer.status == 409 && answer.has("organization 2000"))
    }

    @Test(arguments: [
        "", "null", "{}", "[1,\"x\",{}]", "<script>", "[{\"integrationContext\":\"urn:li:contract:-1\"}]",
    ])
    func `an answer that is no list of integrations only asks LinkedIn`(text: String) async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let answer = try await world.post("/ui/customers/acme/integrated", [("integrations", text)], as: .operator)
        #expect(answer.status == 303)
        #expect(PluginAnswer(text) == PluginAnswer(""))
    }

    @Test func `a refusal of LinkedIn's is shown with its reason`() async throws {
        let world = try await DashboardWorld { parts in
            parts.onboarder.allowPlugin = { _, _ in throw Onboarder.Refusal("the partner's secret is wrong") }
        }
        try await world.addCustomer()
        let answer = try await world.post("/ui/customers/acme/plugin", as: .operator)
        #expect(answer.status == 502 && answer.has("the partner&#39;s secret is wrong"))
    }
}
