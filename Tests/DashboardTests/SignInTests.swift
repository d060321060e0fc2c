// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import Store
import Testing
import Web

@testable import Dashboard

@Suite struct SignInTests {
    private static let password = "correct horse battery"

    /// A dashboard with one administrator called ada.
    private static func world(publicURL: String = "http://127.0.0.1:8080") async throws -> DashboardWorld {
        let world = try await DashboardWorld(publicURL: publicURL)
        try await Self.add("ada", .admin, to: world)
        return world
    }

    private static func add(_ name: String, _ role: Role, to world: DashboardWorld) async throws {
        let desk = PasswordDesk(cost: PasswordCost(rounds: 16, blockSize: 8, parallelism: 1))
        let hash = try await desk.hash(password)
        try await world.store.write { tx in
            _ = try tx.addAccount(name, role: role, password: hash, at: DashboardWorld.start)
        }
    }

    private static func signIn(_ browser: PageBrowser, _ name: String = "ada", _ password: String = password)
        async throws
        -> PageAnswer
    {
        _ = try await browser.open("/ui/sign-in")
        return try await browser.press("/ui/sign-in", [("name", name), ("password", password)])
    }

    @Test func `whoever is not signed in is led to the sign-in page and then to the page that was wanted`() async throws
    {
        let world = try await Self.world()
        let browser = PageBrowser(world)
        let door = try await browser.open("/ui/accounts?x=1")
        #expect(door.has("Sign in to Crosswalk"))
        let page = try await browser.press("/ui/sign-in", [("name", "Ada"), ("password", Self.password)])
        #expect(page.status == 200)
        #expect(page.has("<h1>Accounts</h1>"))
    }

