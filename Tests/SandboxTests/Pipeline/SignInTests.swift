// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing
import Web

@testable import Sandbox

/// A member signs in to an application: jobs-oauth-restli 4.2, modules 3–5 C.5.
@Suite struct SignInTests {
    private static let callback = "https://ats.example.com/oauth2/callback"

    private func desk() async throws -> Recruiting {
        let desk = try await Recruiting()
        let application = try #require(
            desk.world.sandbox.core.applications.application(clientID: desk.customer.clientID))
        let answer = try await desk.world.send(
            "POST", "/v2/provisionedApplications/\(application.urn)", token: try await desk.world.partnerToken(),
            headers: [("x-restli-method", "partial_update")],
            json: ["patch": ["$set": ["oauth2AuthorizedCallbackUrls": [.string(Self.callback)]]]])
        #expect(answer.status < 300, "\(answer.text)")
        return desk
    }

    private func authorization(_ desk: Recruiting, _ more: String = "", scope: String = "r_liteprofile") -> String {
        "/oauth/v2/authorization?response_type=code&client_id=\(desk.customer.clientID)&redirect_uri=\(Self.callback.inForm)&state=fooobar%26x&scope=\(scope)"
            + more
    }

    /// Parameters of the redirect of an answer.
    private func redirect(_ answer: SandboxResponse) throws -> [String: String] {
        #expect(answer.status == 302, "\(answer.text)")
        let location = try #require(answer.header("location"))
        #expect(location.hasPrefix(Self.callback + "?"))
        let fields = FormFields(location.dropFirst(Self.callback.count + 1).utf8)
        return Dictionary(uniqueKeysWithValues: fields.pairs.map { ($0.name, $0.value) })
    }

    private func code(_ desk: Recruiting, _ member: Int64, _ more: String = "", scope: String = "r_liteprofile")
        async throws -> String
    {
        let answer = try await desk.world.send(
            "GET", authorization(desk, "&member=\(member)\(more)", scope: scope))
        return try #require(try redirect(answer)["code"])
    }

    private func exchange(
        _ desk: Recruiting, _ code: String, redirect: String = callback, customer: Customer? = nil, more: String = ""
    ) async throws -> SandboxResponse {
        let customer = customer ?? desk.customer
        let form =
            "grant_type=authorization_code&code=\(code.inForm)&redirect_uri=\(redirect.inForm)&client_id=\(customer.clientID)&client_secret=\(customer.secret.inForm)"
            + more
        return try await desk.world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/accessToken", body: Array(form.utf8)))
    }

    @Test(arguments: ["r_liteprofile", "openid%20profile", "openid,profile"])
    func `the person who signs in is the one of their seat`(scope: String) async throws {
        let desk = try await desk()
        let seats = try await desk.send(
            "GET", "/v2/seatsV2?q=attributes&contracts=urn:li:contract:5000&start=0&count=10")
        let person = try #require(try seats.json["elements"]?[0]?["member"]?.string)
        let all = try await desk.world.control("GET", "seats")["seats"]?.array
        let member = try #require(all?.first?["member"]?.int)

        let token = try await exchange(desk, try await code(desk, member, scope: scope))
        #expect(token.status == 200, "\(token.text)")
        #expect(try token.json["expires_in"]?.int == 5_184_000)
        let text = try #require(try token.json["access_token"]?.string)
        let me = try await desk.world.send("GET", "/v2/me?fields=id", token: text)
        #expect(try "urn:li:person:" + (me.json["id"]?.string ?? "") == person)
        #expect(try me.json.object?.count == 1)

        let form = "client_id=\(desk.customer.clientID)&client_secret=\(desk.customer.secret.inForm)&token=\(text)"
        let told = try await desk.world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/introspectToken", body: Array(form.utf8)))
        #expect(try told.json["auth_type"] == "3L" && told.json["active"] == true)
    }

    @Test func `the state comes back unchanged, whatever the member decides`() async throws {
        let desk = try await desk()
        for (decision, error) in [("refuse", "user_cancelled_authorize"), ("leave", "user_cancelled_login")] {
            let answer = try redirect(
                try await desk.world.send("GET", authorization(desk, "&decision=\(decision)")))
            #expect(answer["error"] == error && answer["state"] == "fooobar&x")
            #expect(answer["error_description"]?.isEmpty == false && answer["code"] == nil)
        }
        let allowed = try redirect(
            try await desk.world.send("GET", authorization(desk, "&member=ada@post.example")))
        #expect(allowed["state"] == "fooobar&x" && allowed["code"]?.isEmpty == false)
    }

    @Test func `the page offers the customer's seats, and its form signs in`() async throws {
        let desk = try await desk()
        let page = try await desk.world.send("GET", authorization(desk))
        #expect(page.status == 200)
        #expect(page.header("content-type") == "text/html; charset=utf-8")
        #expect(page.header("content-security-policy")?.contains("default-src 'none'") == true)
        #expect(page.text.contains("rita Moss") && page.text.contains("<html lang=\"en\""))
        #expect(!page.text.contains("<script>"))
        let fields = page.text.matches(of: /name="([^"]+)" value="([^"]*)"/).map { ($0.1, $0.2) }
        var form = fields.filter { $0.0 != "who" && $0.0 != "decision" }.map {
            "\($0.0)=\(String($0.1).replacing("&amp;", with: "&").inForm)"
        }
        form += ["who=\(try #require(fields.first { $0.0 == "who" }).1)", "member=", "decision=allow"]
        let answer = try await desk.world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/authorization", body: Array(form.joined(separator: "&").utf8)))
        #expect(try redirect(answer)["code"] != nil)
        let nobody = try await desk.world.send("GET", authorization(desk, "&member=nobody@post.example"))
        #expect(nobody.status == 200 && nobody.text.contains("role=\"alert\""))
    }

    @Test func `what is in a request is text on the page and never markup`() async throws {
        let desk = try await desk()
        let evil = "\"><script>alert('x')</script>&amp;"
        let page = try await desk.world.send(
            "GET",
            authorization(desk).replacing("fooobar%26x", with: evil.inForm)
                + "&code_challenge=\(evil.inForm)&code_challenge_method=S256")
        #expect(page.status == 200 && !page.text.contains("<script>"))
        #expect(page.text.contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;"))
        let wrong = try await desk.world.send(
            "GET", authorization(desk, scope: evil.inForm.replacing("%20", with: "")))
        #expect(wrong.status == 401 && !wrong.text.contains("<script>"))
        // Nothing breaks out of the redirect's header.
        let broken = authorization(desk, "&member=\(desk.member)").replacing(
            Self.callback.inForm, with: (Self.callback + "?a=b\r\nSet-Cookie: x=y").inForm)
        #expect(try await desk.world.send("GET", broken).status == 401)
    }

    @Test func `a request that is wrong is shown and not redirected`() async throws {
        let desk = try await desk()
        let good = authorization(desk, "&member=\(desk.member)")
        #expect(try await desk.world.send("GET", good).status == 302)
        for (part, wrong) in [
            (desk.customer.clientID, "78unknown"), (Self.callback.inForm, "https://evil.example/cb".inForm),
            (Self.callback.inForm, (Self.callback + "#x").inForm), ("r_liteprofile", "w_everything"),
            ("response_type=code", "response_type=token"), ("scope=r_liteprofile", "scope="),
        ] {
            let answer = try await desk.world.send("GET", good.replacing(part, with: wrong))
            #expect(answer.status == 401 && answer.header("location") == nil, "\(wrong)")
        }
        // Query arguments are ignored when redirect URIs are compared, and kept.
        let more = good.replacing(Self.callback.inForm, with: (Self.callback + "?user=7").inForm)
        let location = try #require(try await desk.world.send("GET", more).header("location"))
        #expect(location.hasPrefix(Self.callback + "?user=7&code="))
    }

    @Test func `a code is good once, for thirty minutes, for its application and redirect URI`() async throws {
        let desk = try await desk()
        let first = try await code(desk, desk.member)
        let other = try await desk.world.customer("globex", organization: 2000)
        let mismatch = try await exchange(desk, first, customer: other)
        #expect(mismatch.status == 400)
        #expect(try mismatch.json["error"] == "invalid_redirect_uri")
        #expect(try await exchange(desk, first, redirect: Self.callback + "/").status == 400)
        #expect(try await exchange(desk, first).status == 200)
        let again = try await exchange(desk, first)
        #expect(again.status == 401)
        #expect(try again.json["error"] == "invalid_request")
        #expect(try again.json["error_description"]?.string?.hasSuffix("authorization code not found") == true)

        let second = try await code(desk, desk.member)
        try await desk.world.sandbox.advance(by: .seconds(30 * 60))
        #expect(try await exchange(desk, second).status == 400)
        let form = "grant_type=authorization_code&client_id=x&client_secret=y"
        let missing = try await desk.world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/accessToken", body: Array(form.utf8)))
        #expect(missing.status == 400 && missing.text.contains("\\\"code\\\" is missing"), "\(missing.text)")
    }

    /// The vector of RFC 7636, appendix B.
    @Test func `a client that offered a challenge must prove it`() async throws {
        let desk = try await desk()
        let challenge =
            "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        let first = try await code(desk, desk.member, challenge)
        #expect(try await exchange(desk, first).status == 400)
        #expect(try await exchange(desk, first, more: "&code_verifier=wrong").status == 400)
        let verifier = "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(try await exchange(desk, first, more: verifier).status == 200)
        #expect(
            try await desk.world.send("GET", authorization(desk, challenge.replacing("S256", with: "plain"))).status
                == 401)
        #expect(try await exchange(desk, try await code(desk, desk.member), more: verifier).status == 400)
    }

    @Test func `other scopes end the tokens of before, and without a profile scope there is no profile`() async throws {
        let desk = try await desk()
        func token(_ scope: String) async throws -> String {
            let answer = try await exchange(desk, try await code(desk, desk.member, scope: scope))
            return try #require(try answer.json["access_token"]?.string)
        }
        let first = try await token("r_liteprofile")
        let second = try await token("r_liteprofile")
        for token in [first, second] {
            #expect(try await desk.world.send("GET", "/v2/me", token: token).status == 200)
        }
        let third = try await token("openid")
        #expect(try await desk.world.send("GET", "/v2/me", token: first).status == 401)
        #expect(try await desk.world.send("GET", "/v2/me", token: third).status == 403)
        // The customer's own 2-legged token is nobody's.
        #expect(
            try await desk.send("GET", "/v2/seatsV2?q=attributes&contracts=urn:li:contract:5000&start=0").status == 200)
        let reopened = try await desk.world.restarted()
        #expect(try await reopened.send("GET", "/v2/me", token: first).status == 401)
    }
}

extension String {
    /// Fit for a query or a form.
    fileprivate var inForm: String {
        utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
