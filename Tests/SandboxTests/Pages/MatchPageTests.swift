// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

@Suite struct MatchPageTests {
    private static let job: JSONValue = [
        "title": "Senior Data Engineer", "location": "Austin, TX",
        "description": "Somebody who knows SQL and Kafka. We also like people who read what others write, often.",
    ]

    private func member(
        _ number: Int64, _ title: String, _ city: String, _ state: String = "", _ country: String = "us",
        skills: [String] = [], isOpen: Bool = false
    ) -> Member {
        var member = Member(
            number: number, firstName: "A", lastName: "B", email: "\(number)@post.example", title: title, city: city,
            state: state, country: country, profileURL: "https://www.linkedin.com/in/\(number)", isAdded: true)
        member.saidSkills = skills
        member.saidOpenToWork = isOpen
        return member
    }

    @Test func `title counts most, then skills and place, and every point has its reason`() throws {
        let need = try #require(JobNeed(Self.job))
        #expect(need.titleWords == ["data", "engineer"] && need.level == "senior")
        #expect(need.skills == ["Kafka", "SQL"] && need.places == ["austin", "tx"])
        let best = try #require(
            JobMatch(member(1, "Senior Data Engineer", "Austin", "TX", skills: ["SQL", "Kafka"], isOpen: true), need))
        #expect(best.score == 90)
        #expect(
            best.reasons == [
                "Title: Senior Data Engineer, same level", "Skills: SQL, Kafka", "Place: Austin, TX, US",
                "Open to work",
            ])
        let far = try #require(JobMatch(member(2, "data engineer", "Lagos", "", "ng"), need))
        #expect(far.score == 50 && far.reasons == ["Title: data engineer"])
        let near = try #require(JobMatch(member(3, "Civil Engineer", "Dallas", "TX"), need))
        #expect(near.score == 37 && near.reasons == ["Part of the title: Civil Engineer", "Same region: TX"])
        #expect(JobMatch(member(4, "Chemist", "Austin", "TX"), need) == nil)
        #expect([near, far, best].sorted(by: JobMatch.isBetter).map(\.member.number) == [1, 2, 3])
    }

    @Test(arguments: [["title": "Engineer"], ["location": "Austin"], [:]] as [JSONObject])
    func `a job without title or place is recommended nobody`(record: JSONObject) {
        #expect(JobNeed(.object(record)) == nil)
    }

    /// Jobs of the desk are called "Engineer J-1" and are in Austin.
    private func stage() async throws -> (Recruiting, PageVisitor, String) {
        let desk = try await Recruiting()
        try await desk.showAll()
        try await desk.sync(jobs: ["J-1"])
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        let list = try await visitor.get("/talent/matches").text
        let link = try #require(list.firstRange(of: "href=\"/talent/matches?ats="))
        let path = "/talent/matches?ats=" + list[link.upperBound...].prefix { $0 != "\"" }
        return (desk, visitor, path.replacing("&amp;", with: "&"))
    }

    private func fields(_ path: String, _ member: Int64) -> [(String, String)] {
        let parts = path.split(separator: "=")
        return [
            ("member", String(member)), ("ats", String(parts[1].prefix { $0 != "&" })), ("job", String(parts[2])),
        ]
    }

    @Test func `a recommended member is saved to the job, which exports the profile`() async throws {
        let (desk, visitor, path) = try await stage()
        let page = try await visitor.get(path).text
        #expect(page.contains("Ada Okafor") && page.contains("Part of the title: Staff engineer"))
        let saved = try await visitor.post("/talent/matches/save", fields(path, desk.member))
        #expect(saved.header("location") == path + "&done=saved-to-job")
        let pushes = try await desk.world.control("GET", "pushes")["pushes"]?.array ?? []
        #expect(pushes.contains { $0["type"]?.string == "EXPORT_CANDIDATE_PROFILE" })
        #expect(try await !visitor.get(path).text.contains("Ada Okafor"))
    }

    @Test func `save and InMail opens the compose pane`() async throws {
        let (desk, visitor, path) = try await stage()
        _ = try await visitor.get(path)
        let saved = try await visitor.post("/talent/matches/save", fields(path, desk.member) + [("then", "inmail")])
        let location = try #require(saved.header("location"))
        #expect(location.hasPrefix("/talent/profile/\(desk.member)/inmail?") && location.contains("job=J-1"))
    }

    @Test func `who is of no interest is gone, and comes back when that was a mistake`() async throws {
        let (desk, visitor, path) = try await stage()
        _ = try await visitor.get(path)
        let gone = try await visitor.post("/talent/matches/not-interested", fields(path, desk.member))
        let after = try #require(gone.header("location"))
        #expect(try await visitor.get(after).text.contains("is not recommended to you any more"))
        #expect(try await !visitor.get(path).text.contains("Ada Okafor"))
        _ = try await visitor.post("/talent/matches/interested", fields(path, desk.member))
        #expect(try await visitor.get(path).text.contains("Ada Okafor"))
    }

    @Test func `what keeps from exporting keeps from saving, and a hidden job is not offered`() async throws {
        let (desk, visitor, path) = try await stage()
        try await desk.world.control("POST", "members/privacy", ["member": .int(desk.member), "exportable": false])
        _ = try await visitor.get(path)
        let refused = try await visitor.post("/talent/matches/save", fields(path, desk.member))
        #expect(refused.status == 409 && refused.text.contains("privacy settings"))
        try await Permissions(desk).secure("J-1", "directors")
        #expect(try await visitor.get(path).status == 404)
        #expect(try await visitor.get("/talent/matches").text.contains("No open job"))
    }

    @Test func `pages of a ranking neither repeat nor skip anybody`() async throws {
        let desk = try await Recruiting { $0.members = 300 }
        try await desk.world.sandbox.generateMembers()
        try await desk.showAll()
        try await desk.sync(jobs: ["J-1"])
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        var (seen, target) = ([String](), "/talent/matches?job=J-1" as String?)
        while let next = target {
            let page = try await visitor.get(next).text
            for range in page.ranges(of: "aria-label=\"Not interested in ") {
                let before = page[..<range.lowerBound].suffix(400)
                let number = before.ranges(of: "name=\"member\" value=\"").last.map {
                    before[$0.upperBound...].prefix { $0 != "\"" }
                }
                seen.append(String(try #require(number)))
            }
            target = page.firstRange(of: "href=\"/talent/matches?job=J-1&amp;after=").map { range in
                "/talent/matches?job=J-1&after=" + page[range.upperBound...].prefix { $0 != "\"" }
            }
        }
        #expect(seen.count > MatchBoard.pageSize && Set(seen).count == seen.count)
    }
}
