// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing
import Web

@testable import Dashboard

@Suite struct AccountTests {
    private static func invite(_ world: DashboardWorld, _ name: String, _ role: String) async throws -> String {
        let page = try await world.post("/ui/accounts", [("name", name), ("role", role)])
        return try #require(page.between("<code id=\"link\">http://127.0.0.1:8080", "</code>"))
    }

    @Test func `an invitation sets a password once, and signs in`() async throws {
        let world = try await DashboardWorld()
        let link = try await Self.invite(world, "bo@example.org", "operator")
        let browser = PageBrowser(world)
        #expect(try await browser.open(link).has("bo@example.org"))
        let inside = try await browser.press(
            link, [("password", "correct horse battery"), ("password_again", "correct horse battery")])
        #expect(inside.has("<h1>Overview</h1>"))
        #expect(inside.has("Operator"))
        #expect(try await PageBrowser(world).open(link).status == 410)

        let other = PageBrowser(world)
        _ = try await other.open("/ui/sign-in")
        let signedIn = try await other.press(
            "/ui/sign-in", [("name", "Bo@Example.org"), ("password", "correct horse battery")])
        #expect(signedIn.has("<h1>Overview</h1>"))
    }

    @Test func `an invitation ends after seven days, and a newer one replaces it`() async throws {
        let world = try await DashboardWorld()
        let old = try await Self.invite(world, "bo", "viewer")
        let reset = try await world.post("/ui/accounts/bo/reset")
        let new = try #require(reset.between("<code id=\"link\">http://127.0.0.1:8080", "</code>"))
        #expect(try await PageBrowser(world).open(old).status == 410)
        #expect(try await PageBrowser(world).open(new).status == 200)
        world.time.advance(by: .seconds(7 * 86_400))
        #expect(try await PageBrowser(world).open(new).status == 410)
    }

    @Test func `a reset takes the password and the sessions away`() async throws {
        let world = try await DashboardWorld()
        #expect(try await world.get("/ui", as: .operator).status == 200)
        _ = try await world.post("/ui/accounts/operator/reset")
        #expect(try await world.get("/ui", as: .operator).status == 303)
    }

    @Test func `a role counts from the next click, and a disabled account is out`() async throws {
        let world = try await DashboardWorld()
        #expect(try await world.get("/ui/accounts", as: .operator).status == 403)
        let changed = try await world.follow("/ui/accounts/operator/role", [("role", "admin")])
        #expect(changed.has("The role was changed."))
        #expect(try await world.get("/ui/accounts", as: .operator).status == 200)
        _ = try await world.post("/ui/accounts/operator/disable")
        #expect(try await world.get("/ui", as: .operator).status == 303)
    }

    @Test func `the last administrator stays one`() async throws {
        let world = try await DashboardWorld(roles: [.viewer])
        let hash = try await PasswordDesk(cost: PasswordCost(rounds: 16, blockSize: 8, parallelism: 1)).hash("x")
        try await world.store.write { tx in
            _ = try tx.addAccount("ada", role: .admin, password: hash, at: DashboardWorld.start)
        }
        let desk = AccountDesk(store: world.store, publicURL: "", actor: "test")
        await #expect(throws: StoreError.self) { try await desk.setRole("ada", .viewer, at: DashboardWorld.start) }
        await #expect(throws: StoreError.self) { try await desk.setDisabled("ada", true, at: DashboardWorld.start) }
        // An administrator who cannot sign in is none.
        try await world.store.write { tx in _ = try tx.addAccount("carl", role: .admin, at: DashboardWorld.start) }
        await #expect(throws: StoreError.self) { try await desk.setRole("ada", .viewer, at: DashboardWorld.start) }
        _ = try await desk.reset("carl", at: DashboardWorld.start)
        try await desk.setRole("ada", .viewer, at: DashboardWorld.start)
    }

    @Test func `names are one word, and taken once`() async throws {
        let world = try await DashboardWorld()
        for name in ["", "two words", "<script>", "\u{202E}abc", String(repeating: "a", count: 255), ".dot"] {
            #expect(
                try await world.post("/ui/accounts", [("name", name), ("role", "viewer")]).status == 422, "\(name)")
        }
        #expect(try await world.post("/ui/accounts", [("name", "Viewer"), ("role", "viewer")]).status == 409)
    }

    @Test func `one's own password needs the present one, and signs the other browsers out`() async throws {
        let world = try await DashboardWorld()
        let link = try await Self.invite(world, "bo", "viewer")
        let (one, two) = (PageBrowser(world), PageBrowser(world))
        _ = try await one.open(link)
        _ = try await one.press(
            link, [("password", "correct horse battery"), ("password_again", "correct horse battery")])
        _ = try await two.open("/ui/sign-in")
        _ = try await two.press("/ui/sign-in", [("name", "bo"), ("password", "correct horse battery")])
        let page = try await one.open("/ui/account")
        #expect(page.has("Sign out everywhere else"))

        let new = [("password", "a new long password"), ("password_again", "a new long password")]
        let wrong = try await one.press("/ui/account/password", new + [("present_password", "guess guess guess")])
        #expect(wrong.status == 422)
        let changed = try await one.press("/ui/account/password", new + [("present_password", "correct horse battery")])
        #expect(changed.has("Your password was changed."))
        #expect(try await two.open("/ui").has("Sign in to Crosswalk"))
    }

    @Test func `one can sign another browser out, and nobody else's`() async throws {
        let world = try await DashboardWorld()
        let token = try #require(world.sessions[.admin]).hash.hex
        _ = try await world.post("/ui/account/sessions/end", [("session", token)], as: .viewer)
        #expect(try await world.get("/ui", as: .admin).status == 200)
        _ = try await world.post("/ui/account/sessions/end", [("session", token)], as: .admin)
        #expect(try await world.get("/ui", as: .admin).status == 303)
    }

    @Test func `the second of two who edit the same thing sees both versions and loses nothing`() throws {
        let edited = EditedThing([("Name", "name", "theirs"), ("Mapping", "mapping", "a: 1\nb: 2")])
        let older = EditedThing([("Name", "name", "old"), ("Mapping", "mapping", "a: 1")])
        #expect(edited.revision != older.revision)
        let form = FormFields([
            ("csrf", "x"), ("revision", older.revision), ("name", "<mine>"), ("mapping", "a: 1\r\nc: 3"), ("go", "1"),
        ])
        let page = ConflictPage(edited, form, action: "/ui/x", back: Link("Back", "/ui"))
        #expect(page.revision == edited.revision)
        #expect(page.short.map(\.mine) == ["<mine>"])
        #expect(page.long.map(\.mine) == ["a: 1\nc: 3"])
        #expect(page.kept.map(\.name) == ["name", "go"])
        let html = String(decoding: Renderer().html(page, Shell(product: "x", home: "/")), as: UTF8.self)
        #expect(html.contains("&lt;mine&gt;"))
        #expect(html.contains("readonly>\na: 1\nb: 2</textarea>"))
    }
}
