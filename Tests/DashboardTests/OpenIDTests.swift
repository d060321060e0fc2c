// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes
import Store
import Synchronization
import Testing
import Web

@testable import Dashboard

@Suite struct OpenIDTests {
    private struct Stage {
        let world: DashboardWorld
        let issuer: TestIssuer
        let browser: PageBrowser

        init(allow: String = "example.org=viewer, ada@example.org=operator", claim: String? = nil) async throws {
            let time = VirtualTime(DashboardWorld.start)
            let issuer = try TestIssuer(time: time)
            self.issuer = issuer
            world = try await DashboardWorld(time: time) { parts in
                parts.oidc = issuer.service(try issuer.settings(allow, claim: claim))
            }
            browser = PageBrowser(world)
        }

        /// Goes to the service and comes back.
        func signIn(from page: String = "/ui", changing back: (String) -> String = { $0 }) async throws -> PageAnswer {
            _ = try await browser.open("/ui/sign-in?next=\(page.urlComponent)")
            let away = try await browser.press("/ui/oidc")
            return try await browser.open(back(try issuer.agree(try #require(away.location))))
        }
    }

    @Test(arguments: [OpenIDToken.Algorithm.es256, .rs256])
    func `a person of the service signs in, with the role that a rule gives`(algorithm: OpenIDToken.Algorithm)
        async throws
    {
        let stage = try await Stage()
        stage.issuer.state.withLock { $0.algorithm = algorithm }
        let page = try await stage.signIn(from: "/ui/account")
        #expect(page.has("<h1>Your account</h1>"))
        #expect(page.has("ada@example.org"))
        #expect(page.has("Operator"))
        #expect(page.has(TestIssuer.issuer))
        // The same person again is the same account.
        _ = try await stage.signIn()
        let rows = try await stage.world.store.read { try $0.accounts().filter { $0.issuer != nil } }
        #expect(rows.map(\.account.name) == ["ada@example.org"])
    }

    @Test func `the browser is sent with state, nonce and PKCE, and the form may lead there`() async throws {
        let stage = try await Stage()
        let door = try await stage.browser.open("/ui/sign-in")
        #expect(door.has("Sign in with id.example.com"))
        #expect(door.headers[.contentSecurityPolicy]?.contains("form-action 'self' https://login.example.com;") == true)
        let away = try await stage.browser.press("/ui/oidc")
        let location = try #require(away.location)
        #expect(location.hasPrefix("https://login.example.com/authorize?response_type=code&client_id=crosswalk&"))
        #expect(location.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fui%2Foidc%2Fcallback"))
        for part in ["&state=", "&nonce=", "&code_challenge=", "&code_challenge_method=S256", "&scope=openid%20email"] {
            #expect(location.contains(part), "\(part)")
        }
    }

    @Test func `keys that changed are asked for again, once a minute at most`() async throws {
        let stage = try await Stage()
        _ = try await stage.signIn()
        try stage.issuer.rotate(to: 2)
        // The set was read just now: whoever sends unknown keys cannot make us ask and ask.
        #expect(try await stage.signIn().status == 502)
        stage.world.time.advance(by: .seconds(61))
        #expect(try await stage.signIn().has("<h1>Overview</h1>"))
        #expect(stage.issuer.state.withLock { $0.keyReads } == 2)
        try stage.issuer.rotate(to: 3)
        for _ in 1...5 { #expect(try await stage.signIn().status == 502) }
        #expect(stage.issuer.state.withLock { $0.keyReads } == 2)
    }

    @Test(arguments: [
        ["iss": JSONValue.string("https://evil.example")], ["aud": "another"], ["aud": ["crosswalk", "another"]],
        ["azp": "another"], ["exp": 1_000], ["exp": .null], ["iat": 4_000_000_000], ["iat": .null],
        ["nonce": "another"], ["nonce": .null], ["sub": ""], ["sub": .null],
    ])
    func `a token that is not for us, not for this sign-in or not for now is refused`(lies: [String: JSONValue])
        async throws
    {
        let stage = try await Stage()
        stage.issuer.state.withLock { $0.lies = lies }
        let page = try await stage.signIn()
        #expect(page.status == 502)
        #expect(page.has("You were not signed in"))
        #expect(try await stage.browser.open("/ui").has("Sign in to Crosswalk"))
    }

    @Test func `a token with another signature or algorithm is refused`() async throws {
        let stage = try await Stage()
        stage.issuer.state.withLock { $0.usesUnknownKey = true }
        #expect(try await stage.signIn().status == 502)
        let claims = OneTimeSecret.base64URL(Array(#"{"sub":"s"}"#.utf8))
        for head in [#"{"alg":"none"}"#, #"{"alg":"HS256","kid":"ec-1"}"#, #"{}"#, "x"] {
            #expect(throws: OpenIDFailure.self) {
                _ = try OpenIDToken("\(OneTimeSecret.base64URL(Array(head.utf8))).\(claims).x")
            }
        }
        // An EC key is not taken for RS256, whatever the token names.
        let token = try OpenIDToken("\(OneTimeSecret.base64URL(Array(#"{"alg":"RS256","kid":"k"}"#.utf8))).\(claims).x")
        let answer = await token.isSigned(by: [["kty": "EC", "crv": "P-256", "kid": "k"], ["kty": "oct", "kid": "k"]])
        #expect(answer == nil)
    }

    @Test func `an answer counts once, in the browser that asked, for ten minutes`() async throws {
        let stage = try await Stage()
        _ = try await stage.browser.open("/ui/sign-in")
        let away = try await stage.browser.press("/ui/oidc")
        let back = try stage.issuer.agree(try #require(away.location))
        #expect(try await PageBrowser(stage.world).open(back).status == 400)
        // Even the failed try used it up: nobody learns whose it was.
        #expect(try await stage.browser.open(back).status == 400)
        #expect(try await stage.signIn { $0.replacing("state=", with: "state=x") }.status == 400)
        #expect(try await stage.signIn { $0 + "&iss=https%3A%2F%2Fevil.example" }.status == 400)
        #expect(try await stage.signIn { $0.replacing("code=", with: "error=access_denied&x=") }.status == 403)
        let late = try await stage.signIn { back in
            stage.world.time.advance(by: .seconds(601))
            return back
        }
        #expect(late.status == 400)
    }

    @Test func `only verified addresses count, and who has no role is not let in`() async throws {
        let stage = try await Stage()
        stage.issuer.state.withLock { $0.claims["email_verified"] = false }
        let page = try await stage.signIn()
        #expect(page.status == 403)
        #expect(page.has("nobody gave you a role"))
        stage.issuer.state.withLock { $0.claims = ["sub": "s-2", "email": "eve@evil.example", "email_verified": true] }
        #expect(try await stage.signIn().status == 403)
        // A domain is the whole part after the @.
        stage.issuer.state.withLock { $0.claims["email"] = "eve@not-example.org" }
        #expect(try await stage.signIn().status == 403)
    }

    @Test func `the role claim counts, and a role that the service changed counts at the next sign-in`() async throws {
        let stage = try await Stage(allow: "", claim: "groups")
        stage.issuer.state.withLock { $0.claims["groups"] = ["staff", "admin"] }
        #expect(try await stage.signIn(from: "/ui/accounts").has("<h1>Accounts</h1>"))
        stage.issuer.state.withLock { $0.claims["groups"] = "viewer" }
        #expect(try await stage.signIn(from: "/ui/accounts").status == 403)
        stage.issuer.state.withLock { $0.claims["groups"] = .null }
        #expect(try await stage.signIn().status == 403)
    }

    @Test func `a disabled account stays out, and a password's name is not taken over`() async throws {
        let stage = try await Stage()
        _ = try await stage.signIn()
        let desk = AccountDesk(store: stage.world.store, publicURL: "", actor: "test")
        try await desk.setDisabled("ada@example.org", true, at: DashboardWorld.start)
        #expect(try await stage.signIn().status == 403)
        _ = try await desk.add("bo@example.org", role: .admin, at: DashboardWorld.start)
        stage.issuer.state.withLock { $0.claims = ["sub": "s-9", "email": "bo@example.org", "email_verified": true] }
        #expect(try await stage.signIn().status == 403)
    }

    @Test func `a form that waited comes back from the service, too`() async throws {
        let stage = try await Stage(allow: "ada@example.org=admin")
        _ = try await stage.signIn()
        _ = try await stage.browser.open("/ui/accounts")
        stage.world.time.advance(by: .seconds(13 * 3_600))
        let door = try await stage.browser.press("/ui/accounts", [("name", "carla"), ("role", "viewer")])
        #expect(door.status == 401)
        let away = try await stage.browser.press("/ui/oidc")
        let kept = try await stage.browser.open(try stage.issuer.agree(try #require(away.location)))
        #expect(kept.has("carla"))
        #expect(try await stage.browser.press("/ui/accounts").has("Send this link"))
    }

    @Test func `passwords work when the service does not answer`() async throws {
        let stage = try await Stage()
        stage.issuer.state.withLock { $0.isDown = true }
        let door = try await stage.browser.open("/ui/sign-in")
        #expect(door.status == 200)
        #expect(door.has("cannot be reached just now"))
        #expect(!door.has("Sign in with id.example.com"))
    }

    @Test(arguments: ["example.org", "example.org=king", "=viewer", "subject:=viewer", "a=b=c"])
    func `rules that say nothing are refused`(text: String) {
        #expect(throws: OpenIDSettings.Malformed.self) { _ = try OpenIDSettings.rules(text) }
    }
}
