// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import HTTPTypes
import Store
import TestSupport
import Testing
import Web
import Webhooks

@testable import Dashboard

/// What holds for every form that changes something.
@Suite struct EditFormTests {
    /// One form: where it is shown, where it goes, and what one and another admin enter.
    struct Form: Sendable, CustomTestStringConvertible {
        var page: String
        var target: String
        /// The hidden field that says what the form is based on.
        var basis = "revision"
        var mine: [(String, String)]
        var theirs: [(String, String)]
        /// What the second is shown of the first's.
        var told: String

        var testDescription: String { target }
    }

    private static let base = "/ui/customers/acme"
    private static let forms = [
        Form(
            page: base + "/settings", target: base + "/settings",
            mine: [("profileURL", "https://mine.example.com/{id}"), ("visibility", "everybody")],
            theirs: [("profileURL", "https://theirs.example.com/{id}"), ("visibility", "acl")],
            told: "https://theirs.example.com/{id}"),
        Form(
            page: base + "/privacy/retention", target: base + "/privacy/retention", mine: [("inMails", "30")],
            theirs: [("inMails", "4711")], told: "4711"),
        Form(
            page: base + "/events/webhooks/wh_1/settings", target: base + "/events/webhooks/wh_1/change",
            mine: [("url", "https://mine.example.com/")], theirs: [("url", "https://theirs.example.com/")],
            told: "https://theirs.example.com/"),
        Form(
            page: base + "/sources/people/edit", target: base + "/sources/people/edit",
            mine: [("name", "people"), ("mapping", "{mapping}# mine")],
            theirs: [("name", "people"), ("mapping", "{mapping}# theirs")], told: "# theirs"),
        Form(
            page: base + "/sources/people", target: base + "/sources/people/schedule", basis: "was",
            mine: [("when", "daily"), ("clock", "02:30")],
            theirs: [("when", "every"), ("every", "2"), ("unit", "hours")],
            told: "Every 2 hours"),
        Form(
            page: "/ui/accounts", target: "/ui/accounts/operator/role", basis: "was", mine: [("role", "admin")],
            theirs: [("role", "viewer")], told: "to viewer"),
    ]

    /// A customer with an endpoint and a source.
    private static func place() async throws -> SourceWorld {
        let place = try await SourceWorld()
        try place.write(SourceWorld.rows)
        let (customer, store) = (place.customer, place.world.store)
        let sealed = try store.vault.seal("whsec_x", for: Webhook.secretPurpose(customer.id, "wh_1"))
        let mapping = place.mapping()
        try await store.write { tx in
            try tx.addWebhook(
                Webhook(
                    customer: customer.number, id: "wh_1", url: "https://example.com/", types: [], secret: sealed,
                    cursor: 0, createdAt: DashboardWorld.start))
            _ = try tx.saveSource(
                "people", mapping: mapping, basis: 0, author: "ada", customer: customer.number, at: DashboardWorld.start
            )
        }
        return place
    }

    @Test(arguments: forms)
    func `of two admins who edit the same thing the second is told, and nothing of the first is lost`(form: Form)
        async throws
    {
        let place = try await Self.place()
        let page = try await place.world.get(form.page)
        let basis = try #require(
            page.text.components(separatedBy: "<form").first { $0.contains("action=\"\(form.target)\"") }?
                .between("name=\"\(form.basis)\" value=\"", "\""))
        func send(_ fields: [(String, String)]) async throws -> PageAnswer {
            let filled = fields.map { ($0.0, $0.1.replacing("{mapping}", with: place.mapping())) }
            return try await place.world.post(form.target, filled + [(form.basis, basis)])
        }
        let first = try await send(form.theirs)
        #expect(first.status == 303, "\(first.testDescription)")
        let count = try await place.world.store.read { try $0.auditCount() }
        let second = try await send(form.mine)
        #expect(second.status == 409 && second.text.unescaped.contains(form.told), "\(second.testDescription)")
        #expect(try await place.world.store.read { try $0.auditCount() } == count)
        #expect(
            try await place.world.get(form.page).text.unescaped.contains(
                form.told.replacing("to viewer", with: "Viewer")))
    }

    @Test func `whatever form is sent after its session ended, what was entered waits for the sign-in`() async throws {
        let place = try await Self.place()
        let world = place.world
        let before = try await world.store.read { try $0.auditCount() }
        for route in Dashboard.routes where route.method == .post {
            let path = route.pattern.description.replacing("{id}", with: "acme").replacing("{webhook}", with: "wh_1")
                .replacing("{name}", with: "people").replacing(/\{[a-zA-Z]+\}/, with: "1")
            let entered = [
                ("first", "a \"b\" <c>"), ("second", "one\r\ntwo"), ("second", "three"), ("password", "hunter2"),
            ]
            let answer = try await world.send(.post, path, entered, nil)
            #expect(answer.status == 401, "\(path)")
            let sealed = try #require(answer.between("name=\"\(KeptForm.field)\" value=\"", "\""), "\(path)")
            let kept = try #require(KeptForm(sealed.unescaped, world.store.vault, at: world.time.now()), "\(path)")
            #expect(kept.path.text == path)
            #expect(kept.fields.pairs.map(\.value) == ["a \"b\" <c>", "one\r\ntwo", "three"], "\(path)")
        }
        #expect(try await world.store.read { try $0.auditCount() } == before)
    }
}
