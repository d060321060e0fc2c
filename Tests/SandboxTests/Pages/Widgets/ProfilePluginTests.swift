// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// The profile plugin: modules 3–5, B.1.
@Suite struct ProfilePluginTests {
    private func manual(_ stage: WidgetStage) async throws -> String? {
        let state = try await stage.desk.world.control("GET", "state?organization=1000&resource=candidates")
        return state["entities"]?[0]?["manualMatchedMember"]?.string
    }

    @Test func `a candidate is found by e-mail, and a person's choice comes before it`() async throws {
        let stage = try await WidgetStage()
        let other = try await stage.desk.world.control(
            "POST", "members",
            [
                "first_name": "Grace", "last_name": "<b>Hopper", "email": "grace@post.example",
                "profile_url": "https://www.linkedin.com/in/grace-hopper",
            ])["number"]?.int
        try await Records(stage.desk).candidate("C-1", email: "ada@post.example")
        try await stage.visitor.signIn(stage.desk.seat)
        let found = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1"))).text
        #expect(found.contains("<h1>Ada Okafor</h1>") && found.contains("Matched by LinkedIn"))

        let search = try await stage.visitor.get(
            stage.url(.profile, "", stage.profile("C-1") + [("q", "https://linkedin.com/in/grace-hopper")])
        ).text
        #expect(search.contains("Grace &lt;b&gt;Hopper"))
        let told = try await stage.told(
            after: stage.visitor.post(stage.url(.profile, "link", stage.profile("C-1")), [("member", "\(other ?? 0)")]))
        let person = try await stage.desk.person(try #require(other))
        #expect(told?.0 == "onlink" && told?.1 == .string(person))
        #expect(try await manual(stage) == person)
        let linked = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1"))).text
        #expect(linked.contains("Grace &lt;b&gt;Hopper</h1>") && linked.contains("Linked by a person"))
    }

    @Test func `who was unlinked is not matched again, until somebody links them`() async throws {
        let stage = try await WidgetStage()
        try await Records(stage.desk).candidate("C-1", email: "ada@post.example")
        try await stage.visitor.signIn(stage.desk.seat)
        let frame = stage.url(.profile, "", stage.profile("C-1"))
        _ = try await stage.visitor.get(frame)
        let member = [("member", "\(stage.desk.member)")]
        let told = try await stage.told(
            after: stage.visitor.post(stage.url(.profile, "unlink", stage.profile("C-1")), member))
        let person = try await stage.desk.person(stage.desk.member)
        #expect(told?.0 == "onunlink" && told?.1 == .string(person))
        #expect(try await stage.visitor.get(frame).text.contains("No LinkedIn profile yet"))
        _ = try await stage.visitor.post(stage.url(.profile, "link", stage.profile("C-1")), member)
        #expect(try await manual(stage) == person)
        // What the ATS clears is matched by e-mail again: the choice was taken back, not turned round.
        try await stage.desk.world.control(
            "POST", "match", ["organization": 1000, "candidate": "C-1", "unlink": true])
        #expect(try await stage.visitor.get(frame).text.contains("Matched by LinkedIn"))
    }

    @Test func `data-confirm-unlink asks first, and data-show-unlink-url shows the link at all`() async throws {
        let stage = try await WidgetStage()
        try await Records(stage.desk).candidate("C-1", email: "ada@post.example")
        try await stage.visitor.signIn(stage.desk.seat)
        let plain = stage.profile("C-1").filter { $0.0 != "show-unlink-url" }
        #expect(try await !stage.visitor.get(stage.url(.profile, "", plain)).text.contains("Unlink"))
        let asking = stage.profile("C-1") + [("confirm-unlink", "true")]
        let member = [("member", "\(stage.desk.member)")]
        let asked = try await stage.visitor.post(stage.url(.profile, "unlink", asking), member)
        let question = try await stage.visitor.get(try #require(asked.header("location")))
        #expect(question.text.contains("not this candidate?"))
        let done = try await stage.visitor.post(stage.url(.profile, "unlink", asking), member + [("sure", "yes")])
        #expect(try await stage.told(after: done)?.0 == "onunlink")
    }

    @Test func `somebody else's unlink in between is not undone by an old page`() async throws {
        let stage = try await WidgetStage()
        try await Records(stage.desk).candidate("C-1", email: "ada@post.example")
        try await stage.visitor.signIn(stage.desk.seat)
        _ = try await stage.visitor.get(stage.url(.profile, "", stage.profile("C-1")))
        let old = try await stage.visitor.post(stage.url(.profile, "unlink", stage.profile("C-1")), [("member", "999")])
        #expect(old.status == 409)
        let gone = try await stage.visitor.post(
            stage.url(.profile, "link", stage.profile("C-1")), [("member", "999999999")])
        #expect(gone.status == 404)
    }

    @Test
    func `recruiting activities show the first message to its sender only, and private notes to their author only`()
        async throws
    {
        let stage = try await WidgetStage()
        let world = stage.desk.world
        try await Records(stage.desk).candidate("C-1", email: "ada@post.example")
        try await world.control(
            "POST", "inmails",
            ["seat": .int(stage.desk.seat), "member": .int(stage.desk.member), "subject": "Role", "text": "Dear Ada"])
        for (text, visibility) in [("For all", "ORGANIZATION"), ("For me", "PRIVATE")] {
            try await world.control(
                "POST", "notes",
                [
                    "seat": .int(stage.desk.seat), "member": .int(stage.desk.member), "text": .string(text),
                    "visibility": .string(visibility),
                ])
        }
        let activity = stage.url(.profile, "", stage.profile("C-1") + [("tab", "activity")])
        try await stage.visitor.signIn(stage.desk.seat)
        let own = try await stage.visitor.get(activity).text
        for text in ["Dear Ada", "For all", "For me", "No answer yet"] { #expect(own.contains(text)) }
        try await stage.visitor.signIn(stage.admin)
        let other = try await stage.visitor.get(activity).text
        #expect(other.contains("rita Moss") && other.contains("For all"))
        #expect(!other.contains("Dear Ada") && !other.contains("For me"))
    }

    @Test func `a member who closed the account is shown no more`() async throws {
        let stage = try await WidgetStage()
        try await Records(stage.desk).candidate("C-1", email: "x@post.example", manual: stage.desk.member)
        try await stage.visitor.signIn(stage.desk.seat)
        let frame = stage.url(.profile, "", stage.profile("C-1"))
        #expect(try await stage.visitor.get(frame).text.contains("Ada Okafor"))
        try await stage.desk.world.control("POST", "members/close", ["member": .int(stage.desk.member)])
        let page = try await stage.visitor.get(frame).text
        #expect(page.contains("No LinkedIn profile yet") && !page.contains("Okafor"))
    }
}
