// SPDX-License-Identifier: Apache-2.0

import Connector
import Crypto
import Domain
import Foundation
import HTTPTypes
import JSONBytes
import Store
import Synchronization
import TestSupport
import Testing

/// A user's way to LinkedIn and back, and every way that it must not take.
@Suite struct SignInTests {
    let linkedIn = ScriptedSignIn()
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector(signIn: linkedIn.member())
        key = try await connector.addCustomer()
    }

    private func run(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/users/u-1", Self.rita).status == 201)
            try await body(ats)
        }
    }

    private static let rita = #"{"email":"rita@example.com","name":"Rita Moss"}"#

    private static func link(_ ats: Client, _ user: String = "u-1") async throws -> String {
        let answer = try await ats.send(.post, "/api/v1/users/\(user)/sign-in")
        #expect(answer.status == 201)
        return try #require(answer.json["url"]?.string)
    }

    private static func person(_ ats: Client, _ user: String = "u-1") async throws -> String? {
        try await ats.get("/api/v1/users/\(user)").json["person"]?.string
    }

    @Test func `a user signs in once, and is that member from then on`() async throws {
        try await run { ats async throws in
            let link = try await Self.link(ats)
            #expect(link.hasPrefix("https://connect.example.com/sign-in/acme/"))
            let browser = Browser(ats)
            let asked = try await browser.begin(link)
            #expect(asked["redirect_uri"] == "https://connect.example.com/oauth/linkedin/callback")
            let done = try await browser.back(state: try #require(asked["state"]))
            #expect(done.status == 200)
            #expect(done.text.contains("Rita Moss"))
            let user = try await ats.get("/api/v1/users/u-1").json
            #expect(user["person"]?.string == "urn:li:person:rita")
            #expect(user["boundBy"]?.string == "signIn")
            let told = linkedIn.state.withLock { ($0.codes, $0.verifiers, $0.redirects, $0.customers) }
            #expect(told.0 == ["abc"] && told.3 == ["acme"])
            #expect(told.2 == ["https://connect.example.com/oauth/linkedin/callback"])
            // PKCE: the verifier that is shown at the end is the one whose hash LinkedIn was given at the start.
            let verifier = try #require(told.1[0])
            let hash = Data(SHA256.hash(data: Array(verifier.utf8))).base64EncodedString()
            let challenge = hash.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(asked["code_challenge"] == challenge)
            #expect((43...128).contains(verifier.count))
            // The link is used up, and so is the state.
            #expect(try await browser.get(link).status == 410)
            #expect(try await browser.back(state: try #require(asked["state"])).status == 400)
        }
    }

    @Test func `without PKCE no challenge is sent`() async throws {
        let connector = try TestConnector(signIn: linkedIn.member(pkce: false))
        let key = try await connector.addCustomer()
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/users/u-1", Self.rita).status == 201)
            let browser = Browser(ats)
            let asked = try await browser.begin(try await Self.link(ats))
            #expect(asked["code_challenge"] == nil)
            #expect(try await browser.back(state: try #require(asked["state"])).status == 200)
            #expect(linkedIn.state.withLock { $0.verifiers } == [nil])
        }
    }

    @Test func `the page is safe: policy, cookie, escaping, and opening it changes nothing`() async throws {
        try await run { ats async throws in
            let hostile = #"{"email":"x@example.com","name":"<script>alert('x')</script> & \"Co\""}"#
            #expect(try await ats.put("/api/v1/users/u-2", hostile).status == 201)
            let link = try await Self.link(ats, "u-2")
            let browser = Browser(ats)
            let page = try await browser.get(link)
            #expect(!page.text.contains("<script>"))
            #expect(page.text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Co&quot;"))
            let policy = try #require(page.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(policy.contains("form-action 'self' https://www.linkedin.com;"))
            // Style and script are files of ours, and nothing stands in the page itself.
            #expect(!page.text.contains("<style") && !policy.contains("unsafe"))
            let style = try #require(page.text.between("rel=\"stylesheet\" href=\"", "\""))
            #expect(try await browser.get(style).status == 200)
            #expect(page.headers[.init("Referrer-Policy")!] == "no-referrer")
            #expect(page.headers[.cacheControl] == "no-store")
            let cookie = try #require(page.headers[.setCookie])
            for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=1800"] {
                #expect(cookie.contains(attribute), "\(attribute)")
            }
            _ = try await browser.get(link)
            #expect(try await browser.begin(link)["state"] != nil)
        }
    }

    @Test(arguments: ["", "acme", "acme.", "acme.wrong", "nobody.x", "other.STATE", "..", "acme.STATE2"])
    func `a state that nobody gave out binds nobody`(wrong: String) async throws {
        try await connector.addCustomer("other")
        try await run { ats async throws in
            let browser = Browser(ats)
            let state = try #require(try await browser.begin(try await Self.link(ats))["state"])
            let secret = String(state.dropFirst("acme.".count))
            let shown = wrong.replacing("STATE2", with: secret + "A").replacing("STATE", with: secret)
            #expect(try await browser.back(state: shown).status == 400)
            #expect(try await Self.person(ats) == nil)
            #expect(linkedIn.state.withLock { $0.codes.isEmpty })
        }
    }

    @Test func `a state is good in the browser that began, and there once`() async throws {
        try await run { ats async throws in
            let (rita, eve) = (Browser(ats), Browser(ats))
            let link = try await Self.link(ats)
            let state = try #require(try await rita.begin(link)["state"])
            #expect(try await eve.back(state: state).status == 403)
            #expect(try await rita.back(state: state).status == 400, "it was spent by the attempt")
            #expect(try await Self.person(ats) == nil)
            _ = try await eve.get(link)
            let second = try #require(try await rita.begin(link)["state"])
            #expect(try await eve.back(state: second).status == 403)
            let third = try #require(try await rita.begin(link)["state"])
            #expect(try await rita.back(state: third).status == 200)
        }
    }

    @Test func `a newer attempt on a link voids the older one`() async throws {
        try await run { ats async throws in
            let browser = Browser(ats)
            let link = try await Self.link(ats)
            let first = try #require(try await browser.begin(link)["state"])
            let second = try #require(try await browser.begin(link)["state"])
            #expect(try await browser.back(state: first).status == 400)
            #expect(try await browser.back(state: second).status == 200)
        }
    }

    @Test func `a form that is not ours begins nothing`() async throws {
        try await run { ats async throws in
            let (rita, eve) = (Browser(ats), Browser(ats))
            let link = try await Self.link(ats)
            let form = try await rita.get(link).text.between("name=\"csrf\" value=\"", "\"")
            #expect(try await rita.press(link, form: nil).status == 403)
            #expect(try await rita.press(link, form: "guess").status == 403)
            #expect(try await eve.press(link, form: form).status == 403, "no cookie")
            #expect(try await rita.press(link, form: form).status == 303)
        }
    }

    @Test(arguments: ["error=user_cancelled_login", "error=user_cancelled_authorize&error_description=no", "code="])
    func `who cancels is bound to nobody, and may begin again`(answer: String) async throws {
        try await run { ats async throws in
            let browser = Browser(ats)
            let link = try await Self.link(ats)
            let page = try await browser.back(state: try #require(try await browser.begin(link)["state"]), answer)
            #expect(page.status == 200 && page.text.contains("was not connected"))
            #expect(try await Self.person(ats) == nil)
            #expect(linkedIn.state.withLock { $0.codes.isEmpty })
            #expect(try await browser.back(state: try #require(try await browser.begin(link)["state"])).status == 200)
        }
    }

    @Test func `links live a day and states half an hour`() async throws {
        try await run { ats async throws in
            let browser = Browser(ats)
            let link = try await Self.link(ats)
            let state = try #require(try await browser.begin(link)["state"])
            connector.time.advance(by: .seconds(1800))
            #expect(try await browser.back(state: state).status == 400)
            #expect(try await browser.begin(link)["state"] != nil)
            connector.time.advance(by: .seconds(86_400 - 1800))
            #expect(try await browser.get(link).status == 410)
            #expect(try await browser.press(link, form: "x").status == 410)
        }
    }

    @Test func `a link of one customer is nothing to another, and an unknown user gets none`() async throws {
        let other = try await connector.addCustomer("other")
        try await run { ats async throws in
            let link = try await Self.link(ats)
            #expect(try await Browser(ats).get(link.replacing("/acme/", with: "/other/")).status == 410)
            #expect(try await Browser(ats).get(link + "A").status == 410)
            let stranger = Client(ats.test, key: other)
            #expect(try await stranger.send(.post, "/api/v1/users/u-1/sign-in").status == 404)
            #expect(try await stranger.get("/api/v1/users/u-1").status == 404)
        }
    }

    @Test func `when LinkedIn fails nothing changes and the link still works`() async throws {
        try await run { ats async throws in
            linkedIn.state.withLock { $0.person = nil }
            let browser = Browser(ats)
            let link = try await Self.link(ats)
            #expect(try await browser.back(state: try #require(try await browser.begin(link)["state"])).status == 502)
            #expect(try await Self.person(ats) == nil)
            linkedIn.state.withLock { $0.person = "urn:li:person:rita" }
            #expect(try await browser.back(state: try #require(try await browser.begin(link)["state"])).status == 200)
        }
    }

    @Test func `a user who is deleted meanwhile is bound to nobody`() async throws {
        try await run { ats async throws in
            let browser = Browser(ats)
            let state = try #require(try await browser.begin(try await Self.link(ats))["state"])
            #expect(try await ats.delete("/api/v1/users/u-1").status == 204)
            #expect(try await browser.back(state: state).status == 400)
            #expect(try await ats.put("/api/v1/users/u-1", Self.rita).status == 201)
            #expect(try await Self.person(ats) == nil)
        }
    }

    @Test func `a member who would be in more than ten groups is told, and nothing changes`() async throws {
        try await run { ats async throws in
            #expect(try await ats.put("/api/v1/users/u-2", Self.rita).status == 201)
            for number in 1...7 {
                #expect(try await ats.put("/api/v1/acls/a\(number)/members/u-1", "{}").status == 201)
            }
            for number in 4...11 {
                #expect(try await ats.put("/api/v1/acls/a\(number)/members/u-2", "{}").status == 201)
            }
            let browser = Browser(ats)
            for (user, status) in [("u-1", 200), ("u-2", 409)] {
                let state = try #require(try await browser.begin(try await Self.link(ats, user))["state"])
                #expect(try await browser.back(state: state).status == status, "\(user)")
            }
            #expect(try await Self.person(ats, "u-2") == nil)
            #expect(try await ats.delete("/api/v1/acls/a1/members/u-1").status == 204)
            let state = try #require(try await browser.begin(try await Self.link(ats, "u-2"))["state"])
            #expect(try await browser.back(state: state).status == 200)
        }
    }

    @Test func `nothing that is secret is stored as it is`() async throws {
        try await run { ats async throws in
            let link = try await Self.link(ats)
            let asked = try await Browser(ats).begin(link)
            let state = try #require(asked["state"]?.split(separator: ".").last.map(String.init))
            let copy = connector.folder.path("copy.sqlite")
            try connector.store.copy(to: copy)
            let bytes = try Data(contentsOf: URL(filePath: copy))
            for secret in [try #require(link.split(separator: "/").last.map(String.init)), state] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil)
            }
        }
    }

    @Test func `a server without a way to LinkedIn says so`() async throws {
        let connector = try TestConnector()
        let key = try await connector.addCustomer()
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/users/u-1", Self.rita).status == 201)
            #expect(try await ats.send(.post, "/api/v1/users/u-1/sign-in").problem == "no-sign-in")
            #expect(try await ats.get("/sign-in/acme/abc").status == 410)
            #expect(try await ats.get("/oauth/linkedin/callback?state=acme.x&code=y").status == 400)
        }
    }
}
