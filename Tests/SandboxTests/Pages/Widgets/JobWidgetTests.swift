// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Testing

@testable import Sandbox

/// Recommended matches and unified search in an ATS's page: modules 3–5, B.4 and B.5.
@Suite struct JobWidgetTests {
    private let about = [
        ("widget-type", "ATS"), ("ats-job-posting-id", "J-1"), ("integration-context", "urn:li:organization:1000"),
    ]

    private func stage() async throws -> WidgetStage {
        let stage = try await WidgetStage()
        try await stage.desk.showAll()
        try await stage.desk.sync(jobs: ["J-1"])
        try await stage.desk.world.control(
            "POST", "integrations/enable",
            [
                "organization": 1000, "unique_foreign_id": "acme",
                "types": ["RECOMMENDED_MATCHES", "UNIFIED_SEARCH"],
            ])
        try await stage.visitor.signIn(stage.desk.seat)
        return stage
    }

    private func exports(_ stage: WidgetStage) async throws -> Int {
        let pushes = try await stage.desk.world.control("GET", "pushes")["pushes"]?.array ?? []
        return pushes.count { $0["type"]?.string == Export.pushType }
    }

    @Test(arguments: [Widget.matches, .search])
    func `a widget whose integration is off says so, and so does one without a company`(widget: Widget) async throws {
        let stage = try await stage()
        #expect(try await stage.visitor.get(stage.url(widget, "", about)).status == 200)
        try await stage.desk.world.control(
            "POST", "integrations/disable",
            [
                "organization": 1000, "unique_foreign_id": "acme",
                "types": [.string(try #require(widget.integration).rawValue)],
            ])
        #expect(try await stage.visitor.post(stage.url(widget, "save", about), [("member", "1")]).status == 403)
        let off = try await stage.visitor.get(stage.url(widget, "", about))
        #expect(off.status == 200 && off.text.contains(": not enabled"))
    }

    @Test func `a recommended member is saved to the job, which is an export`() async throws {
        let stage = try await stage()
        let page = try await stage.visitor.get(stage.url(.matches, "", about)).text
        #expect(page.contains("Ada Okafor") && page.contains("Engineer J-1"))
        let before = try await exports(stage)
        let saved = try await stage.visitor.post(
            stage.url(.matches, "save", about), [("member", "\(stage.desk.member)"), ("job", "J-9")])
        #expect(saved.status == 303)
        #expect(try await exports(stage) == before + 1)
        #expect(try await stage.visitor.get(try #require(saved.header("location"))).text.contains("Saved to the job"))
    }

    @Test func `Save and InMail opens the compose pane, which keeps what was typed until it is whole`() async throws {
        let stage = try await stage()
        _ = try await stage.visitor.get(stage.url(.matches, "", about))
        let saved = try await stage.visitor.post(
            stage.url(.matches, "save", about), [("member", "\(stage.desk.member)"), ("then", "inmail")])
        let pane = try await stage.visitor.get(try #require(saved.header("location"))).text
        #expect(pane.contains("InMail to <bdi>Ada Okafor"))
        let half = try await stage.visitor.post(
            stage.url(.matches, "inmail", about),
            [("member", "\(stage.desk.member)"), ("subject", ""), ("text", "Dear <Ada>")])
        #expect(half.status == 422 && half.text.contains("Dear &lt;Ada&gt;"))
        let sent = try await stage.visitor.post(
            stage.url(.matches, "inmail", about),
            [("member", "\(stage.desk.member)"), ("subject", "Role"), ("text", "Dear Ada")])
        #expect(sent.status == 303)
        let threads = try await stage.desk.world.control("GET", "inmails")
        #expect(threads["threads"]?.array?.count == 1, "\(threads)")
    }

    @Test func `who is not interesting is not recommended again`() async throws {
        let stage = try await stage()
        _ = try await stage.visitor.get(stage.url(.matches, "", about))
        _ = try await stage.visitor.post(
            stage.url(.matches, "not-interested", about), [("member", "\(stage.desk.member)")])
        #expect(try await !stage.visitor.get(stage.url(.matches, "", about)).text.contains("Ada Okafor"))
    }

    @Test func `one search finds members and the ATS's own candidates, and keeps to itself after saving`() async throws
    {
        let stage = try await stage()
        try await Records(stage.desk).candidate("C-7", email: "nobody@post.example")
        let searched = about + [("q", "okafor")]
        let page = try await stage.visitor.get(stage.url(.search, "", searched)).text
        #expect(page.contains("Ada Okafor") && page.contains("Only in the ATS"))
        #expect(page.contains("ask=inmail&amp;member=\(stage.desk.member)"))
        let saved = try await stage.visitor.post(
            stage.url(.search, "save", searched), [("member", "\(stage.desk.member)")])
        #expect(saved.header("location")?.contains("q=okafor") == true)
        let hidden = try await stage.visitor.post(stage.url(.search, "save", searched), [("member", "987654321")])
        #expect(hidden.status == 404)
    }

    @Test func `without a job nobody can be saved, and recommended matches say what is missing`() async throws {
        let stage = try await stage()
        let nowhere = about.filter { $0.0 != "ats-job-posting-id" }
        #expect(try await stage.visitor.get(stage.url(.matches, "", nowhere)).status == 400)
        let page = try await stage.visitor.get(stage.url(.search, "", nowhere + [("q", "okafor")])).text
        #expect(page.contains("Nobody can be saved") && !page.contains("Save to job"))
        let unknown = about.filter { $0.0 != "ats-job-posting-id" } + [("ats-job-posting-id", "J-404")]
        #expect(try await stage.visitor.get(stage.url(.matches, "", unknown)).text.contains("The job is not offered"))
    }
}
