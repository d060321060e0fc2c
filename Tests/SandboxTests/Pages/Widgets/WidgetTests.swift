// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing
import Web

@testable import Sandbox

/// What every widget does before it shows anything: modules 1–2, 2.3; modules 3–5, B.1.
@Suite struct WidgetTests {
    @Test(arguments: Widget.allCases)
    func `each address of an extension gives a script that names the frame and the domains`(
        widget: Widget
    ) async throws {
        let stage = try await WidgetStage()
        for path in widget.extensionPaths {
            let script = try await stage.visitor.get("\(path)?api_key=\(stage.desk.customer.clientID)")
            #expect(script.header("content-type")?.hasPrefix("text/javascript") == true)
            #expect(script.text.hasPrefix("IN.extend(document.currentScript, {"))
            #expect(script.text.contains(widget.framePath) && script.text.contains(WidgetStage.site))
        }
    }

    @Test func `an unknown key, the partner's own key and a page of another site are refused`() async throws {
        let stage = try await WidgetStage()
        let path = Widget.profile.extensionPaths[0]
        let partner = try #require(stage.desk.world.sandbox.core.applications.defaultPartner).clientID
        for key in ["", "nobody", partner] {
            #expect(try await stage.visitor.get("\(path)?api_key=\(key)").text.hasPrefix("IN.refuse("))
        }
        let script = try await stage.desk.world.send(
            "GET", "\(path)?api_key=\(stage.desk.customer.clientID)",
            headers: [("referer", "https://evil.example/page")])
        #expect(script.text.hasPrefix("IN.refuse(") && script.text.contains("validJsSdkDomains"))
    }

    @Test func `the loader is served at LinkedIn's path`() async throws {
        let stage = try await WidgetStage()
        let script = try await stage.visitor.get("/xdoor/scripts/in.js")
        #expect(script.status == 200 && script.text.contains("api_key") && !script.text.contains("eval("))
    }

    @Test func `only the application's sites may frame a widget`() async throws {
        let stage = try await WidgetStage()
        try await stage.allow([WidgetStage.site, "https://x.example; script-src *", "no origin"])
        let frame = try await stage.visitor.get(stage.url(.profile))
        #expect(
            frame.header("content-security-policy")?.hasSuffix("frame-ancestors 'self' \(WidgetStage.site)") == true)
        let foreign = try await stage.visitor.get(stage.url(.profile, site: "https://evil.example"))
        #expect(foreign.status == 403)
        #expect(foreign.header("content-security-policy")?.hasSuffix("frame-ancestors 'none'") == true)
    }

    @Test func `who is signed out is asked to sign in, and who signs out is asked again`() async throws {
        let stage = try await WidgetStage()
        let asked = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1"))).text
        #expect(asked.contains("Sign in to LinkedIn") && asked.contains("rita Moss"))
        let entered = try await stage.visitor.post(
            stage.url(.profile, "sign-in", stage.profile("C-1")), [("seat", String(stage.desk.seat))])
        #expect(entered.status == 303)
        let shown = try await stage.visitor.get(try #require(entered.header("location")))
        #expect(shown.text.contains("LinkedIn does not know this candidate yet"))
        _ = try await stage.visitor.post(stage.url(.profile, "sign-out", stage.profile("C-1")))
        #expect(
            try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1"))).text.contains(
                "Sign in to LinkedIn"))
    }

    @Test func `a form that is sent after signing out elsewhere asks to sign in`() async throws {
        let stage = try await WidgetStage()
        _ = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1")))
        let sent = try await stage.visitor.post(stage.url(.profile, "link", stage.profile("C-1")), [("member", "1")])
        #expect(sent.status == 303)
        let asked = try await stage.visitor.get(try #require(sent.header("location")))
        #expect(asked.text.contains("Sign in to LinkedIn"))
    }

    @Test func `a browser that keeps no cookies in frames is told why nothing happens`() async throws {
        let stage = try await WidgetStage()
        let page = try await stage.desk.world.send(
            "GET", stage.url(.profile, "", stage.profile("C-1") + [("signed", "yes")]))
        #expect(page.text.contains("Allow third-party cookies"))
        let refused = try await stage.desk.world.sandbox.respond(
            to: SandboxRequest("POST", stage.url(.profile, "sign-in"), body: Array("seat=\(stage.desk.seat)".utf8)))
        #expect(refused.status == 403)
        #expect(refused.header("content-security-policy")?.contains(WidgetStage.site) == true)
    }

    @Test func `the cookie for frames is the only one that other sites' frames send`() async throws {
        let stage = try await WidgetStage()
        let page = try await stage.desk.world.send("GET", stage.url(.profile))
        let cookies = page.headers.filter { $0.0 == "set-cookie" }.map(\.1)
        #expect(cookies.count == 2)
        #expect(cookies[0].contains("SameSite=Lax") && !cookies[0].contains("Secure"))
        #expect(
            cookies[1].hasPrefix("sandbox_session_in_frames=")
                && cookies[1].contains("SameSite=None; Partitioned; Secure"))
        // A script or a picture is nobody's session.
        #expect(try await stage.desk.world.send("GET", Asset.style.path).header("set-cookie") == nil)
    }

    @Test func `a seat of another company, and an integration that is off, show a sentence and nothing else`()
        async throws
    {
        let stage = try await WidgetStage()
        try await stage.visitor.signIn(stage.desk.seat)
        let foreign = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1", organization: 2000)))
        #expect(foreign.status == 200 && foreign.text.contains("Your seat is with another company"))
        let nowhere = try await stage.visitor.get(stage.url(.profile, "", [("widget-type", "ATS")]))
        #expect(nowhere.status == 400)
        try await stage.desk.world.control(
            "POST", "integrations/disable",
            ["organization": 1000, "unique_foreign_id": "acme", "types": ["PROFILE_PLUGIN"]])
        let off = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1")))
        #expect(off.status == 200 && off.text.contains("LinkedIn profile: not enabled"))
        #expect(off.text.contains("(Pia Park) can enable it again") && off.text.contains(#"href="/talent/admin/ats""#))
        let act = try await stage.visitor.post(stage.url(.profile, "link", stage.profile("C-1")), [("member", "1")])
        #expect(act.status == 403 && act.text.contains("not enabled"))
    }
}
