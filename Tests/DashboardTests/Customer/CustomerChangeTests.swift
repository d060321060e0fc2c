// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Synchronization
import Testing
import Web

@testable import Dashboard

/// What changes a customer: adding, keys, settings, the end.
@Suite struct CustomerChangeTests {
    @Test func `a customer is added as the command adds it, and its key is shown once`() async throws {
        let drafts = Mutex<[Onboarder.Draft]>([])
        let world = try await DashboardWorld { parts in
            let store = parts.store
            parts.onboarder.add = { draft, note in
                drafts.withLock { $0.append(draft) }
                let sealed = try store.vault.seal("s", for: Customer.secretPurpose(draft.id))
                try await store.write { tx in
                    let customer = try tx.addCustomer(
                        NewCustomer(
                            id: draft.id, name: draft.name, organization: draft.organization,
                            contracts: draft.contracts, linkedInURL: "http://127.0.0.1:1", clientID: "c",
                            clientSecret: sealed, settings: draft.settings), at: Millis(0))
                    try note(tx, customer)
                }
                return Onboarder.Added(id: draft.id, apiKey: "cwk_once", isNew: true, isRedirectAllowed: true)
            }
        }
        let page = try await world.post(
            "/ui/customers/new",
            [
                ("id", "acme"), ("name", "Acme"), ("organization", "urn:li:organization:1000"),
                ("contracts", "5000, 5001"), ("profileURL", "https://ats.example.com/c/{id}"), ("visibility", "acl"),
            ])
        #expect(page.status == 200 && page.has("cwk_once"))
        let draft = try #require(drafts.withLock { $0.first })
        #expect(draft.organization == 1000 && draft.contracts == [5000, 5001])
        #expect(draft.settings.visibility == .acl && !draft.settings.publishesJobs && draft.credentials == nil)
        #expect(try await world.store.read { try $0.auditEntries(limit: 1).first?.action } == "customer.add")
        #expect(try await !world.get("/ui/customers/acme/keys").has("cwk_once"))
        #expect(try await world.post("/ui/customers/new", as: .operator).status == 403)
    }

    @Test func `every wrong field of a new customer is told at once, and nothing typed is lost`() async throws {
        let world = try await DashboardWorld()
        let page = try await world.post(
            "/ui/customers/new",
            [
                ("id", "Ac me"), ("name", "LinkedIn <b>"), ("organization", "-4"), ("contracts", "5,x"),
                ("client", "only-this"), ("profileURL", "https://ats.example.com/"), ("publishes", "yes"),
            ])
        #expect(page.status == 422)
        #expect(page.count(of: "class=\"error\"") == 6)
        #expect(page.has("value=\"LinkedIn &lt;b&gt;\"") && page.has("value=\"5,x\""))
        #expect(page.has("name=\"publishes\" value=\"yes\" checked"))
    }

