// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Testing

@testable import Dashboard

@Suite struct SetupTests {
    private static let words = [
        ("name", "Ada"), ("password", "correct horse battery"), ("password_again", "correct horse battery"),
    ]

    @Test func `the first run makes the administrator, once, for whoever has the code`() async throws {
        let world = try await DashboardWorld(roles: [])
        let browser = PageBrowser(world)
        #expect(try await browser.open("/ui").has("Set up Crosswalk"))
        let refused = try await browser.press("/ui/setup", Self.words + [("code", "AAAA-AAAA-AAAA")])
        #expect(refused.status == 403)
        #expect(refused.has("This is not the code"))
        // Small letters and spaces are the same code.
        let code = world.setupCode.text.lowercased().replacing("-", with: " ")
        let inside = try await browser.press("/ui/setup", Self.words + [("code", code)])
        #expect(inside.has("<h1>Overview</h1>"))
        #expect(inside.has("ada"))

        let late = PageBrowser(world)
        #expect(try await late.open("/ui/setup").has("Sign in to Crosswalk"))
        let row = try await world.store.read { try $0.account(name: "ada") }
        #expect(row?.account.role == .admin)
        let actions = try await world.store.read { try $0.auditEntries(limit: 10).map(\.action) }
        #expect(actions == ["session.begin", "account.setup"])
    }

    @Test func `codes cannot be tried one after the other`() async throws {
        let world = try await DashboardWorld(roles: [])
        let browser = PageBrowser(world)
        _ = try await browser.open("/ui/setup")
        for _ in 1...5 { _ = try await browser.press("/ui/setup", Self.words + [("code", "AAAA-AAAA-AAAA")]) }
        let page = try await browser.press("/ui/setup", Self.words + [("code", world.setupCode.text)])
        #expect(page.status == 429)
    }

    @Test func `without a code the page says what to run on the server`() async throws {
        let world = try await DashboardWorld(roles: []) { $0.setupCode = nil }
        let browser = PageBrowser(world)
        #expect(try await browser.open("/ui/setup").has("crosswalk dashboard account add"))
        let page = try await browser.press("/ui/setup", Self.words + [("code", "")])
        #expect(page.status == 403)
    }

    @Test(arguments: [
        ("short", "short", "at least 12"), ("correct horse battery", "correct horse", "not the same"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "too few"), ("administrator", "administrator", "must not be the name"),
    ])
    func `a bad password is refused and says why`(password: String, again: String, expected: String) async throws {
        let world = try await DashboardWorld(roles: [])
        let browser = PageBrowser(world)
        _ = try await browser.open("/ui/setup")
        let page = try await browser.press(
            "/ui/setup",
            [
                ("code", world.setupCode.text), ("name", "administrator"), ("password", password),
                ("password_again", again),
            ])
        #expect(page.status == 422)
        #expect(page.text.contains(expected))
        #expect(!page.has(password) || password == "administrator")
    }

    @Test func `a password's hash carries its cost, and fits that password alone`() throws {
        let cost = PasswordCost(rounds: 16, blockSize: 8, parallelism: 1)
        let hash = try PasswordHash("correct horse battery", cost: cost)
        let stored = try #require(PasswordHash(hash.text))
        #expect(stored == hash)
        #expect(stored.fits("correct horse battery"))
        #expect(!stored.fits("correct horse battery "))
        #expect(try PasswordHash("correct horse battery", cost: cost).text != hash.text)
        // One letter, typed in two ways.
        #expect(try PasswordHash("caf\u{E9} noir noir", cost: cost).fits("cafe\u{301} noir noir"))
    }

    /// RFC 7914, section 12, second test vector.
    @Test func `the hash is scrypt's`() throws {
        var hash = try #require(
            PasswordHash("scrypt$1024$8$16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI="))
        #expect(hash.fits("password"))
        hash.cost.parallelism = 1
        #expect(!hash.fits("password"))
    }
}
