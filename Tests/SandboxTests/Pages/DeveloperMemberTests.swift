// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct DeveloperMemberTests {
    @Test func `members are paged by number and found by number, e-mail, profile and name`() async throws {
        let world = try await TestSandbox { $0.members = 120 }
        try await world.sandbox.generateMembers()
        let visitor = PageVisitor(world.sandbox)
        func found(_ query: String) async throws -> [Int64] {
            let page = try await visitor.get("/developers/members" + query).text
            return page.ranges(of: #"<a href="/developers/members/"#).compactMap {
                Int64(page[$0.upperBound...].prefix { $0.isNumber })
            }
        }
        #expect(try await found("") == Array(1...50))
        #expect(try await found("?after=100") == Array(101...120))
        let seventh = try #require(
            try await world.control("GET", "members?after=6&limit=1")["members"]?.array?.first)
        let (email, url) = (seventh["email"]?.string ?? "", seventh["profile_url"]?.string ?? "")
        #expect(try await found("?q=7") == [7])
        #expect(try await found("?q=" + PageVisitor.encoded(email.uppercased())) == [7])
        #expect(try await found("?q=" + PageVisitor.encoded(url)) == [7])
        let name = "\(seventh["first_name"]?.string ?? "") \(seventh["last_name"]?.string ?? "")"
        #expect(try await found("?q=" + PageVisitor.encoded(name)).contains(7))
        for nobody in ["%25", "_", "%5C", "nobody%40post.example"] {
            #expect(try await found("?q=" + nobody).isEmpty, "\(nobody)")
        }
        #expect(try await visitor.get("/developers/members?q=%25").text.contains("No member is like that"))
    }

    @Test func `a member is added with whatever name, and a wrong form is kept`() async throws {
        let world = try await TestSandbox()
        _ = try await world.customer("acme")
        let visitor = PageVisitor(world.sandbox)
        _ = try await visitor.get("/developers/members/new")
        let long = String(repeating: "a", count: 5_000)
        let added = try await visitor.post(
            "/developers/members",
            [
                ("first_name", #"<script>alert("1")</script>"#), ("last_name", "שלום " + long),
                ("email", "a@post.example"), ("profile_url", "http://de.linkedin.com/in/A-B"),
            ])
        #expect(added.status == 303)
        let path = "/developers/members/1000000001"
        #expect(added.header("location") == path + "?done=member-added")
        let page = try await visitor.get(path).text
        #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)") && !page.contains("<script>alert"))
        #expect(page.contains("https://www.linkedin.com/in/a-b") && page.contains("urn:li:person:"))
        #expect(page.contains("settings forbid exports"))
        #expect(page.components(of: "urn:li:person:") == 2)
        let list = try await visitor.get("/developers/members").text
        #expect(!list.contains("<script>alert") && list.contains(long))
        let twice = try await visitor.post(
            "/developers/members",
            [
                ("first_name", "X"), ("last_name", "Kept text"), ("email", "a@post.example"),
                ("profile_url", "https://www.linkedin.com/in/x"), ("exportable", "true"),
            ])
        #expect(twice.status == 409 && twice.text.contains("belongs to a member already"))
        #expect(twice.text.contains(#"value="Kept text""#) && twice.text.contains("checked"))
        #expect(try await visitor.post("/developers/members").text.contains("profile_url is missing"))
    }

    @Test func `privacy is changed, and an account closed after a question`() async throws {
        let desk = try await Recruiting()
        let visitor = PageVisitor(desk.world.sandbox)
        let path = "/developers/members/\(desk.member)"
        #expect(try await visitor.get(path).text.contains("Recruiters may export the profile"))
        #expect(try await visitor.post(path + "/privacy", [("exportable", "false")]).status == 303)
        #expect(try await visitor.get(path).text.contains("settings forbid exports"))
        #expect(try await desk.world.control("GET", "members/\(desk.member)")["exportable"] == false)
        #expect(try await visitor.get(path + "/close").text.contains("not opened again"))
        #expect(try await desk.world.control("GET", "members/\(desk.member)")["closed"] == .null)
        #expect(try await visitor.post(path + "/close").status == 303)
        let closed = try await visitor.get(path).text
        #expect(closed.contains("The account was closed") && !closed.contains("/close"))
        #expect(try await visitor.get("/developers/members/5").status == 404)
    }
}
