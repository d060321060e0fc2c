// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// `seatsV2` and `seats`. Protocol reference modules 3–5, A.7.
@Suite struct SeatTests {
    private static let path = "/v2/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)"

    @Test(arguments: FinderSyntax.both) func `a seat looks as LinkedIn's page shows it`(syntax: FinderSyntax)
        async throws
    {
        let stage = try await RecruiterStage()
        let contracts = syntax.list("contracts", [RecruiterStage.contract])
        let states = syntax.list("states", ["ACTIVE"])
        let page = try await stage.get(
            "/v2/seatsV2?q=attributes&\(contracts)&\(states)&start=0&count=10", syntax.headers)
        let person = try await stage.person(
            try #require(try await stage.world.control("GET", "seats")["seats"]?[0]?["member"]?.int))
        #expect(
            page == [
                "elements": [
                    [
                        "id": 142_636_035, "firstName": "Rita", "lastName": "Moss",
                        "contract": "urn:li:contract:5000", "member": .string(person), "state": "ACTIVE",
                        "seatRoles": ["ADMIN_SEAT", "SOURCER_ADD_PROSPECT"], "email": "rita.moss@example.com",
                        "created": ["time": .int(TestSandbox.noon.millis)],
                    ]
                ], "paging": ["start": 0, "count": 10, "links": []],
            ])
    }

    @Test func `the versioned form has another id and says who made the seat`() async throws {
        let stage = try await RecruiterStage()
        let path = "/rest/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)&start=0"
        let seat = try await stage.get(path, [("LinkedIn-Version", "202603")])["elements"]?[0]
        #expect(seat?["seatId"] == 142_636_035 && seat?["id"] == nil && seat?["created"] == nil)
        #expect(seat?["createdAt"]?["time"]?.int == TestSandbox.noon.millis)
        #expect(seat?["createdAt"]?["actor"]?.string?.hasPrefix("urn:li:person:") == true)
        #expect(try await stage.status(path) == 400, "without a version")
    }

    @Test(arguments: FinderSyntax.both) func `several contracts and states are asked for at once`(syntax: FinderSyntax)
        async throws
    {
        let stage = try await RecruiterStage()
        let parked = try await stage.seat("Paula", state: "PARKED")
        let invited = try await stage.seat("Ivo", state: "INVITED")
        try await stage.world.control("POST", "integrations/enable", ["organization": 1000, "contract": 5001])
        let other = try await stage.world.control(
            "POST", "seats",
            ["contract": 5001, "email": "olga@example.com", "first_name": "Olga", "last_name": "Moss"])["seat"]?.int
        let contracts = syntax.list("contracts", [RecruiterStage.contract, "urn:li:contract:5001"])
        func ids(_ query: String) async throws -> [Int64] {
            try await stage.get("/v2/seatsV2?q=attributes&\(contracts)&start=0\(query)", syntax.headers)["elements"]?
                .array?.compactMap { $0["id"]?.int } ?? []
        }
        let all = try [stage.rita, parked, invited, #require(other)]
        #expect(try await ids("") == all)
        #expect(try await ids("&" + syntax.list("states", ["ACTIVE"])) == [all[0], all[3]])
        #expect(try await ids("&" + syntax.list("states", ["PARKED", "INVITED"])) == [all[1], all[2]])
        try await stage.world.control("POST", "seats/\(parked)", ["state": "ACTIVE"])
        #expect(try await ids("&" + syntax.list("states", ["ACTIVE"])) == [all[0], all[1], all[3]])
    }

    @Test func `without a start it is refused, unless the switch says ten`() async throws {
        let stage = try await RecruiterStage()
        for number in 0..<11 { _ = try await stage.seat("Seat\(number)") }
        #expect(try await stage.status(Self.path) == 400)
        #expect(try await stage.status(Self.path + "&start=") == 400)
        try await stage.world.control("POST", "config", ["seats_need_start": false])
        #expect(try await stage.elements(Self.path).count == 10)
    }

    @Test func `pages link to each other, and past the end is an empty one`() async throws {
        let stage = try await RecruiterStage()
        for number in 0..<6 { _ = try await stage.seat("Seat\(number)") }
        let second = try await stage.get(Self.path + "&start=3&count=3")
        let links = second["paging"]?["links"]?.array?.compactMap { link in
            link["href"]?.string.map { (link["rel"]?.string ?? "", $0) }
        }
        let start = "/v2/seatsV2?q=attributes&contracts=urn:li:contract:5000"
        #expect(links?.map(\.0) == ["prev", "next"])
        #expect(links?.map(\.1) == ["\(start)&start=0&count=3", "\(start)&start=6&count=3"])
        #expect(try await stage.everything(Self.path + "&start=0&count=3").count == 7)
        let beyond = try await stage.get(Self.path + "&start=70&count=3")
        #expect(beyond["elements"] == [] && beyond["paging"]?["start"] == 70)
        #expect(try await stage.elements(Self.path + "&start=0&count=0").isEmpty)
    }

    @Test func `the older form still answers, with fewer words and a projection`() async throws {
        let stage = try await RecruiterStage()
        let parked = try await stage.seat("Paula", state: "PARKED")
        let path = "/v2/seats?q=seatsByAttributes&contracts=\(RecruiterStage.contract)"
        // As LinkedIn's collection writes it.
        #expect(
            try await stage.elements(path + "&active=true&fields=id&start=0&count=100") == [["id": .int(stage.rita)]])
        let all = try await stage.elements(path)
        #expect(all.count == 2)
        let rita = try #require(all.first)
        #expect(rita["contractId"] == "urn:li:contract:5000" && rita["admin"] == true && rita["active"] == true)
        #expect(
            Set(rita.object?.map { $0.0 } ?? []) == [
                "firstName", "lastName", "contractId", "member", "active", "admin", "id", "email",
            ])
        #expect(try await stage.ids(path + "&active=false") == [.int(parked)])
        #expect(try await stage.status(path + "&active=perhaps") == 400)
        try await stage.world.control("POST", "config", ["legacy_seats": false])
        #expect(try await stage.status(path) == 404)
    }

    @Test func `a seat for a known e-mail belongs to that member, who gets one a contract`() async throws {
        let stage = try await RecruiterStage()
        let seat = try await stage.world.control("POST", "seats", ["email": "ADA@post.example"])
        #expect(seat["member"]?.int == stage.ada && seat["first_name"] == "Ada")
        let again = try await stage.world.send("POST", "/_sandbox/seats", json: ["member": .int(stage.ada)])
        #expect(again.status == 409)
        try await stage.world.control("POST", "contracts", ["contract": 5001])
        let other = try await stage.world.control(
            "POST", "seats", ["contract": 5001, "member": "https://uk.linkedin.com/in/ada-okafor-sim"])
        #expect(other["member"]?.int == stage.ada)
    }
}
