// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct OAuthTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var form: String
        var status: Int
        var error: String
        var description: String
        var testDescription: String { form }
    }

    @Test(arguments: [
        Refusal(
            form: "", status: 400, error: "invalid_request",
            description: "A required parameter \"grant_type\" is missing"),
        Refusal(
            form: "grant_type=client_credentials", status: 400, error: "invalid_request",
            description: "A required parameter \"client_id\" is missing"),
        Refusal(
            form: "grant_type=client_credentials&client_id=xyz", status: 400, error: "invalid_request",
            description: "A required parameter \"client_secret\" is missing"),
        Refusal(
            form: "grant_type=client_credentials&client_id=xyz&client_secret=s", status: 400,
            error: "invalid_client_id",
            description: "The passed in client_id is invalid \"xyz\""),
        Refusal(
            form: "grant_type=client_credentials&client_id=partner&client_secret=wrong", status: 401,
            error: "invalid_client",
            description: "Client authentication failed"),
    ])
    func `a token request that lacks something is refused with the documented text`(_ refusal: Refusal) async throws {
        let world = try await TestSandbox { $0.partner = .init(clientID: "partner", clientSecret: "a+b/c==") }
        let response = try await world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/accessToken", body: Array(refusal.form.utf8)))
        #expect(response.status == refusal.status)
        #expect(try response.json["error"]?.string == refusal.error)
        #expect(try response.json["error_description"]?.string == refusal.description)
    }

    @Test func `several tokens of an application live side by side, and expires_in is a number or, by switch, a text`()
        async throws
    {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let second = try await world.sandbox.token(clientID: acme.clientID, secret: acme.secret)
        #expect(second != acme.token)
        for token in [acme.token, second] {
            #expect(try await world.send("GET", acme.candidate("C-1"), token: token).status == 200)
        }
        let form = Array(
            "grant_type=client_credentials&client_id=\(acme.clientID)&client_secret=\(acme.secret.encoded)".utf8)
        let request = SandboxRequest("POST", "/oauth/v2/accessToken", body: form)
        #expect(try await world.sandbox.respond(to: request).json["expires_in"] == 1800)
        try await world.control("POST", "config", ["expires_in_as_text": true])
        #expect(try await world.sandbox.respond(to: request).json["expires_in"] == "1800")
    }

    @Test func `introspection tells active, expired and somebody else's`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer("acme")
        let globex = try await world.customer("globex", organization: 2000)
        func introspect(_ token: String, as customer: Customer) async throws -> JSONValue {
            let form = "client_id=\(customer.clientID)&client_secret=\(customer.secret.encoded)&token=\(token)"
            return try await world.sandbox.respond(
                to: SandboxRequest("POST", "/oauth/v2/introspectToken", body: Array(form.utf8))
            ).json
        }
        let active = try await introspect(acme.token, as: acme)
        #expect(active["active"] == true && active["auth_type"] == "2L")
        #expect(active["expires_at"]?.int == TestSandbox.noon.second + 1800)
        #expect(try await introspect(acme.token, as: globex) == ["active": false])
        #expect(try await introspect("nonsense", as: acme) == ["active": false])
        try await world.control("POST", "clock", ["advance_seconds": 1800])
        #expect(try await introspect(acme.token, as: acme)["status"] == "expired")
    }

    @Test func `both secrets work after a roll, a third is refused, and the old one can be removed`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let application = try #require(world.sandbox.core.applications.application(clientID: acme.clientID))
        let second = try await world.sandbox.core.applications.rollSecret(
            number: application.number, now: world.sandbox.clock.now())
        for secret in [acme.secret, second] {
            #expect(try await world.sandbox.token(clientID: acme.clientID, secret: secret).isEmpty == false)
        }
        await #expect(throws: GatewayError.self) {
            try await world.sandbox.core.applications.rollSecret(
                number: application.number, now: world.sandbox.clock.now())
        }
        try await world.control(
            "DELETE", "applications/secret",
            ["client_id": .string(acme.clientID), "client_secret": .string(acme.secret)])
        let form = "grant_type=client_credentials&client_id=\(acme.clientID)&client_secret=\(acme.secret.encoded)"
        let refused = try await world.sandbox.respond(
            to: SandboxRequest("POST", "/oauth/v2/accessToken", body: Array(form.utf8)))
        #expect(refused.status == 401)
    }

    @Test func `a token from before a restart is still good`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let again = try await world.restarted()
        #expect(try await again.send("GET", acme.candidate("C-1"), token: acme.token).status == 200)
    }
}

extension String {
    /// As a value in a form.
    var encoded: String {
        replacing("%", with: "%25").replacing("+", with: "%2B").replacing("=", with: "%3D").replacing("/", with: "%2F")
    }
}
