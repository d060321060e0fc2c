// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// A member's profile in Recruiter, with what the ATS sent about the same person (modules 3–5, B.2).
@Suite struct ProfilePageTests {
    /// A customer with one candidate who is the member, with everything that can hang on it.
    private func stage() async throws -> (desk: Recruiting, records: Records, visitor: PageVisitor) {
        let desk = try await Recruiting { $0.switches.matchSeconds = 0 }
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        let records = Records(desk)
        try await records.candidate("C-1", email: "ada@post.example")
        try await records.candidateNote("N-1", of: "C-1")
        try await records.application("A-1", of: "C-1", job: "REQ-1")
        try await records.applicationNote("AN-1", of: "A-1")
        try await records.stage("S-1", of: "A-1")
        try await records.feedback("F-1", of: "A-1")
        return (desk, records, try await PageVisitor(desk.world.sandbox).signIn(desk.seat))
    }

    @Test func `the profile shows who it is and everything that the ATS sent`() async throws {
        let (desk, _, visitor) = try await stage()
        let page = try await visitor.get("/talent/profile/\(desk.member)")
        #expect(page.status == 200)
        for text in [
            "Ada Okafor", "Staff engineer at Northwind", "Lagos, NG", "In your ATS", "Matched", "C-1", "Called her.",
            "Bo Kay", "Engineer REQ-1", "A-1", "Offer", "On site", "Communication", "4/5", "Good.", "Keen.",
            "https://ats.example.com/c/C-1",
        ] { #expect(page.text.contains(text), "\(text)") }
        // Contact data belongs to the member until it is shared; what the ATS knows by itself is the ATS's.
        #expect(!page.text.contains("+2340000000"))
        #expect(try await visitor.get("/talent/profile/99999").status == 404)
    }

    @Test
    func `RSC-501 to 504: stages, feedback, notes, applications and candidates go from the page as they are deleted`()
        async throws
    {
        let (desk, records, visitor) = try await stage()
        func page() async throws -> String { try await visitor.get("/talent/profile/\(desk.member)").text }
        try await records.delete("stages", "S-1", of: "A-1")
        #expect(try await !page().contains("Offer"))
        try await records.delete("interviewFeedback", "F-1", of: "A-1")
        #expect(try await !page().contains("4/5"))
        try await records.delete("notes", "AN-1", of: "A-1")
        #expect(try await !page().contains("Keen."))
        try await records.deleteCandidateNote("N-1", of: "C-1")
        #expect(try await !page().contains("Called her."))
        #expect(try await page().contains("Engineer REQ-1"))
        try await records.deleteApplication("A-1")
        #expect(try await !page().contains("Engineer REQ-1"))
        #expect(try await page().contains("C-1"))
        try await records.deleteCandidate("C-1")
        let last = try await page()
        #expect(!last.contains("C-1") && !last.contains("In your ATS") && last.contains("Not in "))
    }

    @Test func `an application is hidden from who may not see its job, and its lists are no way around that`()
        async throws
    {
        let (desk, _, visitor) = try await stage()
        try await Permissions(desk).secure("REQ-1", "eng")
        let page = try await visitor.get("/talent/profile/\(desk.member)").text
        #expect(page.contains("Called her.") && !page.contains("Engineer REQ-1") && !page.contains("Keen."))
        for list in ["stage", "feedback", "application_note"] {
            let records = try await visitor.get("/talent/profile/\(desk.member)/records?list=\(list)&of=A-1")
            #expect(records.status == 404)
        }
        // Nor is another member's profile.
        let other = try #require(
            try await desk.world.control(
                "POST", "members",
                [
                    "first_name": "Bo", "last_name": "Kay", "email": "bo@post.example",
                    "profile_url": "https://www.linkedin.com/in/bo-kay",
                ])["number"]?.int)
        #expect(try await visitor.get("/talent/profile/\(other)/records?list=candidate_note&of=C-1").status == 404)
        #expect(
            try await visitor.get("/talent/profile/\(desk.member)/records?list=candidate_note&of=C-1").status == 200)
    }

    @Test func `what an ATS writes is shown and never runs, in every field`() async throws {
        let (desk, _, visitor) = try await stage()
        let attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;"
        let long = String(repeating: "ﻻ", count: 5_000)
        let rightToLeft = "שלום \u{202E}evil"
        func text(_ name: String) -> JSONValue { .string(name + attack + rightToLeft) }
        let (context, time): (String, JSONValue) = (
            "dataProvider=ATS&integrationContext=\(desk.context)", 1_760_000_000_000
        )
        func put(_ target: String, _ key: String, _ body: JSONValue) async throws {
            let answer = try await desk.send("PUT", target, ["entities": .object(JSONObject([(key, body)]))])
            #expect(try answer.json["errors"]?.object?.isEmpty == true, "\(answer.text)")
        }
        try await put(
            "/v2/atsCandidates?ids[0].atsCandidateId=C-1&ids[0].dataProvider=ATS&ids[0].integrationContext=\(desk.context)",
            "atsCandidateId=C-1&\(context)",
            [
                "atsCreatedAt": time, "atsLastModifiedAt": time, "firstName": text("first"), "lastName": .string(long),
                "prefix": text("prefix"), "suffix": text("suffix"), "middleInitial": text("middle"),
                "currentJobTitle": text("title"), "currentCompanyName": text("company"), "doNotContact": true,
                "emailAddresses": ["ada@post.example"],
                "addresses": [["line1": text("line"), "city": text("city"), "postalCode": text("code")]],
                "phoneNumbers": [["number": text("phone")]],
                "externalProfileUrl": "https://ats.example.com/c/1?a=\"&b='",
            ])
        let parent = "/v2/atsCandidates/atsCandidateId=C-1&\(context)/notes?ids=N-1"
        try await put(
            parent, "N-1",
            [
                "atsCreatedAt": time, "author": ["firstName": text("author"), "lastName": text("last")],
                "note": text("note"),
            ])
        try await put(
            "/v2/atsApplications?ids[0].atsJobApplicationId=A-1&ids[0].dataProvider=ATS&ids[0].integrationContext=\(desk.context)",
            "atsJobApplicationId=A-1&\(context)",
            [
                "atsCandidateId": "C-1", "atsCreatedAt": time, "atsLastModifiedAt": time, "atsJobPostingId": "REQ-1",
                "atsJobPostingName": text("job"), "firstName": text("f"), "lastName": text("l"),
                "source": text("source"),
                "dispositionReason": text("reason"),
            ])
        let application = "/v2/atsApplications/atsJobApplicationId=A-1&\(context)"
        try await put("\(application)/stages?ids=S-1", "S-1", ["atsCreatedAt": time, "stage": text("stage")])
        try await put(
            "\(application)/interviewFeedback?ids=F-1", "F-1",
            [
                "atsCreatedAt": time, "interviewer": ["firstName": text("interviewer"), "lastName": .string(long)],
                "interviewType": "ONSITE", "evaluations": [["attribute": text("attribute"), "result": text("result")]],
                "feedback": text("feedback"),
            ])
        let page = try await visitor.get("/talent/profile/\(desk.member)").text
        #expect(!page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("\"'>"))
        for field in [
            "first", "prefix", "suffix", "middle", "title", "company", "line", "city", "code", "phone", "author",
            "note",
            "job", "source", "reason", "stage", "interviewer", "attribute", "result", "feedback",
        ] {
            let shown = "\(field)&lt;script&gt;"
            #expect(page.contains(shown), "\(field)")
            // Whatever turns the writing around stays inside its element.
            #expect(
                page.contains("<bdi>\(shown)") || page.contains(" \(shown)") || page.contains(">\(shown)"), "\(field)")
        }
        #expect(page.contains(long) && page.contains("Do not contact"))
        #expect(page.contains("href=\"https://ats.example.com/c/1?a=&quot;&amp;b=&#39;\""))
    }

    @Test func `a member who closed the account has no profile, and cannot be written to or exported`() async throws {
        let (desk, _, visitor) = try await stage()
        let note = try await desk.world.control(
            "POST", "notes", ["seat": .int(desk.seat), "member": .int(desk.member), "text": "Wrote twice."])
        #expect(note["note"]?.int != nil)
        try await desk.world.control("POST", "members/close", ["member": .int(desk.member)])
        let page = try await visitor.get("/talent/profile/\(desk.member)").text
        #expect(page.contains("LinkedIn Member") && page.contains("closed the account"))
        for gone in ["Ada Okafor", "Northwind", "C-1", "ada-okafor-sim", "/inmail\"", "/export\""] {
            #expect(!page.contains(gone), "\(gone)")
        }
        #expect(try await visitor.get("/talent/profile/\(desk.member)/inmail").status == 409)
        #expect(try await visitor.get("/talent/profile/\(desk.member)/activity").text.contains("Wrote twice."))
        _ = try await visitor.get("/talent/profile/\(desk.member)/activity")
        #expect(
            try await visitor.post(
                "/talent/profile/\(desk.member)/notes", [("text", "again"), ("visibility", "PRIVATE")]
            )
            .status == 409)
    }

    @Test func `nothing of an ATS is shown while its indicator is off`() async throws {
        let (desk, _, visitor) = try await stage()
        try await desk.world.control(
            "POST", "integrations/disable", ["organization": 1000, "types": ["IN_ATS_INDICATOR"]])
        let page = try await visitor.get("/talent/profile/\(desk.member)").text
        #expect(!page.contains("C-1") && page.contains("No ATS is connected"))
        #expect(
            try await visitor.get("/talent/profile/\(desk.member)/records?list=candidate_note&of=C-1").status == 404)
    }

    @Test func `lists that are too long for the profile are counted there and paged behind the number`() async throws {
        let (desk, records, visitor) = try await stage()
        for number in 10..<75 { try await records.stage("T-\(number)", of: "A-1") }
        let page = try await visitor.get("/talent/profile/\(desk.member)").text
        #expect(page.contains("All 66"))
        let first = try await visitor.get("/talent/profile/\(desk.member)/records?list=stage&of=A-1").text
        #expect(first.contains("66 stages") && first.split(separator: "<li>\n").count == 51)
        let next = try #require(first.split(separator: "href=\"").first { $0.contains("after=") })
        let second = try await visitor.get(
            String(next.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        ).text
        #expect(second.split(separator: "<li>\n").count == 17)
    }

    @Test func `e-mail and telephone are shown once the member has shared them`() async throws {
        let (desk, _, visitor) = try await stage()
        let thread = try await desk.world.control(
            "POST", "inmails", ["seat": .int(desk.seat), "member": .int(desk.member), "subject": "Hi", "text": "Hello"])
        try await desk.world.control(
            "POST", "inmails/reply", ["thread": thread["thread"] ?? nil, "text": "Yes", "share_contact": true])
        #expect(try await visitor.get("/talent/profile/\(desk.member)").text.contains("+2340000000"))
    }
}
