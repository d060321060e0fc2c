// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct ProjectPageTests {
    private func made(_ visitor: PageVisitor, _ name: String = "Engineers <b>") async throws -> String {
        _ = try await visitor.get("/talent/projects")
        let answer = try await visitor.post("/talent/projects", [("name", name)])
        return try #require(answer.header("location")?.split(separator: "?").first.map(String.init))
    }

    @Test func `members are saved from the search, moved through the stages, removed and put back`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = try await made(visitor)
        #expect(try await visitor.get("/talent/projects").text.contains("Engineers &lt;b&gt;"))
        let saved = try await visitor.post(
            "/talent/projects/members",
            [
                ("project", String(path.split(separator: "/").last ?? "")), ("member", String(desk.member)),
                ("member", "999"),
                ("to", "/talent/search?q=okafor"),
            ])
        #expect(saved.header("location") == "/talent/search?q=okafor&done=saved-members")
        var page = try await visitor.get(path).text
        #expect(page.contains("Ada Okafor") && page.contains("Uncontacted 1"))
        _ = try await visitor.post(path + "/move", [("member", String(desk.member)), ("stage", "REPLIED")])
        page = try await visitor.get(path + "?stage=REPLIED").text
        #expect(page.contains("Ada Okafor") && page.contains("Replied 1") && page.contains("Uncontacted 0"))
        // Saved once more, the member stays where they are.
        _ = try await visitor.post(path + "/members", [("member", String(desk.member))])
        #expect(try await visitor.get(path).text.contains("Replied 1"))
        let removed = try await visitor.post(path + "/remove", [("member", String(desk.member))])
        let after = try #require(removed.header("location"))
        page = try await visitor.get(after).text
        #expect(page.contains("is removed from the project") && page.contains("Nobody is saved yet"))
        _ = try await visitor.post(path + "/back", [("member", String(desk.member)), ("stage", "REPLIED")])
        #expect(try await visitor.get(path).text.contains("Replied 1"))
    }

    @Test func `a new project is made while saving, and nothing is saved without a choice`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        _ = try await visitor.get("/talent/search")
        let none = try await visitor.post("/talent/projects/members", [("project", ""), ("name", "X")])
        #expect(none.header("location") == "/talent/search?done=none-chosen")
        let saved = try await visitor.post(
            "/talent/projects/members", [("project", ""), ("name", "Nurses"), ("member", String(desk.member))])
        let path = try #require(saved.header("location"))
        #expect(try await visitor.get(path).text.contains("Nurses"))
        let nameless = try await visitor.post("/talent/projects/members", [("member", String(desk.member))])
        #expect(nameless.status == 422)
    }

    @Test func `a profile leads to the projects, and says which ones have the member`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = try await made(visitor, "Engineers")
        let profile = "/talent/profile/\(desk.member)"
        #expect(try await visitor.get(profile).text.contains("href=\"\(profile)/project\""))
        #expect(try await !visitor.get(profile + "/project").text.contains("In these projects already"))
        let saved = try await visitor.post(path + "/members", [("member", String(desk.member)), ("to", profile)])
        #expect(saved.header("location") == profile + "?done=saved-members")
        let page = try await visitor.get(profile + "/project").text
        #expect(page.contains("In these projects already") && page.contains("Uncontacted"))
    }

    @Test func `two recruiters who rename a project do not overwrite each other unseen`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = try await made(visitor, "One")
        #expect(try await visitor.post(path, [("name", "Two"), ("was", "One")]).status == 303)
        let late = try await visitor.post(path, [("name", "Three"), ("was", "One")])
        #expect(late.status == 409 && late.text.contains("Somebody else renamed"))
        #expect(try await visitor.get(path).text.contains("Two"))
    }

    @Test func `an archived project is out of the way and comes back`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = try await made(visitor, "Old")
        _ = try await visitor.post(path + "/archive", [("archived", "yes")])
        #expect(try await !visitor.get("/talent/projects").text.contains("Old"))
        #expect(try await visitor.get("/talent/projects?show=archived").text.contains("Old"))
        _ = try await visitor.post(path + "/archive", [("archived", "no")])
        #expect(try await visitor.get("/talent/projects").text.contains("Old"))
    }

    @Test func `projects belong to a contract`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let path = try await made(visitor)
        try await desk.world.control("POST", "contracts", ["contract": 6000, "organization": 2000])
        let stranger = try #require(
            try await desk.world.control(
                "POST", "seats",
                ["contract": 6000, "email": "sam@example.com", "first_name": "Sam", "last_name": "Elsewhere"])["seat"]?
                .int)
        let other = try await PageVisitor(desk.world.sandbox).signIn(stranger)
        #expect(try await other.get(path).status == 404)
        #expect(try await other.post(path + "/archive", [("archived", "yes")]).status == 404)
        #expect(try await other.post(path + "/members", [("member", String(desk.member))]).status == 404)
    }
}
