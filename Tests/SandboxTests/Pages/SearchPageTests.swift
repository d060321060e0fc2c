// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Testing

@testable import Sandbox

@Suite struct SearchPageTests {
    private func add(_ desk: Recruiting, _ name: String, _ fields: JSONObject = [:]) async throws -> Int64 {
        var body: JSONObject = [
            "first_name": .string(name), "last_name": "Moss", "title": "Data Engineer", "company": "Northwind",
            "city": "Lagos", "country": "ng",
            "email": .string("\(name.count)-\(name.prefix(3).utf8.count)@post.example"),
            "profile_url": .string("https://www.linkedin.com/in/m-\(name.utf8.count)-\(name.hashValue)"),
        ]
        for (name, value) in fields { body[name] = value }
        return try #require(try await desk.world.control("POST", "members", .object(body))["number"]?.int)
    }

    @Test func `a member is found by word, title, place and skill, and shows where the customer's ATS has them`()
        async throws
    {
        let desk = try await Recruiting()
        try await desk.showAll()
        try await desk.sync(jobs: ["J-1"])
        _ = try await add(desk, "Zoë", ["skills": ["Kafka"], "open_to_work": true])
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        for query in ["q=okafor", "title=engineer&company=northwind&last=OKAFOR", "q=nigeria+%22staff+engineer%22"] {
            let page = try await visitor.get("/talent/search?" + query).text
            #expect(page.contains("1 member<") && page.contains("Ada Okafor") && !page.contains("In ATS"), "\(query)")
        }
        #expect(try await visitor.get("/talent/search?q=zoe+kafka").text.contains("Open to work"))
        #expect(try await visitor.get("/talent/search?q=zoe&open=yes").text.contains("1 member<"))
        #expect(try await visitor.get("/talent/search?q=okafor+berlin").text.contains("Nobody matches"))

        let records = Records(desk)
        try await records.candidate("C-1", email: "ada@post.example")
        try await records.application("A-1", of: "C-1", job: "J-1")
        try await desk.world.sandbox.advance(by: .seconds(5))
        for query in ["q=okafor", "ats=yes", "past=yes", "q=okafor&past=yes&title_is=Staff+engineer"] {
            let page = try await visitor.get("/talent/search?" + query).text
            #expect(page.contains("1 member<") && page.contains("In ATS, 1 application"), "\(query)")
        }
        #expect(try await visitor.get("/talent/search?q=okafor&ats=no").text.contains("Nobody matches"))

        // RSC-402: whoever may not see the job sees no application, and nobody who applied.
        try await Permissions(desk).secure("J-1", "directors")
        let hidden = try await visitor.get("/talent/search?q=okafor").text
        #expect(hidden.contains("In ATS") && !hidden.contains("1 application"))
        #expect(try await visitor.get("/talent/search?past=yes").text.contains("Nobody matches"))

        // RSC-501: what is deleted is gone, also from what is searched by.
        try await records.deleteCandidate("C-1")
        let left = try await desk.world.sandbox.core.world.read { tx in
            try tx.first("SELECT (SELECT count(*) FROM candidate_key) + (SELECT count(*) FROM candidate_text)") {
                $0.int(0)
            }
        }
        #expect(left == 0)
        #expect(try await visitor.get("/talent/search?ats=yes").text.contains("Nobody matches"))
        #expect(try await !visitor.get("/talent/search?q=okafor").text.contains("In ATS"))
    }

    @Test func `an indicator that is off says so and shows nobody`() async throws {
        let desk = try await Recruiting()
        try await Records(desk).candidate("C-1", email: "ada@post.example")
        try await desk.world.sandbox.advance(by: .seconds(5))
        try await desk.world.control(
            "POST", "integrations/disable",
            ["organization": 1000, "unique_foreign_id": "acme", "types": ["IN_ATS_INDICATOR"]])
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let page = try await visitor.get("/talent/search?ats=yes").text
        #expect(page.contains("Nobody matches") && page.contains("To the ATS tab"))
        #expect(try await !visitor.get("/talent/search?q=okafor").text.contains(">In ATS<"))
    }

