// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// A session that ends in the middle of a form: what was entered is not lost.
@Suite struct KeptFormTests {
    private static let text = "Dear Ada,\r\n<b>\"we\" & 'you'</b>"

    @Test
    func `an InMail that was written while the sandbox was restarted is shown after sign-in, and sent by a press`()
        async throws
    {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = "/talent/profile/\(desk.member)/inmail"
        _ = try await visitor.get(path)
        let sandbox = try await desk.world.restarted()
        visitor.sandbox = sandbox
        let held = try await visitor.post(path, [("subject", "Role"), ("text", Self.text)])
        #expect(held.header("location") == "/talent/sign-in")
        #expect(try await visitor.get("/talent/sign-in?q=rita").text.contains("What you entered is kept"))
        let kept = try await visitor.post("/talent/sign-in", [("seat", String(desk.seat))])
        #expect(kept.status == 200 && kept.text.contains("Send it again?") && kept.text.contains("rita Moss"))
        #expect(kept.text.contains("&lt;b&gt;") && !kept.text.contains("<b>"))
        #expect(try await sandbox.core.world.read { try $0.inboxCounts(seat: desk.seat)[.all] } == 0)
        let sent = try await visitor.sendAgain(kept)
        #expect(sent.header("location")?.hasPrefix("/talent/inbox/") == true, "\(sent.text)")
        #expect(try await visitor.get(try #require(sent.header("location"))).text.contains("&lt;b&gt;"))
        // It waits no more.
        _ = try await visitor.post("/talent/sign-out")
        _ = try await visitor.get("/talent/sign-in")
        let later = try await visitor.post("/talent/sign-in", [("seat", String(desk.seat))])
        #expect(later.header("location") == "/talent")
        try await sandbox.close()
    }

    @Test func `a developer's form is shown at once, and another browser sees nothing of it`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        _ = try await visitor.get("/developers/members/new")
        visitor.sandbox = try await world.restarted()
        let fields = [
            ("first_name", "Grace"), ("last_name", "Hopper"), ("email", "grace@post.example"),
            ("profile_url", "https://www.linkedin.com/in/grace-hopper"),
        ]
        let kept = try await visitor.post("/developers/members", fields)
        #expect(kept.status == 403 && kept.text.contains("Hopper") && kept.text.contains("First name"))
        #expect(try await visitor.sendAgain(kept).status == 303)
        #expect(try await visitor.get("/developers/members?q=hopper").text.contains("Grace Hopper"))
        try await visitor.sandbox.close()
    }

    @Test func `an admin's file is kept as its text`() async throws {
        let desk = try await Recruiting()
        let admin = try #require(
            try await desk.world.control(
                "POST", "seats",
                [
                    "contract": 5000, "email": "pia@example.com", "first_name": "Pia", "last_name": "Park",
                    "roles": ["ADMIN_SEAT"],
                ])["seat"]?.int)
        let visitor = PageVisitor(desk.world.sandbox)
        let csv = "invited_email_address,preferred_first_name,preferred_last_name\nnew@example.com,Nia,New\n"
        let held = try await visitor.post("/talent/admin/seats/import", [("contract", "5000"), ("csv", csv)])
        #expect(held.header("location") == "/talent/sign-in")
        _ = try await visitor.get("/talent/sign-in")
        let kept = try await visitor.post("/talent/sign-in", [("seat", String(admin))])
        #expect(kept.text.contains("new@example.com"))
        #expect(try await visitor.sendAgain(kept).text.contains("Check again"))
    }

    @Test func `what a page of another site sends is not shown as the person's own`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let body = Array("subject=Buy&text=this".utf8)
        for headers in [
            [("sec-fetch-site", "cross-site")], [("host", "127.0.0.1:1"), ("origin", "https://evil.example")],
        ] {
            for path in ["/talent/profile/\(desk.member)/inmail", "/developers/members"] {
                let refused = try await visitor.send("POST", path, body, headers: headers)
                #expect(refused.status == 403 && refused.text.contains("another site"))
                #expect(!refused.text.contains("Send it now"))
            }
        }
    }

    @Test func `a form that is too long to keep says so`() async throws {
        let visitor = PageVisitor(try await Recruiting().world.sandbox)
        let page = try await visitor.post(
            "/talent/admin/seats/import", [("csv", String(repeating: "a", count: 1 << 20))])
        #expect(page.status == 403 && page.text.contains("too long to keep"))
    }

    @Test func `a secret is typed again`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        let page = try await visitor.post(
            "/developers/applications/700001/secrets/remove", [("secret", "s3cr3t-value")])
        #expect(page.status == 403 && !page.text.contains("s3cr3t-value"))
    }

    @Test func `an InMail that was written in a widget waits for the sign-in there, and nowhere else`() async throws {
        let stage = try await WidgetStage()
        try await stage.desk.showAll()
        try await stage.desk.sync(jobs: ["J-1"])
        try await stage.desk.world.control(
            "POST", "integrations/enable",
            ["organization": 1000, "unique_foreign_id": "acme", "types": ["RECOMMENDED_MATCHES"]])
        let about = [
            ("widget-type", "ATS"), ("ats-job-posting-id", "J-1"), ("integration-context", "urn:li:organization:1000"),
        ]
        let (visitor, seat) = (stage.visitor, stage.desk.seat)
        try await visitor.signIn(stage.desk.seat)
        _ = try await visitor.get(stage.url(.matches, "", about))
        let sandbox = try await stage.desk.world.restarted()
        visitor.sandbox = sandbox
        let held = try await visitor.post(
            stage.url(.matches, "inmail", about),
            [("member", "\(stage.desk.member)"), ("subject", "Role"), ("text", Self.text)])
        let door = try await visitor.get(try #require(held.header("location")))
        #expect(door.text.contains("What you entered is kept") && !door.text.contains("we"))
        #expect(try await !visitor.get(stage.url(.profile, "", stage.profile("C-1"))).text.contains("kept"))
        let entered = try await visitor.post(
            stage.url(.matches, "sign-in", about), [("seat", String(stage.desk.seat))])
        let kept = try await visitor.get(try #require(entered.header("location")))
        #expect(kept.status == 200 && kept.text.contains("Send it again?") && kept.text.contains("&lt;b&gt;"))
        let sent = try await visitor.sendAgain(kept)
        #expect(sent.header("location")?.contains("done=sent") == true, "\(sent.text)")
        #expect(try await sandbox.core.world.read { try $0.inboxCounts(seat: seat)[.all] } == 1)
        try await sandbox.close()
    }
}
