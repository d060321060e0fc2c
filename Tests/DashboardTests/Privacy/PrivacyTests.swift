// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Store
import Testing
import Web

@testable import Dashboard

/// Forgetting, as pages do it.
@Suite struct PrivacyTests {
    private func finish(_ id: String, _ world: DashboardWorld, _ customer: Customer) async throws {
        let (now, key) = (DashboardWorld.start + .seconds(5), world.store.receipts)
        try await world.store.write { tx in
            try tx.clear(tx.erasure(id, customer: customer.number)!, customer: customer.number, because: nil, at: now)
            try tx.seal(
                tx.erasure(id, customer: customer.number)!, customer: customer.number, key: key, overwrittenAt: now,
                at: now)
        }
    }

    @Test func `a person is erased in two steps, and the receipt is verified and downloaded`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.addExport(of: customer)
        try await world.store.write {
            _ = try $0.tie(
                person: "urn:li:person:a", to: "C-1", how: .ats, customer: customer.number, at: DashboardWorld.start)
        }
        let question = try await world.get("/ui/customers/acme/privacy/erase?whom=C-1")
        #expect(question.has("exported profiles") && question.has("urn:li:person:a"))
        #expect(try await world.get("/ui/customers/acme/privacy/erase?whom=C-1", as: .operator).status == 403)

        let wrong = try await world.post(
            "/ui/customers/acme/privacy/erase", [("whom", "C-1"), ("confirm", "C-2")])
        #expect(wrong.status == 422 && wrong.has("Nothing was erased"))
        #expect(try await world.store.read { try $0.export("r-1", customer: customer.number) } != nil)

        let begun = try await world.follow("/ui/customers/acme/privacy/erase", [("whom", "C-1"), ("confirm", "C-1")])
        #expect(begun.status == 200 && begun.has("LinkedIn is being told"))
        #expect(try await world.store.read { try $0.export("r-1", customer: customer.number) } == nil)
        #expect(world.woken.erasures == 1)
        let id = try #require(begun.text.firstMatch(of: /er_[0-9a-f]{32}/).map { String($0.output) })
        let path = "/ui/customers/acme/privacy/erasures/\(id)"
        #expect(try await world.get(path + "/receipt").status == 404)

        try await finish(id, world, customer)
        let page = try await world.get(path, as: .viewer)
        #expect(page.has("The signature is valid") && page.has("Download the receipt") && !page.has("data-live"))
        #expect(!page.has("C-1") && !page.has("urn:li:person:a"), "a receipt names nobody")
        let receipt = try await world.get(path + "/receipt", as: .viewer)
        #expect(Receipt(receipt.bytes)?.verdict(key: world.store.receipts.publicKey) == .valid)
        #expect(receipt.headers[.contentDisposition]?.contains("\(id).json") == true)

        let found = try await world.get("/ui/customers/acme/privacy?about=C-1", as: .viewer)
        #expect(found.has(id))
        #expect(try await !world.get("/ui/customers/acme/privacy?about=C-2", as: .viewer).has(id))
        let audit = try await world.store.read { try $0.auditEntries(limit: 10) }
        #expect(audit.map(\.subject) == ["erasure \(id)"])
    }

    @Test func `an id that breaks out of a page stays text`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let id = "\"><script>alert('x')</script>"
        let page = try await world.get("/ui/customers/acme/privacy/erase?whom=\(id.urlComponent)")
        #expect(page.has("Nothing is held under this id") && !Hostile.isLoose(in: page))
    }

    @Test func `a retention policy is set as a whole, and a wrong number changes nothing`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        let path = "/ui/customers/acme/privacy/retention"
        let basis = try #require(try await world.get(path).between("name=\"revision\" value=\"", "\""))
        let wrong = try await world.post(
            path, [("revision", basis), ("exports", "0"), ("notes", "30"), ("closedProfiles", "erase")])
        #expect(wrong.status == 422 && wrong.has("value=\"30\"") && wrong.has("exports-error"))
        #expect(try await world.store.read { try $0.retentionPolicy(customer: customer.number) } == RetentionPolicy())
        let revision = try #require(wrong.between("name=\"revision\" value=\"", "\""))
        let fields = [("revision", revision), ("exports", ""), ("notes", "30"), ("closedProfiles", "erase")]
        let saved = try await world.follow(path, fields)
        #expect(saved.has("Saved.") && saved.has("value=\"30\""))
        let policy = try await world.store.read { try $0.retentionPolicy(customer: customer.number) }
        #expect(policy == RetentionPolicy(days: [.notes: 30], closed: .erase))
        let second = try await world.post(
            path, [("revision", revision), ("notes", "60"), ("closedProfiles", "notify")])
        #expect(second.status == 409 && second.has("somebody else saved"), "of two admins the second is told")
        #expect(try await world.get(path, as: .viewer).has("readonly"))
        try await world.store.write { _ = try $0.purge(customer: customer.number, at: DashboardWorld.start) }
        #expect(try await world.get(path).has("Recruiters&#39; notes (over 30 days): 0"))
    }

    @Test func `closed accounts are listed with the evidence of every look`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.store.write { tx in
            _ = try tx.addClosures(
                [ClosedAccount(person: "urn:li:person:z", closedAt: nil)], customer: customer.number,
                at: DashboardWorld.start)
            try tx.addClosedCheck(
                .notify, found: 1, told: 1, erased: 0, customer: customer.number, at: DashboardWorld.start)
        }
        let page = try await world.get("/ui/customers/acme/privacy/closed", as: .viewer)
        #expect(page.has("urn:li:person:z") && page.has("LinkedIn does not say") && !page.has("more than 30 days ago"))
    }

    @Test func `a look at closed accounts that is more than 30 days ago is told`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        try await world.store.write { tx in
            try tx.addClosedCheck(
                .notify, found: 0, told: 0, erased: 0, customer: customer.number,
                at: DashboardWorld.start - .seconds(31 * 86_400))
        }
        #expect(try await world.get("/ui/customers/acme/privacy/closed").has("more than 30 days ago"))
    }

    @Test func `a contract ends only when its customer's id is typed`() async throws {
        let world = try await DashboardWorld()
        let customer = try await world.addCustomer()
        #expect(try await world.get("/ui/customers/acme/privacy/end", as: .viewer).has("The contract stands"))
        #expect(try await world.post("/ui/customers/acme/privacy/end", [("confirm", "acm")]).status == 422)
        #expect(try await !world.store.read { try $0.isEnding(customer: customer.number) })
        let ended = try await world.follow("/ui/customers/acme/privacy/end", [("confirm", "acme")])
        #expect(ended.has("Erasure of everything"))
        #expect(try await world.get("/ui/customers/acme/privacy/end").has("The contract has ended"))
    }
}
