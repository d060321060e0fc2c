// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// What a customer's admin does in Recruiter.
@Suite struct AdminPageTests {
    private func stage() async throws -> (RecruiterStage, PageVisitor) {
        let stage = try await RecruiterStage()
        return (stage, try await PageVisitor(stage.world.sandbox).signIn(stage.rita))
    }

    /// The value of a hidden field on a page.
    private func hidden(_ name: String, _ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "name=\"\(name)\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test(arguments: [
        "ats", "seats", "seats/invite", "seats/import", "seats/142636035", "contracts", "products", "usage",
    ])
    func `only an admin gets in`(page: String) async throws {
        let (stage, visitor) = try await stage()
        #expect(try await visitor.get("/talent/admin/\(page)").status == 200)
        let sven = try await PageVisitor(stage.world.sandbox).signIn(try await stage.seat("Sven"))
        let refused = try await sven.get("/talent/admin/\(page)")
        #expect(refused.status == 403 && refused.text.contains("Only an admin"))
        #expect(try await PageVisitor(stage.world.sandbox).get("/talent/admin/\(page)").status == 303)
    }

    @Test func `a level is switched on once the ATS has named it and set its callback address, and the ATS is told`()
        async throws
    {
        let world = try await TestSandbox()
        _ = try await world.send(
            "POST", "/v2/provisionedApplications", token: try await world.partnerToken(),
            json: ["uniqueForeignId": "acme", "name": "Test - <b>acme</b>", "description": "for a test"])
        try await world.control("POST", "contracts", ["contract": 5000, "organization": 1000])
        let admin = try #require(
            try await world.control(
                "POST", "seats",
                [
                    "contract": 5000, "email": "rita@example.com", "first_name": "Rita", "last_name": "Moss",
                    "roles": ["ADMIN_SEAT"],
                ])["seat"]?.int)
        let visitor = try await PageVisitor(world.sandbox).signIn(admin)
        #expect(try await visitor.get("/talent/admin/ats").text.contains("No ATS has asked"))
        try await world.control("POST", "integrations/request", ["organization": 1000, "contract": 5000])
        let waiting = try await visitor.get("/talent/admin/ats").text
        #expect(
            waiting.contains("Waiting for the ATS") && waiting.contains("integrationName")
                && waiting.contains("CALLBACK_URL"))
        #expect(waiting.contains("Test - &lt;b&gt;acme&lt;/b&gt;") && !waiting.contains("Switch on"))
        let (application, was) = (try hidden("application", waiting), try hidden("was", waiting))
        let early = try await visitor.post(
            "/talent/admin/ats", [("application", application), ("level", "company"), ("was", was), ("to", "ENABLED")])
        #expect(early.status == 409 && early.text.contains("not ready"))

        let child = try #require(world.sandbox.core.applications.all.first { !$0.isParent })
        let token = try await world.sandbox.token(clientID: child.clientID, secret: child.secrets[0])
        let context = "urn:li:organization:1000"
        for (type, context) in [
            ("ONE_CLICK_EXPORT", context), ("IN_ATS_INDICATOR", context), ("PROFILE_PLUGIN", context),
            ("CSA_API", "urn:li:contract:5000"),
        ] {
            let key = "integrationContext=\(context)&integrationType=\(type)&tenantType=RECRUITER&dataProvider=ATS"
            let ids = key.split(separator: "&").map { "ids[0].\($0)" }.joined(separator: "&")
            let body: JSONValue = ["patch": ["$set": ["integrationName": "Acme ATS"]]]
            let answer = try await world.send(
                "POST", "/v2/atsIntegrations?\(ids)", token: token,
                headers: [("x-restli-method", "batch_partial_update")],
                json: ["entities": .object(JSONObject([(key, body)]))])
            #expect(answer.status == 200, "\(answer.text)")
        }
        let path =
            "/v2/atsIntegrations/integrationContext=\(context)&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=CALLBACK_URL"
        _ = try await world.send(
            "PUT", path, token: token,
            json: ["entities": ["CALLBACK_URL": ["configurationValue": ["string": "https://ats.example.com/cb"]]]])
        // The form of before is out of date.
        let stale = try await visitor.post(
            "/talent/admin/ats", [("application", application), ("level", "company"), ("was", was), ("to", "ENABLED")])
        #expect(stale.status == 409 && stale.text.contains("changed meanwhile"))
        let ready = try await visitor.get("/talent/admin/ats").text
        #expect(ready.contains("Partner Ready") && ready.contains("Acme ATS") && ready.contains("Switch on"))
        let turned = try await visitor.post(
            "/talent/admin/ats",
            [("application", application), ("level", "company"), ("was", try hidden("was", ready)), ("to", "ENABLED")])
        #expect(turned.header("location") == "/talent/admin/ats?done=ats-on", "\(turned.text)")
        // Three announcements: the contract's level is a switch of its own.
        let pushes = try await world.control("GET", "pushes")["pushes"]?.array ?? []
        #expect(pushes.count == 3 && pushes.allSatisfy { $0["type"] == "INTEGRATION_STATUS_CHANGE" })
        let states = try await world.control("GET", "integrations")["integrations"]?.array ?? []
        #expect(states.filter { $0["status"] == "ENABLED" }.count == 3)
        #expect(states.first { $0["type"] == "CSA_API" }?["status"] == "REQUESTED")
    }

    @Test func `a seat is invited, accepted, parked, unparked, removed and invited again`() async throws {
        let (stage, visitor) = try await stage()
        _ = try await visitor.get("/talent/admin/seats/invite")
        let bad = try await visitor.post(
            "/talent/admin/seats/invite",
            [("contract", "5000"), ("first_name", "Pia \"<b>"), ("last_name", "P"), ("email", "pia")])
        #expect(bad.status == 422 && bad.text.contains("no address") && bad.text.contains("Pia &quot;&lt;b&gt;"))
        let fields = [("contract", "5000"), ("first_name", "Pia"), ("last_name", "Park"), ("email", "pia@example.com")]
        let invited = try await visitor.post("/talent/admin/seats/invite", fields + [("role", "SOURCER_ADD_PROSPECT")])
        let seat = try #require(invited.header("location")?.split(separator: "?").first.map(String.init))
        #expect(try await visitor.post("/talent/admin/seats/invite", fields).status == 409)
        for (to, shown) in [
            ("ACTIVE", "Active"), ("PARKED", "Parked"), ("ACTIVE", "Active"), ("INACTIVE", "No licence"),
            ("INVITED", "Invited"),
        ] {
            let was = try hidden("was", try await visitor.get(seat).text)
            #expect(try await visitor.post(seat + "/state", [("to", to), ("was", was)]).status == 303)
            #expect(try await visitor.get(seat).text.contains(shown))
        }
        // From Invited there is no way to Parked.
        let was = try hidden("was", try await visitor.get(seat).text)
        #expect(try await visitor.post(seat + "/state", [("to", "PARKED"), ("was", was)]).status == 409)
        #expect(try await visitor.get("/talent/admin/seats?state=INVITED").text.contains("pia@example.com"))
        _ = stage
    }

    @Test func `two admins at one seat: the second is told, and the last admin stays one`() async throws {
        let (stage, visitor) = try await stage()
        let seat = "/talent/admin/seats/\(stage.rita)"
        let was = try hidden("was", try await visitor.get(seat).text)
        let fields = [
            ("first_name", "Rita"), ("last_name", "Moss-Park"), ("email", "rita.moss@example.com"), ("was", was),
        ]
        #expect(try await visitor.post(seat, fields + [("role", "ADMIN_SEAT")]).status == 303)
        let second = try await visitor.post(seat, fields + [("role", "ADMIN_SEAT")])
        #expect(second.status == 409 && second.text.contains("Another admin changed this seat"))
        let now = try hidden("was", try await visitor.get(seat).text)
        let demoted = try await visitor.post(seat, fields.dropLast() + [("was", now)])
        #expect(demoted.status == 409 && demoted.text.contains("last active admin"))
        #expect(try await visitor.post(seat + "/state", [("to", "INACTIVE"), ("was", now)]).status == 409)
        #expect(try await visitor.get(seat).status == 200)
        // With another admin, the first may go.
        try await stage.world.control(
            "POST", "seats",
            ["email": "una@example.com", "first_name": "Una", "last_name": "Moss", "roles": ["ADMIN_SEAT"]])
        #expect(try await visitor.post(seat, fields.dropLast() + [("was", now)]).status == 303)
    }

    @Test func `contracts are added and renamed; a name that somebody else changed is not overwritten`() async throws {
        let (stage, visitor) = try await stage()
        let path = "/talent/admin/contracts"
        _ = try await visitor.get(path)
        #expect(try await visitor.post(path, [("number", "x"), ("name", "Europe")]).status == 422)
        #expect(try await visitor.post(path, [("number", "5000"), ("name", "Europe")]).status == 409)
        #expect(try await visitor.post(path, [("number", "5001"), ("name", "Europe <b>")]).status == 303)
        #expect(try await visitor.get(path).text.contains("Europe &lt;b&gt;"))
        #expect(try await visitor.post(path + "/5001", [("name", "EMEA"), ("was", "Europe <b>")]).status == 303)
        let late = try await visitor.post(path + "/5001", [("name", "West"), ("was", "Europe <b>")])
        #expect(late.status == 409 && late.text.contains("you wanted to call it “West”"))
        try await stage.world.control("POST", "contracts", ["contract": 6000, "organization": 2000])
        #expect(try await visitor.post(path + "/6000", [("name", "Mine"), ("was", "Contract 6000")]).status == 404)
    }

    @Test func `one-click export is switched off and on, and the viewers' settings are shown`() async throws {
        let (stage, visitor) = try await stage()
        let path = "/talent/admin/products"
        let page = try await visitor.get(path).text
        #expect(page.contains("Only those the ATS permits") && page.contains("Switch off"))
        #expect(try await visitor.post(path, [("was", "on"), ("to", "off")]).status == 303)
        #expect(try await visitor.post(path, [("was", "on"), ("to", "off")]).status == 409)
        #expect(try await visitor.get(path).text.contains("Switch on"))
        #expect(
            try await stage.world.sandbox.core.world.read { try $0.isExportSwitchedOn(organization: 1000) } == false)
    }

    @Test func `usage counts exports and InMails by seat and month, and shows the rows behind a number`() async throws {
        let (stage, visitor) = try await stage()
        try await stage.reply(try await stage.write("Secret plan"))
        _ = try await stage.get("/v2/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)&start=0")
        let page = try await visitor.get("/talent/admin/usage").text
        let rows = "/talent/admin/usage/inmails?seat=\(stage.rita)&amp;month=674"
        #expect(page.contains("<a href=\"\(rows)\">1</a>") && page.contains(">Mar<"))
        #expect(page.contains("1 of 100,000 calls today"))
        let behind = try await visitor.get(rows.replacing("&amp;", with: "&")).text
        #expect(behind.contains("Ada Okafor") && !behind.contains("Secret plan"))
        #expect(try await visitor.get("/talent/admin/usage/exports?seat=1&month=674").status == 404)
    }
}
