// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Sandbox
import Testing

@Suite struct PipelineTests {
    @Test func `a candidate goes in, its result is 204 under its key, and the state shows it`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let put = try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
        #expect(put.status == 200, "\(put.text)")
        #expect(try put.json["results"]?.object?.map { $0.1["status"]?.int } == [204])
        let state = try await world.control("GET", "state?organization=1000")
        #expect(state["counts"]?["candidates"]?.int == 1)
    }

    @Test func `every answer has a UUID and the protocol version, errors are marked`() async throws {
        let world = try await TestSandbox()
        let v1 = try await world.send("GET", "/v2/atsCandidates?ids=1")
        #expect(v1.header("x-li-uuid")?.utf8.count == 24)
        #expect(v1.header("x-restli-protocol-version") == "1.0.0")
        #expect(v1.header("x-restli-error-response") == "true")
        let v2 = try await world.send("GET", "/v2/atsCandidates", headers: [("X-RestLi-Protocol-Version", "2.0.0")])
        #expect(v2.header("x-restli-protocol-version") == "2.0.0")
        #expect(v1.header("x-li-uuid") != v2.header("x-li-uuid"))
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var method = "GET"
        var target = "/v2/atsCandidates"
        var authorization: String?
        var headers: [(String, String)] = []
        var status: Int
        var code: String?
        var serviceErrorCode: Int64?
    }

    static let refusals: [Refusal] = [
        Refusal(testDescription: "no token", status: 401, code: "EMPTY_ACCESS_TOKEN", serviceErrorCode: 65604),
        Refusal(
            testDescription: "an empty token", authorization: "Bearer ", status: 401, code: "EMPTY_ACCESS_TOKEN",
            serviceErrorCode: 65604),
        Refusal(
            testDescription: "a wrong token", authorization: "Bearer x", status: 401, code: "INVALID_ACCESS_TOKEN",
            serviceErrorCode: 65600),
        Refusal(
            testDescription: "another scheme", authorization: "Basic eDp5", status: 401, code: "INVALID_ACCESS_TOKEN",
            serviceErrorCode: 65600),
        Refusal(
            testDescription: "rest without a version", target: "/rest/candidates", status: 400, code: "VERSION_MISSING"),
        Refusal(
            testDescription: "a version that never was", target: "/rest/candidates",
            headers: [("LinkedIn-Version", "201901")], status: 426,
            code: "NONEXISTENT_VERSION"),
        Refusal(
            testDescription: "a month that does not exist", target: "/rest/candidates",
            headers: [("LinkedIn-Version", "202513")],
            status: 426, code: "NONEXISTENT_VERSION"),
        Refusal(
            testDescription: "a long query", target: "/v2/atsCandidates?x=" + String(repeating: "a", count: 4096),
            status: 414),
        Refusal(testDescription: "a long URL", target: "/v2/" + String(repeating: "a/", count: 4200), status: 414),
        Refusal(testDescription: "a long segment", target: "/v2/" + String(repeating: "a", count: 4097), status: 414),
        Refusal(
            testDescription: "long headers", headers: [("x-long", String(repeating: "a", count: 28 * 1024))],
            status: 414),
        Refusal(testDescription: "another base path", target: "/v3/atsCandidates", status: 404),
        Refusal(
            testDescription: "a tunnelled verb that is not allowed", method: "POST",
            headers: [("X-HTTP-Method-Override", "PATCH")], status: 400),
    ]

    @Test(arguments: refusals) func `is refused before the resource:`(_ refusal: Refusal) async throws {
        let world = try await TestSandbox()
        var headers = refusal.headers
        if let authorization = refusal.authorization { headers.append(("Authorization", authorization)) }
        let response = try await world.send(refusal.method, refusal.target, headers: headers)
        #expect(response.status == refusal.status)
        #expect(try response.json["code"]?.string == refusal.code)
        #expect(
            try response.json["serviceErrorCode"]?.int == refusal.serviceErrorCode || refusal.serviceErrorCode == nil)
        #expect(try response.json["status"]?.int == Int64(refusal.status))
    }

    @Test func `an unknown path is 404 with the resource's name`() async throws {
        let world = try await TestSandbox()
        let response = try await world.send("GET", "/v2/unicorns", token: try await world.partnerToken())
        #expect(response.status == 404)
        #expect(try response.json["message"]?.string == "Resource unicorns does not exist")
    }

    @Test func `the partner's token is only for provisioning, a customer's for everything else`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let partner = try await world.partnerToken()
        let wrongParent = try await world.send("GET", acme.candidate("C-1"), token: partner)
        #expect(wrongParent.status == 403)
        #expect(try wrongParent.json["message"]?.string == "Not enough permissions to access: GET /atsCandidates")
        #expect(try wrongParent.json["serviceErrorCode"]?.int == 100)
        let wrongChild = try await world.send(
            "GET", "/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=acme", token: acme.token)
        #expect(wrongChild.status == 403)
    }

    @Test func `a token dies after thirty minutes by the sandbox's clock`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control("POST", "clock", ["advance_seconds": 1799])
        #expect(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status == 200)
        try await world.control("POST", "clock", ["advance_seconds": 1])
        let expired = try await world.send("GET", acme.candidate("C-1"), token: acme.token)
        #expect(expired.status == 401)
        #expect(try expired.json["serviceErrorCode"]?.int == 65602)
    }

    @Test func `a tunnelled batch of a hundred is the same as a straight one`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let ids = (0..<100).map { "C-\($0)" }
        let query = acme.batch(ids).split(separator: "?", maxSplits: 1)[1]
        #expect(query.utf8.count > 4096)
        let body =
            "--b\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n\(query)\r\n--b\r\nContent-Type: application/json\r\n\r\n"
        let response = try await world.sandbox.respond(
            to: SandboxRequest(
                "POST", "/v2/atsCandidates",
                headers: [
                    ("Authorization", "Bearer \(acme.token)"), ("X-HTTP-Method-Override", "PUT"),
                    ("x-restli-method", "batch_update"),
                    ("Content-Type", "multipart/mixed; boundary=b"),
                ], body: Array(body.utf8) + acme.candidates(ids).bytes + Array("\r\n--b--\r\n".utf8)))
        #expect(response.status == 200)
        #expect(try response.json["results"]?.object?.count == 100)
        let entry = try #require(
            world.sandbox.journal.entries(after: world.sandbox.journal.lastNumber - 1, limit: 1).first)
        #expect(
            entry.isTunnelled && entry.method == "PUT" && entry.records == 100 && entry.restliMethod == "batch_update")
    }

    @Test func `a hundred and one records are refused with the framework's text`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let ids = (0..<101).map { "C-\($0)" }
        let query = acme.batch(ids).split(separator: "?", maxSplits: 1)[1]
        let response = try await world.sandbox.respond(
            to: SandboxRequest(
                "POST", "/v2/atsCandidates",
                headers: [
                    ("Authorization", "Bearer \(acme.token)"), ("X-HTTP-Method-Override", "DELETE"),
                    ("Content-Type", "application/x-www-form-urlencoded"),
                ], body: Array(query.utf8)))
        #expect(response.status == 400)
        #expect(
            try response.json["message"]?.string
                == "The request batch size: 101 is larger than the allowed max batch size: 100 for method: batch_delete"
        )
    }

    @Test func `a body that is not JSON by its type is 415`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        let response = try await world.sandbox.respond(
            to: SandboxRequest(
                "PUT", acme.candidate("C-1"),
                headers: [("Authorization", "Bearer \(acme.token)"), ("Content-Type", "text/plain")],
                body: acme.candidates(["C-1"]).bytes))
        #expect(response.status == 415)
    }

    @Test func `keys are echoed in the caller's syntax`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        _ = try await world.send("PUT", acme.candidate("C-1"), token: acme.token, json: acme.candidates(["C-1"]))
        let answer = try await world.send(
            "GET",
            "/v2/atsCandidates?ids=List((atsCandidateId:C-1,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1000))",
            token: acme.token, headers: [("X-RestLi-Protocol-Version", "2.0.0")])
        let keys = try answer.json["results"]?.object?.map { $0.0 }
        #expect(keys == ["(atsCandidateId:C-1,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1000)"])
    }

    @Test func `the daily limit refuses with 429 and starts anew at midnight UTC`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer()
        try await world.control("POST", "quotas", ["group": "candidates", "requests_per_day": 2])
        for _ in 0..<2 { #expect(try await world.send("GET", acme.candidate("C-1"), token: acme.token).status == 200) }
        let refused = try await world.send("GET", acme.candidate("C-1"), token: acme.token)
        #expect(refused.status == 429)
        #expect(try refused.json["serviceErrorCode"]?.int == 101)
        #expect(try refused.json["code"]?.string == "TOO_MANY_REQUESTS")
        #expect(refused.header("retry-after") == nil)
        // Twelve hours on it is midnight; the token of then is a new one.
        try await world.control("POST", "clock", ["advance_seconds": 43_200])
        let token = try await world.sandbox.token(clientID: acme.clientID, secret: acme.secret)
        #expect(try await world.send("GET", acme.candidate("C-1"), token: token).status == 200)
        let usage = try await world.control("GET", "usage")
        let candidates = usage["usage"]?.array?.first { $0["group"]?.string == "candidates" }
        #expect(candidates?["requests"]?.int == 1 && candidates?["throttled"]?.int == 0)
    }

    @Test func `records a minute are limited, and a switch turns all quotas off`() async throws {
        let world = try await TestSandbox { $0.switches.retryAfter = true }
        let acme = try await world.customer()
        try await world.control("POST", "quotas", ["group": "candidates", "records_per_minute": 3])
        func put(_ ids: [String]) async throws -> SandboxResponse {
            try await world.send("PUT", acme.batch(ids), token: acme.token, json: acme.candidates(ids))
        }
        #expect(try await put(["A", "B"]).status == 200)
        let refused = try await put(["C", "D"])
        #expect(refused.status == 429)
        #expect(refused.header("retry-after") == "60")
        #expect(try await put(["C"]).status == 200)
        try await world.control("POST", "clock", ["advance_seconds": 60])
        #expect(try await put(["D", "E", "F"]).status == 200)
        try await world.control("POST", "quotas", ["on": false])
        #expect(try await put(["G", "H", "I", "J"]).status == 200)
    }

    @Test func `the member's profile needs a member's token and knows projections`() async throws {
        let world = try await TestSandbox { $0.members = 3 }
        let acme = try await world.customer()
        try await world.sandbox.generateMembers()
        #expect(try await world.send("GET", "/v2/me", token: acme.token).status == 403)
        let minted = try await world.control("POST", "members/token", ["member": 2])
        let token = try #require(minted["access_token"]?.string)
        let me = try await world.send("GET", "/v2/me?fields=id", token: token)
        #expect(me.status == 200)
        #expect(try me.json.object?.count == 1)
        #expect(try minted["person"]?.string == "urn:li:person:" + #require(me.json["id"]?.string))
    }
}
