// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

/// Quotas, clock, faults and snapshots: what changes the weather.
@Suite struct DeveloperControlTests {
    @Test func `quotas are shown as bars, set, reset and switched off`() async throws {
        let world = try await TestSandbox()
        let acme = try await world.customer("acme")
        for id in ["A", "B"] {
            _ = try await world.send("PUT", acme.batch([id]), token: acme.token, json: acme.candidates([id]))
        }
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/quotas").text.contains("2 of 100,000 requests · 2 records"))
        // A number leads to its rows.
        let rows = "/developers/requests?application=\(acme.clientID)&group="
        #expect(
            try await visitor.get("/developers/quotas").text.contains(rows.replacing("&", with: "&amp;") + "candidates")
        )
        #expect(try await visitor.get(rows + "candidates").text.contains("2 requests shown"))
        #expect(try await visitor.get(rows + "stages").text.contains("0 requests shown"))
        let set = try await visitor.post(
            "/developers/quotas", [("group", "candidates"), ("requests_per_day", "2"), ("records_per_minute", "")])
        #expect(set.status == 303)
        _ = try await world.send("PUT", acme.batch(["C"]), token: acme.token, json: acme.candidates(["C"]))
        let page = try await visitor.get("/developers/quotas").text
        #expect(page.contains("2 of 2 requests · 2 records · 1 × 429") && page.contains("set here"))
        #expect(page.contains("/developers/requests?application=\(acme.clientID)&amp;status=throttled"))
        let wrong = try await visitor.post(
            "/developers/quotas", [("group", "candidates"), ("requests_per_day", "many")])
        #expect(wrong.status == 400 && wrong.text.contains(#"value="many""#))
        #expect(wrong.text.contains("requests_per_day must be a whole number"))
        #expect(try await visitor.post("/developers/quotas/reset", [("group", "candidates")]).status == 303)
        #expect(try await visitor.get("/developers/quotas").text.contains("set here") == false)
        #expect(try await visitor.post("/developers/quotas/switch", [("on", "false")]).status == 303)
        #expect(!world.sandbox.quotas.isOn)
        #expect(try await visitor.get("/developers/quotas?done=quotas-off").text.contains("Limits are off"))
        #expect(try await visitor.post("/developers/quotas", [("group", "no group")]).status == 400)
    }

    @Test func `the clock moves on and never back`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/clock").text.contains("2026-03-02 12:00:00 UTC"))
        #expect(try await visitor.post("/developers/clock", [("seconds", "3600")]).status == 303)
        let page = try await visitor.get("/developers/clock?done=clock-moved").text
        #expect(page.contains("2026-03-02 13:00:00 UTC") && page.contains("1 h ahead"))
        for wrong in ["-5", "soon", "", "99999999999999999999"] {
            let answer = try await visitor.post("/developers/clock", [("seconds", wrong)])
            #expect(answer.status == 400 && answer.text.contains("must be a whole number"), "\(wrong)")
        }
        #expect(world.sandbox.clock.offsetMillis == 3_600_000)
    }

    @Test func `a fault plan is put in force from the page, a wrong one is kept in the editor with what is wrong`()
        async throws
    {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/clock").text.contains("Nothing goes wrong by plan."))
        #expect(try await visitor.get("/developers/clock?example=outage").text.contains("&quot;times&quot;: 100"))
        for (plan, message) in [
            ("{\"rules\":[{\"fault\":\"fire\"}]}", "rules[0].fault must be one of"),
            ("{\"rules\":[{\"fault\":\"500\",\"group\":\"x\"}]}", "no endpoint group is called x"),
            ("{\"rules\":[{\"fault\":\"500\",\"often\":1}]}", "rules[0].often is not known here"),
            ("{</textarea><script>", "the body is not JSON"),
        ] {
            let answer = try await visitor.post("/developers/clock/faults", [("plan", plan)])
            #expect(answer.status == 400 && answer.text.contains(message), "\(plan)")
            #expect(answer.text.contains(plan.replacing("\"", with: "&quot;").prefix(12)) || plan.contains("<"))
            #expect(!answer.text.contains("<script>"))
            #expect(world.sandbox.faults.report == nil)
        }
        let plan = #"{"seed":7,"rules":[{"fault":"503","times":2,"retry_after":9}]}"#
        #expect(try await visitor.post("/developers/clock/faults", [("plan", plan)]).status == 303)
        #expect(try await world.send("GET", "/v2/me", token: "x").status != 200)
        let page = try await visitor.get("/developers/clock").text
        #expect(page.contains("at most 2 times, Retry-After 9 s") && page.contains("&quot;seed&quot;: 7"))
        #expect(try await visitor.get("/developers").text.contains("<strong>1</strong><span>planned faults</span>"))
        #expect(try await visitor.post("/developers/clock/faults/clear").status == 303)
        #expect(world.sandbox.faults.report == nil)
    }

    @Test func `a snapshot is taken, the world changed, and gone back to after a question`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/snapshots").text.contains("No snapshot yet"))
        for wrong in ["../x", "a b", "", "<script>"] {
            let answer = try await visitor.post("/developers/snapshots", [("name", wrong)])
            #expect(answer.status == 400 && !answer.text.contains("<script>"), "\(wrong)")
        }
        #expect(try await visitor.post("/developers/snapshots", [("name", "before")]).status == 303)
        _ = try await world.customer("acme")
        #expect(try await visitor.get("/developers/applications").text.contains("<bdi>acme</bdi>"))
        let question = try await visitor.get("/developers/snapshots/before/restore").text
        #expect(question.contains("Everything that happened since"))
        #expect(try await visitor.post("/developers/snapshots/before/restore").status == 303)
        #expect(try await visitor.get("/developers/applications").text.contains("<bdi>acme</bdi>") == false)
        #expect(try await visitor.get("/developers/snapshots/other/restore").status == 404)
        #expect(try await visitor.post("/developers/snapshots/other/restore").status == 404)
    }

    @Test func `a reset leaves the partner and the snapshots`() async throws {
        let world = try await TestSandbox()
        let partner = try #require(world.sandbox.core.applications.defaultPartner?.clientID)
        _ = try await world.customer("acme")
        try await world.control("POST", "snapshot", ["name": "kept"])
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/developers/reset").text.contains("gone afterwards"))
        #expect(try await visitor.post("/developers/reset").header("location") == "/developers?done=reset")
        #expect(world.sandbox.core.applications.all.map(\.clientID) == [partner])
        #expect(try await visitor.get("/developers/snapshots").text.contains("<bdi>kept</bdi>"))
    }

    @Test(arguments: [
        "/developers/reset", "/developers/clock", "/developers/quotas/switch", "/developers/members",
        "/developers/snapshots", "/developers/requests/clear",
    ])
    func `no form works without the session's token`(path: String) async throws {
        let world = try await TestSandbox()
        _ = try await world.send("GET", "/v2/somewhere")
        let visitor = PageVisitor(world.sandbox)
        _ = try await visitor.get("/developers")
        #expect(try await visitor.post(path, [("seconds", "60"), ("name", "x")], token: "other").status == 403)
        #expect(world.sandbox.clock.offsetMillis == 0 && world.sandbox.snapshots.isEmpty)
        #expect(world.sandbox.journal.entries(after: 0, limit: 9).count == 1)
    }
}
