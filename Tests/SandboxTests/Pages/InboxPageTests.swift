// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// InMail from both sides, and what is said about a member.
@Suite struct InboxPageTests {
    private func stage() async throws -> (RecruiterStage, PageVisitor) {
        let stage = try await RecruiterStage()
        return (stage, try await PageVisitor(stage.world.sandbox).signIn(stage.rita))
    }

    @Test func `a recruiter writes, the member accepts and shares, and both read it`() async throws {
        let (stage, visitor) = try await stage()
        _ = try await visitor.get("/talent/profile/\(stage.ada)/inmail")
        let empty = try await visitor.post(
            "/talent/profile/\(stage.ada)/inmail", [("subject", "Platform <role>"), ("text", "")])
        #expect(
            empty.status == 422 && empty.text.contains("Write something")
                && empty.text.contains("Platform &lt;role&gt;"))
        let sent = try await visitor.post(
            "/talent/profile/\(stage.ada)/inmail", [("subject", "Platform role"), ("text", "Dear Ada,\r\nhello")])
        #expect(sent.status == 303)
        let thread = try #require(sent.header("location")?.split(separator: "?").first.map(String.init))
        let number = try #require(thread.split(separator: "/").last)
        #expect(try await visitor.get(thread).text.contains("Dear Ada,\nhello"))
        #expect(try await visitor.get("/talent/inbox").text.contains("Awaiting reply (1)"))
        // The member's side needs no seat.
        let member = PageVisitor(stage.world.sandbox)
        #expect(try await member.get("/talent/as/\(stage.ada)").text.contains("Waits for you"))
        let mine = "/talent/as/\(stage.ada)/\(number)"
        let asked = try await member.get(mine).text
        #expect(asked.contains("Share <bdi>ada@post.example</bdi>") && asked.contains("Decline"))
        let answered = try await member.post(
            mine, [("text", "Happy to talk."), ("contact", "share"), ("answer", "accept")])
        #expect(answered.status == 303)
        #expect(try await !member.get(mine).text.contains("Decline"))
        #expect(try await visitor.get("/talent/inbox").text.contains("Unread (1)"))
        let read = try await visitor.get(thread).text
        #expect(read.contains("Happy to talk.") && read.contains("contact shared"))
        #expect(try await visitor.get("/talent/inbox?show=unread").text.contains("You have read everything"))
        #expect(try await stage.elements("/v2/mailStubs?q=contract&contract=\(RecruiterStage.contract)").count == 1)
        // Both go on.
        _ = try await visitor.get(thread)
        #expect(try await visitor.post(thread, [("text", "Tomorrow?")]).status == 303)
        _ = try await member.get(mine)
        #expect(try await member.post(mine, [("text", "Fine.")]).status == 303)
        #expect(try await visitor.get(thread).text.contains("Fine."))
    }

    @Test func `a member keeps contact data or declines, and is asked once`() async throws {
        let (stage, visitor) = try await stage()
        let member = PageVisitor(stage.world.sandbox)
        let kept = try #require(InMailThread.number(try await stage.write("A").string ?? ""))
        let declined = try #require(InMailThread.number(try await stage.write("B").string ?? ""))
        _ = try await member.get("/talent/as/\(stage.ada)/\(kept)")
        #expect(
            try await member.post(
                "/talent/as/\(stage.ada)/\(kept)", [("text", "Hm"), ("contact", "keep"), ("answer", "accept")]
            )
            .status == 303)
        #expect(
            try await member.post(
                "/talent/as/\(stage.ada)/\(declined)", [("text", ""), ("contact", "share"), ("answer", "decline")]
            )
            .status == 303)
        #expect(try await stage.elements("/v2/mailStubs?q=contract&contract=\(RecruiterStage.contract)").isEmpty)
        // An answer from a page that is out of date keeps its text.
        let late = try await member.post(
            "/talent/as/\(stage.ada)/\(kept)", [("text", "Once more"), ("contact", "share"), ("answer", "accept")])
        #expect(late.status == 409 && late.text.contains("Once more"))
        let over = try await visitor.get("/talent/inbox/\(declined)").text
        #expect(over.contains("The member declined") && !over.contains("<textarea"))
        #expect(try await visitor.post("/talent/inbox/\(declined)", [("text", "Please")]).status == 409)
        let inbox = try await visitor.get("/talent/inbox").text
        #expect(inbox.contains("Declined") && inbox.contains("Accepted") && inbox.contains("Awaiting reply (0)"))
    }

    @Test func `the sender sees the first message, others only who wrote, when, and whether it was accepted`()
        async throws
    {
        let (stage, visitor) = try await stage()
        let thread = try await stage.write("Secret plan")
        try await stage.reply(thread)
        let sven = try await PageVisitor(stage.world.sandbox).signIn(try await stage.seat("Sven"))
        let own = try await visitor.get("/talent/profile/\(stage.ada)/activity").text
        #expect(own.contains("Secret plan") && own.contains("Dear Ada") && own.contains("Accepted"))
        #expect(!own.contains("Happy to talk."))
        let others = try await sven.get("/talent/profile/\(stage.ada)/activity").text
        #expect(others.contains("Rita Moss") && others.contains("Accepted"))
        #expect(!others.contains("Secret plan") && !others.contains("Dear Ada"))
        let number = try #require(InMailThread.number(thread.string ?? ""))
        #expect(try await sven.get("/talent/inbox/\(number)").status == 404)
        #expect(try await sven.post("/talent/inbox/\(number)", [("text", "x")]).status == 404)
        #expect(try await PageVisitor(stage.world.sandbox).get("/talent/as/1/\(number)").status == 404)
    }

    @Test func `notes are seen by the organization or their author alone, and changed by their author`() async throws {
        let (stage, visitor) = try await stage()
        let path = "/talent/profile/\(stage.ada)"
        _ = try await visitor.get(path + "/activity")
        #expect(
            try await visitor.post(path + "/notes", [("text", "Open <b>"), ("visibility", "ORGANIZATION")]).status
                == 303)
        #expect(try await visitor.post(path + "/notes", [("text", "Hidden"), ("visibility", "PRIVATE")]).status == 303)
        #expect(try await visitor.post(path + "/notes", [("text", " "), ("visibility", "PRIVATE")]).status == 422)
        let own = try await visitor.get(path + "/activity").text
        #expect(own.contains("Open &lt;b&gt;") && own.contains("Hidden") && own.contains("Only you"))
        let sven = try await PageVisitor(stage.world.sandbox).signIn(try await stage.seat("Sven"))
        let others = try await sven.get(path + "/activity").text
        #expect(others.contains("Open &lt;b&gt;") && !others.contains("Hidden") && !others.contains("/talent/notes/"))
        let note = "/talent/notes/\(RecruiterNote.firstNumber)"
        #expect(try await sven.get(note).status == 404)
        #expect(try await sven.post(note + "/delete").status == 404)
        // Edited in two windows: the second is told and keeps the text.
        let form = try await visitor.get(note).text
        let was = try #require(
            form.firstRange(of: "name=\"was\" value=\"").map { form[$0.upperBound...].prefix { $0 != "\"" } })
        try await stage.pass(60)
        #expect(try await visitor.post(note, [("text", "Better"), ("was", String(was))]).status == 303)
        let second = try await visitor.post(note, [("text", "Mine"), ("was", String(was))])
        #expect(second.status == 409 && second.text.contains("Mine") && second.text.contains("another window"))
        #expect(try await visitor.get(path + "/activity").text.contains("Better"))
        #expect(try await visitor.get(note + "/delete").text.contains("Delete the note?"))
        #expect(try await visitor.post(note + "/delete").status == 303)
        #expect(try await !visitor.get(path + "/activity").text.contains("Better"))
        #expect(try await visitor.get(note).status == 404)
        let read = try await stage.elements("/v2/prospectNotes?q=criteria&contract=\(RecruiterStage.contract)")
        #expect(read.count == 1 && read[0]["active"] == false)
    }

    @Test func `only who is not interested knows it, and can take it back`() async throws {
        let (stage, visitor) = try await stage()
        let path = "/talent/profile/\(stage.ada)"
        _ = try await visitor.get(path + "/activity")
        let said = try await visitor.post(
            path + "/interest", [("reason", "Place does not fit"), ("words", "will not \"move\"")])
        #expect(said.status == 303)
        #expect(try await visitor.post(path + "/interest", [("reason", "made up")]).status == 404)
        let own = try await visitor.get(path + "/activity").text
        #expect(own.contains("Place does not fit: will not &quot;move&quot;") && own.contains("You are not interested"))
        let sven = try await PageVisitor(stage.world.sandbox).signIn(try await stage.seat("Sven"))
        #expect(try await !sven.get(path + "/activity").text.contains("Place does not fit:"))
        #expect(try await visitor.post(path + "/interest", [("undo", "yes")]).status == 303)
        #expect(try await !visitor.get(path + "/activity").text.contains("Place does not fit:"))
    }

    @Test func `an inbox of many conversations is paged by key and counts them all`() async throws {
        let (stage, visitor) = try await stage()
        for number in 0..<120 {
            try await stage.write("Subject \(number)")
            if number % 40 == 0 { try await stage.pass(60) }
        }
        var target: String? = "/talent/inbox"
        var seen: Set<Substring> = []
        while let at = target {
            let page = try await visitor.get(at).text
            #expect(page.contains("of 120 conversations"))
            seen.formUnion(page.split(separator: "/talent/inbox/").dropFirst().map { $0.prefix { $0.isNumber } })
            target = page.split(separator: "href=\"").first { $0.contains("after=") && $0.contains("Next page") }
                .map { String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&") }
        }
        #expect(seen.count == 120)
    }
}
