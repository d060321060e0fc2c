// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import RestLi
import Testing

@testable import Sandbox

/// Provisioning, secrets, integrations and configurations where they go wrong. Protocol reference modules-1-2,
/// section 2 and 9.
@Suite struct SetupTests {
    private let syntax = Syntax(version: .v1)

    @Test(
        arguments: [
            (["uniqueForeignId": "acme", "name": "ATS - LinkedIn Corp", "description": "x"], 400),
            (["uniqueForeignId": "acme", "name": .string(String(repeating: "n", count: 51)), "description": "x"], 422),
            (["uniqueForeignId": "acme", "description": "x"], 422),
            (
                [
                    "uniqueForeignId": "acme", "name": "x", "description": "x",
                    "validJsSdkDomains": ["https://a.example/"],
                ], 422
            ),
            (["uniqueForeignId": "globex", "name": "x", "description": "x"], 409),
            (["uniqueForeignId": "acme", "name": "x", "description": "x"], 201),
        ] as [(JSONValue, Int)])
    func `provisioning is checked`(body: JSONValue, status: Int) async throws {
        let side = try await FarSide()
        #expect(try await side.send("POST", "/v2/provisionedApplications", body, asParent: true).status == status)
    }

    @Test func `the customer's token cannot provision, the partner's cannot write records`() async throws {
        let side = try await FarSide()
        let child = try await side.send(
            "POST", "/v2/provisionedApplications", ["uniqueForeignId": "a", "name": "b", "description": "c"])
        #expect(child.status == 403)
        let parent = try await side.send(
            "GET", "/v2/atsCandidates?\(syntax.ids([Keys.candidate("C-1")]))", asParent: true)
        #expect(parent.status == 403)
    }

    @Test func `a secret is rolled once; with two the next roll fails`() async throws {
        let side = try await FarSide()
        let path = "/v2/developerApplicationsSecurity?action=rollDeveloperApplicationSecret"
        let child: JSONValue = ["childDeveloperApplication": .string(side.application.urn)]
        let rolled = try await side.send("POST", path, child, asParent: true)
        #expect(rolled.status == 200)
        let secret = try #require(rolled.json["value"]?["client_secret"]?.string)
        for valid in [secret, side.application.secrets[0]] {
            #expect(try await !FarSide.token(side.sandbox, side.application.clientID, valid).isEmpty)
        }
        #expect(try await side.send("POST", path, child, asParent: true).status == 400)
        let strange = try await side.send(
            "POST", path, ["childDeveloperApplication": "urn:li:developerApplication:1"], asParent: true)
        #expect(strange.status == 403)
    }

    @Test func `an integration that nobody asked for cannot be named, and nothing but its name can be set`()
        async throws
    {
        let side = try await FarSide()
        let key = Keys.integration("UNIFIED_SEARCH")
        func patch(_ key: [(String, String)], _ set: JSONValue) async throws -> Int? {
            try await side.send(
                "POST", "/v2/atsIntegrations?\(syntax.ids([key]))",
                ["entities": .object([syntax.body(key): ["patch": ["$set": set]]])]
            ).status(of: syntax.answer(key))
        }
        #expect(try await patch(key, ["integrationName": "x"]) == 404)
        let known = Keys.integration("CSA_API", context: "urn:li:contract:7001")
        #expect(try await patch(known, ["integrationName": "x"]) == 204)
        #expect(try await patch(known, ["integrationName": ""]) == 422)
        #expect(try await patch(known, ["onboardingStatus": "ENABLED"]) == 403)
    }

    @Test func `with the switch on, naming an integration enables it and announces that`() async throws {
        let side = try await FarSide(isEnabled: false) { $0.autoEnable = true }
        try await side.set(.requested)
        let key = Keys.integration("PROFILE_PLUGIN")
        _ = try await side.send(
            "POST", "/v2/atsIntegrations?\(syntax.ids([key]))",
            ["entities": .object([syntax.body(key): ["patch": ["$set": ["integrationName": "Globex"]]]])])
        let all = try await side.sandbox.controls.integrations(application: side.application.number)
        #expect(all.filter { $0.status == .enabled }.map(\.id.type) == ["PROFILE_PLUGIN"])
        let pushes = try await side.sandbox.core.world.read { tx in try tx.pushes(limit: 10) }
        #expect(pushes.map(\.type) == ["INTEGRATION_STATUS_CHANGE"])
    }

    @Test func `enabling waits for name and callback when the switch says so`() async throws {
        let side = try await FarSide(isEnabled: false) { $0.enableNeedsConfiguration = true }
        try await side.set(.requested)
        let error = await #expect(throws: GatewayError.self) { try await side.set(.enabled) }
        #expect(error?.status == 409)
    }

    @Test(arguments: [
        ("CALLBACK_URL", "http://ats.example.com/li", 422), ("CALLBACK_URL", "http://localhost:8080/li", 204),
        ("CALLBACK_URL", "https://ats.example.com/li", 204), ("JOB_POSTING_VIEWERS", "ACL_BASED", 422),
        ("APPLICATION_VIEWERS", "ALL_PRODUCT_USERS", 422), ("COLOUR", "red", 422),
    ])
    func `configurations are checked for key, value and integration`(key: String, value: String, status: Int)
        async throws
    {
        let side = try await FarSide()
        let path = "/v2/atsIntegrations/\(syntax.path(Keys.integration("ONE_CLICK_EXPORT")))/configurations"
        let answer = try await side.send(
            "PUT", "\(path)?ids=\(key)",
            ["entities": .object([key: ["configurationValue": ["string": .string(value)]]])],
            headers: [("x-restli-method", "batch_update")])
        #expect(answer.status(of: key) == status)
        let read = try await side.send("GET", "\(path)?ids=\(key)")
        #expect((read.json["results"]?[key] != nil) == (status == 204))
        #expect((read.json["errors"]?[key]?["status"] == 404) == (status != 204))
    }
}
