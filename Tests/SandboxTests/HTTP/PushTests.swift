// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct PushTests {
    /// Sets a customer's CALLBACK_URL as an ATS does.
    private func configure(_ world: TestSandbox, _ customer: Customer, url: String) async throws {
        let key =
            "integrationContext=urn:li:organization:\(customer.organization)&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS"
        let response = try await world.send(
            "PUT", "/v2/atsIntegrations/\(key)/configurations?ids=CALLBACK_URL", token: customer.token,
            json: ["entities": ["CALLBACK_URL": ["configurationValue": ["string": .string(url)]]]])
        #expect(response.status == 200, "\(response.text)")
    }

    @Test func `switching an integration posts a signed event that names it`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let callback = Callback(secret: acme.secret)
        try await callback.run { url in
            try await configure(world, acme, url: url)
            try await world.control(
                "POST", "integrations/disable", ["organization": 1000, "types": ["PROFILE_PLUGIN"]])
            #expect(try await world.sandbox.deliverPushes() == 1)
            let delivery = try #require(callback.deliveries.first)
            #expect(
                delivery.signature == PushSignature.header(delivery.body, secret: acme.secret, form: .prefixedMessage))
            let event = try JSONValue(parsing: delivery.body)
            #expect(event["type"] == "INTEGRATION_STATUS_CHANGE")
            let id = try #require(event["id"]?.string)
            let found = try await world.send("GET", "/v2/atsIntegrations?q=request&requestId=\(id)", token: acme.token)
            #expect(try found.json["elements"]?[0]?["integrationType"] == "PROFILE_PLUGIN", "\(found.text)")
            #expect(try found.json["elements"]?[0]?["onboardingStatus"] == "DISABLED")
            #expect(try await world.sandbox.deliverPushes() == 0)
        }
    }

    @Test func `a failed delivery is tried every five minutes, and given up after eight hours`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let callback = Callback(secret: acme.secret, status: 500)
        try await callback.run { url in
            try await configure(world, acme, url: url)
            try await world.control(
                "POST", "integrations/disable", ["organization": 1000, "types": ["PROFILE_PLUGIN"]])
            #expect(try await world.sandbox.deliverPushes() == 0)
            #expect(try await world.sandbox.deliverPushes() == 0)
            #expect(callback.deliveries.count == 1)
            try await world.sandbox.advance(by: .seconds(300))
            callback.answer(with: 204)
            #expect(try await world.sandbox.deliverPushes() == 1)
            #expect(callback.deliveries.count == 2)

            callback.answer(with: 500)
            try await world.control("POST", "integrations/enable", ["organization": 1000, "types": ["PROFILE_PLUGIN"]])
            for _ in 0..<100 {
                try await world.sandbox.deliverPushes()
                try await world.sandbox.advance(by: .seconds(300))
            }
            #expect(callback.deliveries.count == 2 + 96)
        }
    }

    @Test func `a new callback URL is challenged with the application's id, and again after two hours`() async throws {
        let world = try await TestSandbox { $0.switches.callbackValidation = .probe }
        let acme = try await world.customer()
        let callback = Callback(secret: acme.secret)
        try await callback.run { url in
            try await configure(world, acme, url: url)
            try await world.sandbox.deliverPushes()
            #expect(callback.challenges.count == 1)
            #expect(callback.challenges.first?.contains("applicationId=70000") == true)
            #expect(try await world.control("GET", "pushes")["challenges"]?[0]?["outcome"] == "passed")
            try await world.sandbox.advance(by: .seconds(7200))
            try await world.sandbox.deliverPushes()
            #expect(callback.challenges.count == 2)
        }
    }

    @Test func `enforced, three failed challenges block the URL; probed, events go out all the same`() async throws {
        for (mode, delivered) in [(Switches.CallbackValidation.enforce, 0), (.probe, 1)] {
            let world = try await TestSandbox { $0.switches.callbackValidation = mode }
            let acme = try await world.customer()
            let callback = Callback(secret: "another secret")
            try await callback.run { url in
                try await configure(world, acme, url: url)
                for _ in 0..<3 {
                    try await world.sandbox.deliverPushes()
                    try await world.sandbox.advance(by: .seconds(7200))
                }
                // The token of before is too old by now; the admin needs none.
                try await world.control(
                    "POST", "integrations/disable", ["organization": 1000, "types": ["PROFILE_PLUGIN"]])
                #expect(try await world.sandbox.deliverPushes() == delivered)
            }
        }
    }

    @Test func `planned faults duplicate an event, sign it wrongly, or hold it back`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let callback = Callback(secret: acme.secret)
        try await callback.run { url in
            try await configure(world, acme, url: url)
            func push(_ fault: String) async throws -> [Callback.Delivery] {
                try await world.control(
                    "POST", "faults", ["rules": [["fault": .string(fault), "times": 1, "delay_ms": 60_000]]])
                let before = callback.deliveries.count
                let path = before.isMultiple(of: 2) ? "disable" : "enable"
                try await world.control(
                    "POST", "integrations/\(path)", ["organization": 1000, "types": ["PROFILE_PLUGIN"]])
                try await world.sandbox.deliverPushes()
                return Array(callback.deliveries[before...])
            }
            let wrong = try await push("push_bad_signature")
            #expect(
                wrong.first?.signature
                    != PushSignature.header(wrong[0].body, secret: acme.secret, form: .prefixedMessage))
            let twice = try await push("push_duplicate")
            #expect(twice.count == 2 && twice[0].body == twice[1].body)
        }
    }

    @Test func `the signature is the documented one`() {
        // Vectors of the protocol reference (modules-3-5 A.3 and A.4.3).
        let body = Array(
            "{\"type\":\"EXPORT_CANDIDATE_PROFILE\",\"id\":\"7304415581\",\"expiresAt\":1795392000000}".utf8)
        #expect(
            PushSignature.header(body, secret: "rsc-sim-child-secret-01", form: .prefixedMessage)
                == "326d6146d3abc07913289f1e7132c87be0ec3e878308dfbc00c513c47a74910f")
        #expect(
            PushSignature.header(body, secret: "rsc-sim-child-secret-01", form: .prefixedHeader)
                == "hmacsha256=a802dcd9bf165e68685d8fc9964f8892af47d611d8d62dac4ed2a2d226aaba2f")
        #expect(
            PushSignature.challengeResponse("3f2b1c64-7a0e-4d4f-9c1b-5a6f0e9d2b77", secret: "rsc-sim-child-secret-01")
                == "6d3ddd1429f27c0715e9df85a381d77f3013657c6265604bfe637f88f942f877")
    }
}
