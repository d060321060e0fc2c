// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// Who may read what recruiters do, and what a request must say.
@Suite struct RecruiterAccessTests {
    static let finders = [
        "/v2/seatsV2?q=attributes&start=0&contracts=urn:li:contract:5000",
        "/v2/seats?q=seatsByAttributes&contracts=urn:li:contract:5000",
        "/v2/conversationEvents?q=criteria&viewer=urn:li:seat:142636035",
        "/v2/mailStubs?q=contract&contract=urn:li:contract:5000",
        "/v2/prospectNotes?q=criteria&contract=urn:li:contract:5000",
    ]

    @Test(arguments: finders) func `only an application of the contract's customer reads, while it is on:`(
        _ target: String
    ) async throws {
        let stage = try await RecruiterStage()
        #expect(try await stage.status(target) == 200)
        let foreign = target.replacing("5000", with: "5999").replacing("142636035", with: "142636036")
        #expect(try await stage.status(foreign) == 403, "an unknown contract or seat")
        #expect(try await stage.world.send("GET", target).status == 401, "nobody's token")
        #expect(
            try await stage.world.send("GET", target, token: try await stage.world.partnerToken()).status == 403)
        // Another customer, even one that names the contract as its own.
        let globex = try await stage.world.customer("globex", organization: 2000)
        #expect(try await stage.world.send("GET", target, token: globex.token).status == 403)
        let off: JSONValue = [
            "organization": 1000, "contract": 5000, "unique_foreign_id": "acme", "types": ["CSA_API"],
        ]
        try await stage.world.control("POST", "integrations/disable", off)
        #expect(try await stage.status(target) == 403)
        try await stage.world.control("POST", "config", ["data_needs_enabled_integration": false])
        #expect(try await stage.status(target) == 200)
        #expect(try await stage.world.send("GET", target, token: globex.token).status == 403)
    }

    @Test func `a second application of the customer reads the same under other person ids`() async throws {
        let stage = try await RecruiterStage()
        try await stage.note("Strong on storage")
        let path = "/v2/prospectNotes?q=criteria&contract=urn:li:contract:5000"
        let second = try await stage.world.customer("acme-2")
        let mine = try await stage.elements(path)[0]
        let theirs = try #require(
            try await stage.world.send("GET", path, token: second.token).json["elements"]?[0])
        #expect(mine["id"] == theirs["id"] && mine["owner"] == theirs["owner"])
        #expect(mine["prospect"] != theirs["prospect"])
    }

    @Test(arguments: [
        "/v2/seatsV2?start=0&contracts=urn:li:contract:5000",
        "/v2/seatsV2?q=seatsByAttributes&start=0&contracts=urn:li:contract:5000", "/v2/seatsV2?q=attributes&start=0",
        "/v2/seatsV2?q=attributes&start=0&contracts=urn:li:organization:1000",
        "/v2/seatsV2?q=attributes&start=0&contracts=urn:li:contract:5000&states=RETIRED",
        "/v2/seatsV2?q=attributes&start=-1&contracts=urn:li:contract:5000",
        "/v2/seatsV2?q=attributes&start=0&count=many&contracts=urn:li:contract:5000",
        "/v2/seatsV2?q=attributes&start=0&contracts=urn:li:contract:5000&fields=(", "/v2/seatsV2/142636035",
        "/v2/seats?q=seatsByAttributes", "/v2/conversationEvents?viewer=urn:li:seat:142636035",
        "/v2/conversationEvents?q=criteria", "/v2/conversationEvents?q=criteria&viewer=142636035",
        "/v2/conversationEvents?q=criteria&viewer=urn:li:seat:142636035&viewer=urn:li:seat:142636036",
        "/v2/conversationEvents?q=criteria&viewer=urn:li:seat:142636035&timeRange=1",
        "/v2/conversationEvents?q=criteria&viewer=urn:li:seat:142636035&timeRange.start=yesterday",
        "/v2/conversationEvents?q=criteria&viewer=urn:li:seat:142636035&threadUrn=7000", "/v2/mailStubs?q=contract",
        "/v2/mailStubs?q=contract&contract=urn:li:contract:5000&createdDateStart=2026-01-01",
        "/v2/mailStubs?q=contract&contract=urn:li:contract:5000&owners=urn:li:person:1", "/v2/prospectNotes",
        "/v2/prospectNotes?q=criteria", "/v2/prospectNotes?q=criteria&contract=urn:li:contract:5000&beforeDate=x",
    ])
    func `a request that does not say what it must is a 400:`(_ target: String) async throws {
        let stage = try await RecruiterStage()
        let response = try await stage.world.send("GET", target, token: stage.acme.token)
        #expect(response.status == 400, "\(response.text)")
        #expect(try response.json["message"]?.string?.isEmpty == false)
    }

    @Test(arguments: ["POST", "PUT", "DELETE"]) func `nothing of it can be written:`(_ method: String) async throws {
        let stage = try await RecruiterStage()
        for target in ["/v2/seatsV2", "/v2/prospectNotes/1"] {
            let response = try await stage.world.send(method, target, token: stage.acme.token, json: [:])
            #expect(response.status == 400 || response.status == 405)
        }
    }

    @Test func `a contract belongs to the customer who had it first`() async throws {
        let stage = try await RecruiterStage()
        _ = try await stage.world.customer("globex", organization: 2000)
        let contracts = try await stage.world.control("GET", "contracts")["contracts"]?.array
        #expect(contracts?.map { $0["organization"] } == [1000])
        #expect(contracts?.first?["name"] == "Contract 5000")
        let stolen = try await stage.world.send(
            "POST", "/_sandbox/contracts", json: ["contract": 5000, "organization": 2000])
        #expect(stolen.status == 409)
        let renamed = try await stage.world.control(
            "POST", "contracts", ["contract": 5000, "organization": 1000, "name": "Acme, Europe"])
        #expect(renamed["name"] == "Acme, Europe")
    }
}