    @Test func `a key is made, shown once and withdrawn`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let made = try await world.post("/ui/customers/acme/keys", [("label", "<i>night</i>")])
        let key = try #require(made.between("<code id=\"key\">", "</code>"))
        #expect(try await world.store.read { try $0.customer(forKeyHash: APIKey.hash(key))?.id.text } == "acme")
        let list = try await world.get("/ui/customers/acme/keys")
        #expect(!list.has(key) && list.has("&lt;i&gt;night"))
        let fingerprint = try #require(
            try await world.store.read { try $0.apiKeys(customer: customer.number).first?.fingerprint })
        #expect(try await world.post("/ui/customers/acme/keys/\(fingerprint)/revoke").status == 303)
        #expect(try await world.store.read { try $0.customer(forKeyHash: APIKey.hash(key)) } == nil)
        #expect(try await world.post("/ui/customers/acme/keys/\(fingerprint)/revoke").status == 404)
        for role in [Role.viewer, .operator] {
            #expect(try await world.get("/ui/customers/acme/keys", as: role).status == 403)
        }
    }

    @Test func `a rotated secret is sealed, and the one before counts for a day`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        #expect(try await world.post("/ui/customers/acme/secret", [("secret", "")]).status == 422)
        let page = try await world.follow("/ui/customers/acme/secret", [("secret", "rsc-sim-child-secret-02")])
        #expect(page.has("Calls use the new secret") && page.has("still counts for notifications until"))
        #expect(!page.has("rsc-sim-child-secret-02"))
        let stored = try #require(try await world.store.read { try $0.customer(number: customer.number) })
        #expect(
            try world.store.vault.open(stored.clientSecret, for: Customer.secretPurpose(customer.id))
                == "rsc-sim-child-secret-02")
    }

    @Test func `settings are saved, and the second of two who edit is told`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let form = try await world.get("/ui/customers/acme/settings", as: .operator)
        let revision = try #require(form.between("name=\"revision\" value=\"", "\""))
        func save(_ url: String) async throws -> PageAnswer {
            try await world.post(
                "/ui/customers/acme/settings",
                [("revision", revision), ("profileURL", url), ("publishes", "yes"), ("visibility", "acl")],
                as: .operator)
        }
        let first = try await save("https://ats.example.com/c/{id}")
        #expect(first.status == 303)
        let stored = try await world.store.read { try $0.customer(number: customer.number)?.settings }
        #expect(
            stored
                == CustomerSettings(
                    profileURLTemplate: "https://ats.example.com/c/{id}", publishesJobs: true, visibility: .acl))
        let second = try await save("https://other.example.com/c/{id}")
        #expect(second.status == 409 && second.has("https://other.example.com/c/{id}"))
    }

    @Test func `a template that names no candidate is refused where it stands, with what was typed`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let form = try await world.get("/ui/customers/acme/settings", as: .operator)
        let revision = try #require(form.between("name=\"revision\" value=\"", "\""))
        let page = try await world.post(
            "/ui/customers/acme/settings",
            [("revision", revision), ("profileURL", "javascript:alert({id})\"'<"), ("visibility", "everybody")],
            as: .operator)
        #expect(page.status == 422 && page.has("javascript:alert({id})&quot;&#39;&lt;") && page.has("class=\"error\""))
    }

    @Test func `how long data is kept is shown, and changed under Privacy`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.store.write {
            try $0.setRetentionPolicy(RetentionPolicy(days: [.exports: 365]), customer: customer.number)
        }
        let page = try await world.get("/ui/customers/acme/settings", as: .viewer)
        #expect(page.has("<dd>365 days</dd>") && page.has("/ui/customers/acme/privacy/retention"))
    }

    @Test func `the end of a contract is followed here, and then the customer can be removed`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        #expect(try await world.get("/ui/customers/acme/disconnect").has("/ui/customers/acme/privacy/end"))
        #expect(try await world.post("/ui/customers/acme/privacy/end", [("confirm", "acme")]).status == 303)
        #expect(try await world.get("/ui/customers/acme/disconnect").has("marking"))
        #expect(try await world.get("/ui").has("Everything of it is being erased."))
        #expect(try await world.post("/ui/customers/acme/remove", [("confirm", "acm")]).status == 422)
        #expect(try await world.post("/ui/customers/acme/remove", [("confirm", "acme")], as: .operator).status == 403)
        let gone = try await world.post("/ui/customers/acme/remove", [("confirm", "acme")])
        #expect(gone.location == "/ui?done=customer-removed")
        #expect(try await world.store.read { try $0.customer(number: customer.number) } == nil)
        #expect(try await world.store.read { try $0.auditEntries(limit: 1).first?.action } == "customer.remove")
    }

    @Test func `what LinkedIn holds keeps a customer from being removed unless one says so`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let now = world.time.now()
        try await world.store.write { tx in
            _ = try tx.accept([SampleRecord.candidate("C-1")], customer: customer.number, priority: .backfill, at: now)
            let due = try tx.claimDue(customer: customer.number, kind: .candidate, deletions: false, limit: 9, at: now)
            try tx.settle(due.map { Outcome($0, .accepted) }, customer: customer.number, kind: .candidate, at: now)
        }
        #expect(try await world.post("/ui/customers/acme/remove", [("confirm", "acme")]).status == 422)
        let forced = try await world.post("/ui/customers/acme/remove", [("confirm", "acme"), ("force", "yes")])
        #expect(forced.status == 303)
    }
}