    @Test(arguments: [
        #"<script>alert("1")</script>"#, "\"'><img src=x>", "مرحبا", String(repeating: "é", count: 5_000), "{{title}}",
        "=HYPERLINK(\"http://x\")",
    ])
    func `a name of any kind is shown as text and downloaded as text`(name: String) async throws {
        let desk = try await Recruiting()
        let title = name.count > 200 ? "Director" : name
        _ = try await add(desk, name, ["title": .string(title), "company": .string(name)])
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let page = try await visitor.get("/talent/search?last=moss&q=lagos")
        #expect(page.status == 200)
        #expect(page.text.contains("1 member<"))
        for forbidden in ["<script>a", "<img", "{{"] where name.contains(forbidden) {
            #expect(!page.text.contains(forbidden) || forbidden == "{{")
        }
        let found = try await visitor.get("/talent/search?q=" + PageVisitor.encoded(name)).text
        #expect(found.contains("Moss") || found.contains("Nobody matches"))
        let file = try await visitor.get("/talent/search.csv?last=moss&q=lagos")
        var text = ""
        for await piece in try #require(file.stream) { text += String(decoding: piece, as: UTF8.self) }
        let lines = text.split(separator: "\r\n")
        #expect(lines.count == 2 && lines[0].hasPrefix("Member,First name,"))
        #expect(!lines[1].contains(",="))
        if name.hasPrefix("=") { #expect(lines[1].contains("\"'=HYPERLINK(\"\"http://x\"\")\"")) }
    }

    @Test(arguments: ["%22", "%22%22%22", "a+OR+b*", "NEAR(a+b)", "title:x", "%00", "-+-+-", "(((", "%F0%9F%98%80"])
    func `what means something to the search engine means nothing here`(query: String) async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        #expect(try await visitor.get("/talent/search?q=" + query).status == 200)
        #expect(try await visitor.get("/talent/search?title_is=" + query).status == 200)
    }

    @Test func `a list is read page by page, and downloaded whole`() async throws {
        let desk = try await Recruiting { $0.members = 260 }
        try await desk.world.sandbox.generateMembers()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        var (pages, names, target) = (0, 0, "/talent/search" as String?)
        while let next = target {
            let page = try await visitor.get(next).text
            pages += 1
            names += page.components(of: "type=\"checkbox\" name=\"member\"")
            target = page.firstRange(of: "href=\"/talent/search?after=").map { range in
                "/talent/search?after=" + page[range.upperBound...].prefix { $0 != "\"" }
            }
        }
        // The recruiter and Ada are members too.
        #expect(names == 262 && pages == 11)
        var bytes = 0
        for await piece in try #require(try await visitor.get("/talent/search.csv").stream) {
            bytes += piece.count { $0 == UInt8(ascii: "\n") }
        }
        #expect(bytes == 263)
    }

    @Test func `a world that is older than the search is taken in`() async throws {
        let desk = try await Recruiting { $0.members = 50 }
        let sandbox = desk.world.sandbox
        try await sandbox.generateMembers()
        let ada = try #require(try await sandbox.core.world.read { tx in try tx.member(email: "ada@post.example") })
        try await Records(desk).candidate("C-1", email: ada.email)
        try await sandbox.advance(by: .seconds(5))
        // As the migration leaves it.
        try await sandbox.core.world.write { tx in
            try tx.run("DELETE FROM candidate_change")
            try tx.run("INSERT INTO member_text (member_text) VALUES ('delete-all')")
            try tx.run("UPDATE search_backlog SET upto = 50 WHERE name = 'member'")
            try tx.run("UPDATE search_backlog SET upto = 1000000010 WHERE name = 'added member'")
            try tx.run("UPDATE search_backlog SET upto = 10 WHERE name = 'candidate'")
        }
        #expect(try await desk.indicator(member: ada.number) != .null)
        let visitor = try await PageVisitor(sandbox).signIn(desk.seat)
        #expect(try await visitor.get("/talent/search?q=okafor").text.contains("In ATS"))
        #expect(try await visitor.get("/talent/search?ats=yes").text.contains("1 member<"))
        #expect(try await visitor.get("/talent/search").text.contains("52 members<"))
    }

    @Test func `a candidate is known once its member joins`() async throws {
        let desk = try await Recruiting()
        try await Records(desk).candidate("C-1", email: "late@post.example")
        try await desk.world.sandbox.advance(by: .seconds(5))
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        #expect(try await visitor.get("/talent/search?ats=yes").text.contains("Nobody matches"))
        _ = try await add(desk, "Late", ["email": "late@post.example"])
        #expect(try await visitor.get("/talent/search?ats=yes").text.contains("Late Moss"))
    }
}
