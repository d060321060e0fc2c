// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// How notifications of exports travel: modules 3–5, A.4 and J-1, J-2, J-7, J-23, J-24.
@Suite struct PushSenderTests {
    /// A desk whose callback URL is served while `body` runs.
    private func serving(
        status: Int = 200, _ change: (inout SandboxOptions) -> Void = { _ in },
        _ body: @escaping @Sendable (Recruiting, Callback) async throws -> Void
    ) async throws {
        let desk = try await Recruiting(callback: nil, change)
        let callback = Callback(secret: desk.customer.secret, status: status)
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        try await callback.run { url in
            try await desk.configure("CALLBACK_URL", of: "ONE_CLICK_EXPORT", url)
            try await body(desk, callback)
        }
    }

    private static func ids(_ deliveries: some Sequence<Callback.Delivery>) throws -> [String] {
        try deliveries.map { try JSONValue(parsing: $0.body)["id"]?.string ?? "" }
    }

    @Test func `an export with wait answers with what the ATS said`() async throws {
        try await serving { desk, callback in
            let answer = try await desk.world.control(
                "POST", "export",
                ["member": .int(desk.member), "job": "REQ-1", "seat": .int(desk.seat), "wait": 10])
            #expect(answer["delivery"]?["status"] == 200 && answer["delivery"]?["delivered"] == true)
            #expect(answer["delivery"]?["attempts"] == 1)
            let delivery = try #require(callback.deliveries.first)
            #expect(
                delivery.signature
                    == PushSignature.header(delivery.body, secret: desk.customer.secret, form: .prefixedMessage))
            #expect(String(decoding: delivery.body, as: UTF8.self) == answer["delivery"]?["body"]?.string)
        }
    }

    @Test func `every attempt sends the same body and signature, though the secret was rolled in between`() async throws
    {
        try await serving(status: 503) { desk, callback in
            let id = try #require(try await desk.export(job: "REQ-1")["request_id"]?.string)
            try await desk.world.sandbox.deliverPushes()
            let roll = try await desk.send(
                "POST", "/v2/developerApplicationsSecurity?action=rollDeveloperApplicationSecret", [:],
                headers: [("x-restli-method", "action")])
            #expect(roll.status == 200, "\(roll.text)")
            try await desk.world.sandbox.advance(by: .seconds(300))
            try await desk.world.sandbox.deliverPushes()
            let push = try await desk.world.control("GET", "pushes/\(id)")
            #expect(push["attempts"] == 2 && push["status"] == 503 && push["delivered"] == false)
            let deliveries = callback.deliveries
            #expect(deliveries.count == 2 && deliveries[0].body == deliveries[1].body)
            #expect(deliveries[0].signature == deliveries[1].signature)
            // Eight hours, then no more; the event itself can be asked for a day.
            for _ in 0..<100 {
                try await desk.world.sandbox.advance(by: .seconds(300))
                try await desk.world.sandbox.deliverPushes()
            }
            #expect(try await desk.world.control("GET", "pushes/\(id)")["next"] == .null)
            #expect(callback.deliveries.count == 96)
            // By hand it goes out again, the same.
            callback.answer(with: 204)
            let again = try await desk.world.control("POST", "pushes/\(id)/resend", ["wait": 10])
            #expect(again["status"] == 204 && again["attempts"] == 97)
            #expect(callback.deliveries.last?.signature == deliveries[0].signature)
        }
    }

    @Test func `attempts end with the event's own expiry when that comes first`() async throws {
        try await serving(status: 500, { $0.switches.pushExpirySeconds = 600 }) { desk, callback in
            _ = try await desk.export(job: "REQ-1")
            for _ in 0..<5 {
                try await desk.world.sandbox.deliverPushes()
                try await desk.world.sandbox.advance(by: .seconds(300))
            }
            #expect(callback.deliveries.count == 2)
        }
    }

    @Test func `events of a URL keep their order, and a dead URL holds up nobody else`() async throws {
        try await serving { desk, callback in
            // A port on which nobody listens: connections are refused at once.
            let other = try await desk.world.customer("globex", organization: 2000)
            try await desk.configure(of: other, callback: "http://127.0.0.1:1/callback")
            for _ in 0..<3 {
                for act in ["disable", "enable"] {
                    try await desk.world.control(
                        "POST", "integrations/\(act)",
                        ["organization": 2000, "types": ["PROFILE_PLUGIN"], "unique_foreign_id": "globex"])
                }
            }
            var expected: [String] = []
            for _ in 0..<5 { expected.append(try await desk.exportID()) }
            #expect(try await desk.world.sandbox.deliverPushes() == 5)
            #expect(try Self.ids(callback.deliveries) == expected)
            // The dead one was tried once; what was behind it waits without costing an attempt each.
            let dead = try await desk.world.control("GET", "pushes")["pushes"]?.array?.filter {
                $0["url"]?.string?.contains(":1/") == true
            }
            #expect(dead?.count == 6)
            #expect(dead?.compactMap { $0["attempts"]?.int }.reduce(0, +) == 1)
            #expect(dead?.allSatisfy { $0["next"]?.int == TestSandbox.noon.millis + 300_000 } == true)
        }
    }

    @Test func `an endpoint that takes its time holds up nobody else, and gets nothing twice meanwhile`() async throws {
        try await serving { desk, slow in
            let other = try await desk.world.customer("globex", organization: 2000)
            let quick = Callback(secret: other.secret)
            try await quick.run { url in
                try await desk.configure(of: other, callback: url)
                let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
                let release = slow.hang { arrived.yield() }
                _ = try await desk.exportID()
                async let first = desk.world.sandbox.deliverPushes()
                for await _ in arrivals { break }
                try await desk.world.control(
                    "POST", "integrations/disable",
                    ["organization": 2000, "types": ["PROFILE_PLUGIN"], "unique_foreign_id": "globex"])
                #expect(try await desk.world.sandbox.deliverPushes() == 1)
                #expect(quick.deliveries.count == 1 && slow.deliveries.isEmpty)
                release()
                #expect(try await first == 1)
                #expect(slow.deliveries.count == 1)
            }
        }
    }

    @Test func `planned faults overtake, hold back, duplicate and sign wrongly`() async throws {
        try await serving { desk, callback in
            func plan(_ fault: String) async throws {
                try await desk.world.control(
                    "POST", "faults", ["rules": [["fault": .string(fault), "times": 1, "delay_ms": 60_000]]])
            }
            try await plan("push_out_of_order")
            let first = [try await desk.exportID(), try await desk.exportID(), try await desk.exportID()]
            #expect(try await desk.world.sandbox.deliverPushes() == 3)
            #expect(try Self.ids(callback.deliveries) == [first[1], first[0], first[2]])

            try await plan("push_out_of_order")
            let alone = try await desk.exportID()
            #expect(try await desk.world.sandbox.deliverPushes() == 0)
            let later = try await desk.exportID()
            #expect(try await desk.world.sandbox.deliverPushes() == 1)
            try await desk.world.sandbox.advance(by: .seconds(60))
            #expect(try await desk.world.sandbox.deliverPushes() == 1)
            #expect(try Self.ids(callback.deliveries.suffix(2)) == [later, alone])

            try await plan("push_late")
            let late = try await desk.exportID()
            #expect(try await desk.world.sandbox.deliverPushes() == 0)
            try await desk.world.sandbox.advance(by: .seconds(60))
            #expect(try await desk.world.sandbox.deliverPushes() == 1)
            #expect(try Self.ids(callback.deliveries.suffix(1)) == [late])

            try await plan("push_duplicate")
            let twice = try await desk.exportID()
            #expect(try await desk.world.sandbox.deliverPushes() == 1)
            #expect(try Self.ids(callback.deliveries.suffix(2)) == [twice, twice])

            try await plan("push_bad_signature")
            _ = try await desk.exportID()
            try await desk.world.sandbox.deliverPushes()
            let forged = try #require(callback.deliveries.last)
            #expect(forged.signature.count == 64)
            #expect(
                forged.signature
                    != PushSignature.header(forged.body, secret: desk.customer.secret, form: .prefixedMessage))
        }
    }

    @Test func `switches make the id a number, leave out the expiry, and sign with the partner's secret`() async throws
    {
        try await serving({
            $0.switches.pushIDAsNumber = true
            $0.switches.pushOmitsExpiry = true
            $0.switches.signWithParentSecret = true
        }) { desk, callback in
            _ = try await desk.export(job: "REQ-1")
            try await desk.world.sandbox.deliverPushes()
            let delivery = try #require(callback.deliveries.first)
            let body = try JSONValue(parsing: delivery.body)
            #expect(body["id"]?.int != nil && body.object?.count == 2)
            let partner = try #require(desk.world.sandbox.core.applications.defaultPartner)
            #expect(
                delivery.signature
                    == PushSignature.header(delivery.body, secret: partner.secrets[0], form: .prefixedMessage))
        }
    }

    @Test func `a URL is blocked by three failures or by hand, and freed by a challenge it passes`() async throws {
        try await serving({ $0.switches.callbackValidation = .enforce }) { desk, callback in
            let sandbox = desk.world.sandbox
            func challenge() async throws -> JSONValue? {
                try await desk.world.control("GET", "pushes")["challenges"]?[0]
            }
            try await sandbox.deliverPushes()
            #expect(try await challenge()?["outcome"] == "passed")
            callback.forget(secret: "another")
            for _ in 0..<3 {
                try await sandbox.advance(by: .seconds(7200))
                try await sandbox.deliverPushes()
            }
            let failed = try #require(try await challenge())
            #expect(failed["blocked"] == true && failed["failures"] == 3)
            #expect(
                failed["outcome"]?.string?.hasPrefix("This URL did not pass the security challenge check") == true)
            // Nothing is sent, and no attempt is counted, until somebody restarts the validation.
            let id = try await desk.exportID()
            #expect(try await sandbox.deliverPushes() == 0)
            #expect(try await desk.world.control("GET", "pushes/\(id)")["attempts"] == 0)
            #expect(callback.challenges.count == 4)
            callback.forget(secret: desk.customer.secret)
            let validated = try await desk.world.control("POST", "callbacks/validate")
            #expect(validated["challenges"]?[0]?["outcome"] == "passed")
            try await sandbox.advance(by: .seconds(300))
            try await sandbox.deliverPushes()
            #expect(try await desk.world.control("GET", "pushes/\(id)")["delivered"] == true)

            try await desk.world.control("POST", "callbacks/block")
            let blocked = try await desk.exportID()
            #expect(try await sandbox.deliverPushes() == 0)
            try await desk.world.control("POST", "callbacks/unblock")
            try await sandbox.advance(by: .seconds(300))
            #expect(try await sandbox.deliverPushes() == 1)
            #expect(try Self.ids(callback.deliveries.suffix(1)) == [blocked])
        }
    }

    @Test func `a URL that was replaced is not challenged any more`() async throws {
        try await serving({ $0.switches.callbackValidation = .probe }) { desk, callback in
            try await desk.world.sandbox.deliverPushes()
            let before = callback.challenges.count
            try await desk.configure("CALLBACK_URL", of: "ONE_CLICK_EXPORT", nil)
            #expect(try await desk.world.control("GET", "pushes")["challenges"]?.array == [])
            try await desk.world.sandbox.advance(by: .seconds(7200))
            try await desk.world.sandbox.deliverPushes()
            #expect(callback.challenges.count == before)
        }
    }

    @Test(arguments: [
        ("https://ats.example.com/cb", true), ("https://ats.example.com:443/cb", true),
        ("https://ats.example.com:80/cb", true), ("https://ats.example.com:8443/cb", false),
        ("http://127.0.0.1:8080/cb", false), ("https://abc.ngrok.io/cb", false),
    ])
    func `strict, only the documented ports may be called back`(url: String, isAllowed: Bool) async throws {
        let desk = try await Recruiting(callback: nil) { $0.switches.strictCallbackPorts = true }
        let path =
            "/v2/atsIntegrations/integrationContext=\(desk.context)&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=CALLBACK_URL"
        let answer = try await desk.send(
            "PUT", path, ["entities": ["CALLBACK_URL": ["configurationValue": ["string": .string(url)]]]])
        #expect(try answer.json["errors"]?.object?.isEmpty == isAllowed, "\(answer.text)")
    }
}

extension Recruiting {
    /// Sets another customer's callback URL.
    fileprivate func configure(of customer: Customer, callback: String) async throws {
        let key =
            "integrationContext=urn:li:organization:\(customer.organization)&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS"
        let answer = try await world.send(
            "PUT", "/v2/atsIntegrations/\(key)/configurations?ids=CALLBACK_URL", token: customer.token,
            json: ["entities": ["CALLBACK_URL": ["configurationValue": ["string": .string(callback)]]]])
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Exports the member to the first job.
    fileprivate func exportID() async throws -> String {
        let answer = try await export(job: "REQ-1")
        return try #require(answer["request_id"]?.string, "\(answer)")
    }
}
