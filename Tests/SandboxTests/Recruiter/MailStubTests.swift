// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// `mailStubs`. Protocol reference modules 3–5, A.9 and A.5.2.
@Suite struct MailStubTests {
    private static let noon = TestSandbox.noon.millis
    private static let path = "/v2/mailStubs?q=contract&contract=\(RecruiterStage.contract)"

    @Test(arguments: FinderSyntax.both, ["/v2", "/rest"])
    func `a first reply that shares contact data makes a stub profile`(syntax: FinderSyntax, base: String) async throws
    {
        let stage = try await RecruiterStage()
        let answer = try await stage.reply(try await stage.write(), ["share_contact": true])
        #expect(answer["stub"] == 90017)
        let contract = syntax.text("contract", RecruiterStage.contract)
        let owners = syntax.list("owners", [stage.ritaURN])
        let page = try await stage.get(
            "\(base)/mailStubs?q=contract&\(contract)&\(owners)&createdDateStart=\(Self.noon)"
                + "&createdDateEnd=\(Self.noon + 1)&start=0&count=50",
            syntax.headers + [("LinkedIn-Version", "202603")])
        #expect(
            page["elements"] == [
                [
                    "id": 90017, "contract": "urn:li:contract:5000", "owner": .string(stage.ritaURN),
                    "created": .int(Self.noon), "member": .string(try await stage.person(stage.ada)),
                    "firstName": "Ada", "lastName": "Okafor", "headline": "Staff engineer at Northwind",
                    "location": ["locationName": "Lagos, NG"], "currentEmployerNames": ["Northwind"],
                    "profileUrl": "https://www.linkedin.com/in/ada-okafor-sim", "emailAddress": "ada@post.example",
                    "phoneNumber": "+2340000000",
                ]
            ])
    }

    @Test func `only the first reply is asked, and only a yes makes a stub`() async throws {
        let stage = try await RecruiterStage()
        let refused = try await stage.write("Refused")
        try await stage.reply(refused, ["share_contact": false])
        let declined = try await stage.write("Declined")
        try await stage.reply(declined, ["decline": true])
        let silent = try await stage.write("Silent")
        for thread in [refused, declined] {
            let late = try await stage.world.send(
                "POST", "/_sandbox/inmails/reply",
                json: ["thread": thread, "text": "After all", "share_contact": true])
            #expect(late.status == 409)
            #expect(try late.json["field"] == "share_contact")
        }
        // A second answer without the question is a message like any other.
        try await stage.reply(refused)
        #expect(try await stage.elements(Self.path).isEmpty)
        let both = try await stage.world.send(
            "POST", "/_sandbox/inmails/reply", json: ["thread": silent, "decline": true, "share_contact": true])
        #expect(both.status == 400)
        try await stage.reply(silent, ["share_contact": true])
        #expect(try await stage.elements(Self.path).count == 1)
    }

    @Test func `every conversation asks anew, and its stub belongs to its recruiter`() async throws {
        let stage = try await RecruiterStage()
        let paul = try await stage.seat("Paul")
        try await stage.reply(try await stage.write(), ["share_contact": true])
        try await stage.pass(10)
        try await stage.reply(try await stage.write(from: paul), ["share_contact": true])
        #expect(try await stage.ids(Self.path) == [90017, 90018])
        #expect(try await stage.ids(Self.path + "&owners=urn:li:seat:\(paul)") == [90018])
        #expect(try await stage.ids(Self.path + "&owners=\(stage.ritaURN)&owners=urn:li:seat:\(paul)").count == 2)
        #expect(try await stage.ids(Self.path + "&owners=urn:li:seat:1").isEmpty)
        // In from the start, out at the end.
        let (first, second) = (Self.noon, Self.noon + 10_000)
        #expect(try await stage.ids(Self.path + "&createdDateStart=\(first)").count == 2)
        #expect(try await stage.ids(Self.path + "&createdDateStart=\(first + 1)") == [90018])
        #expect(try await stage.ids(Self.path + "&createdDateEnd=\(second)") == [90017])
        #expect(try await stage.ids(Self.path + "&createdDateEnd=\(second + 1)").count == 2)
        #expect(try await stage.everything(Self.path + "&start=0&count=1").compactMap { $0["id"] } == [90017, 90018])
    }

    @Test func `nothing beyond the reach of a search is given`() async throws {
        let stage = try await RecruiterStage()
        #expect(try await stage.status(Self.path + "&start=19950&count=50") == 200)
        #expect(try await stage.status(Self.path + "&start=19951&count=50") == 400)
        #expect(try await stage.status(Self.path + "&start=20000&count=1") == 400)
        #expect(try await stage.status(Self.path + "&start=2147483647&count=2147483647") == 400)
        try await stage.world.control("POST", "config", ["mail_stub_reach": 30_000])
        #expect(try await stage.status(Self.path + "&start=20000&count=1") == 200)
    }

    @Test func `the old style has a list of e-mail addresses`() async throws {
        let stage = try await RecruiterStage { $0.switches.stubStyle = .legacy }
        try await stage.reply(try await stage.write(), ["share_contact": true])
        #expect(try await stage.elements(Self.path)[0]["emailAddress"] == ["ada@post.example"])
    }

    @Test func `what a member has not filled in is left out`() async throws {
        let stage = try await RecruiterStage()
        let bare = try await stage.world.control(
            "POST", "members",
            [
                "first_name": "Bo", "last_name": "Kay", "email": "bo@post.example",
                "profile_url": "https://www.linkedin.com/in/bo-kay-sim",
            ])
        try await stage.reply(try await stage.write(to: bare["number"]?.int), ["share_contact": true])
        let names = try await stage.elements(Self.path)[0].object?.map { $0.0 }
        #expect(
            names == [
                "id", "contract", "owner", "created", "member", "firstName", "lastName", "profileUrl", "emailAddress",
            ])
    }
}