    @Test func `a sign-in never leads to another site`() async throws {
        let world = try await Self.world()
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "/api/v1/records", "/ui\r\nx: y"] {
            let browser = PageBrowser(world)
            _ = try await browser.open("/ui/sign-in")
            let page = try await browser.press(
                "/ui/sign-in", [("name", "ada"), ("password", Self.password), ("next", next)])
            #expect(page.has("<h1>Overview</h1>"), "\(next)")
        }
    }

    @Test func `the cookie is for this host and for no script, and over https it is bound to it`() async throws {
        for (url, name) in [
            ("http://127.0.0.1:8080", "crosswalk"), ("https://connect.example.com", "__Host-crosswalk"),
        ] {
            let world = try await Self.world(publicURL: url)
            let door = try await world.get("/ui/sign-in", as: nil)
            let visit = try #require(door.headers[.setCookie])
            let token = try #require(door.between("name=\"csrf\" value=\"", "\""))
            let answer = try await world.send(
                .post, "/ui/sign-in", [("csrf", token), ("name", "ada"), ("password", Self.password)],
                String(visit.prefix { $0 != ";" }))
            let cookie = try #require(answer.headers[.setCookie])
            #expect(answer.status == 303)
            #expect(cookie.hasPrefix("\(name)="))
            #expect(cookie.contains("; Path=/; HttpOnly; SameSite=Lax"))
            #expect(cookie.contains("; Secure") == url.hasPrefix("https"))
        }
    }

    @Test func `a wrong password, an unknown name and a disabled account are told the same`() async throws {
        let world = try await Self.world()
        try await Self.add("bo", .viewer, to: world)
        try await AccountDesk(store: world.store, publicURL: "", actor: "test").setDisabled(
            "bo", true, at: DashboardWorld.start)
        for (name, password) in [("ada", "wrong password!"), ("nobody", Self.password), ("bo", Self.password)] {
            let page = try await Self.signIn(PageBrowser(world), name, password)
            #expect(page.status == 401)
            #expect(page.has("The name or the password is not right."))
        }
    }

    @Test func `guessing gets slow for a name, known or not, and a restart does not help`() async throws {
        let world = try await Self.world()
        for name in ["ada", "nobody"] {
            for _ in 1...5 {
                let page = try await Self.signIn(PageBrowser(world), name, "wrong password!")
                #expect(page.status == 401)
            }
            let page = try await Self.signIn(PageBrowser(world), name)
            #expect(page.status == 429)
            #expect(page.has("Too many tries. Please wait 30 s"))
        }
        let again = try DashboardWorld(restarted: world)
        #expect(try await Self.signIn(PageBrowser(again)).status == 429)
        again.time.advance(by: .seconds(31))
        #expect(try await Self.signIn(PageBrowser(again)).status == 200)
        // A success forgives the name.
        #expect(try await Self.signIn(PageBrowser(again), "ada", "wrong password!").status == 401)
        #expect(try await Self.signIn(PageBrowser(again)).status == 200)
    }

    @Test func `guessing from one address gets slow over all names`() async throws {
        let world = try await Self.world()
        for index in 1...30 { _ = try await Self.signIn(PageBrowser(world), "name\(index)", "wrong password!") }
        #expect(try await Self.signIn(PageBrowser(world)).status == 429)
    }

    @Test func `the token of the browser changes when it signs in, and the old session ends`() async throws {
        let world = try await Self.world()
        let browser = PageBrowser(world)
        _ = try await Self.signIn(browser)
        let first = try #require(browser.cookies["crosswalk"])
        _ = try await Self.signIn(browser)
        let second = try #require(browser.cookies["crosswalk"])
        #expect(first != second)
        let old = try await world.send(.get, "/ui", nil, "crosswalk=\(first)")
        #expect(old.status == 303)
    }

    @Test func `a session ends when nobody uses it, after a week, and by signing out`() async throws {
        let world = try await Self.world()
        let browser = PageBrowser(world)
        _ = try await Self.signIn(browser)
        for _ in 1...13 {
            world.time.advance(by: .seconds(11 * 3_600))
            #expect(try await browser.open("/ui").has("<h1>Overview</h1>"))
        }
        world.time.advance(by: .seconds(13 * 3_600))
        #expect(try await browser.open("/ui").has("Sign in to Crosswalk"))

        _ = try await Self.signIn(browser)
        _ = try await browser.open("/ui")
        #expect(try await browser.press("/ui/sign-out").has("You are signed out."))
        #expect(try await browser.open("/ui").has("Sign in to Crosswalk"))
    }

    @Test func `a form whose session has ended is shown after sign-in, and sent only by another press`() async throws {
        let world = try await Self.world()
        let browser = PageBrowser(world)
        _ = try await Self.signIn(browser)
        _ = try await browser.open("/ui/accounts")
        world.time.advance(by: .seconds(13 * 3_600))
        let door = try await browser.press(
            "/ui/accounts", [("name", "carla"), ("role", "operator"), ("note", "<b>\"'")])
        #expect(door.status == 401)
        #expect(door.has("kept on this page"))
        #expect(!door.has("carla"))
        let kept = try await browser.press("/ui/sign-in", [("name", "ada"), ("password", Self.password)])
        #expect(kept.has("Send it again?"))
        #expect(kept.has("carla"))
        #expect(!kept.has("<b>"))
        #expect(try await world.store.read { try $0.account(name: "carla") } == nil)
        let sent = try await browser.press("/ui/accounts")
        #expect(sent.has("Send this link"))
        let row = try await world.store.read { try $0.account(name: "carla") }
        #expect(row?.account.role == .operator)
    }

    @Test func `a kept form is shown to nobody else, holds no password, and gets old`() async throws {
        let world = try await Self.world()
        try await Self.add("bo", .admin, to: world)
        let browser = PageBrowser(world)
        _ = try await Self.signIn(browser)
        _ = try await browser.open("/ui/account")
        world.time.advance(by: .seconds(13 * 3_600))
        _ = try await browser.press(
            "/ui/account/password", [("present_password", "x"), ("password", "another secret")])
        let other = try await browser.press("/ui/sign-in", [("name", "bo"), ("password", Self.password)])
        #expect(other.has("<h1>Overview</h1>"))

        let form = try #require(
            KeptForm(path: "/ui/account/password", fields: FormFields([("password", "s"), ("a", "b")]), account: 1))
        #expect(form.fields.pairs.map(\.name) == ["a"])
        let sealed = try form.seal(world.store.vault, at: Millis(0))
        #expect(KeptForm(sealed, world.store.vault, at: Millis(3_599_000)) == form)
        #expect(KeptForm(sealed, world.store.vault, at: Millis(3_600_000)) == nil)
        #expect(KeptForm("x" + sealed, world.store.vault, at: Millis(0)) == nil)
    }

    @Test func `a form that was opened before another sign-in is shown once more instead of being lost`() async throws {
        let world = try await Self.world()
        let page = try await world.post("/ui/accounts", [("name", "carla"), ("role", "viewer")], token: "old")
        #expect(page.status == 403)
        #expect(page.has("Send it again?"))
        #expect(page.has("carla"))
        #expect(try await world.store.read { try $0.account(name: "carla") } == nil)
    }
}
