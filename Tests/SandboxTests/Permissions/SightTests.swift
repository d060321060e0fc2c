// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// What a recruiter sees: certification rules RSC-401 to 404 and RSC-501 to 504 (modules 3–5, E.3 and E.4), played
/// against the sandbox itself.
@Suite struct SightTests {
    /// A customer with one candidate who is the member, with everything that can hang on it.
    private func stage() async throws -> (desk: Recruiting, records: Records) {
        let desk = try await Recruiting { $0.switches.matchSeconds = 0 }
        try await desk.sync(jobs: ["REQ-1"])
        let records = Records(desk)
        try await records.candidate("C-1", email: "ada@post.example")
        try await records.candidateNote("N-1", of: "C-1")
        try await records.application("A-1", of: "C-1", job: "REQ-1")
        try await records.applicationNote("AN-1", of: "A-1")
        try await records.stage("S-1", of: "A-1")
        try await records.feedback("F-1", of: "A-1")
        return (desk, records)
    }

    private func applications(_ indicator: JSONValue) -> [String] {
        indicator["candidates"]?[0]?["applications"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    @Test func `RSC-401 to 404: assigned users see a secured job in the list and in the indicator, others do not`()
        async throws
    {
        let (desk, _) = try await stage()
        let permissions = Permissions(desk)
        try await desk.showAll()
        let assigned = desk.seat
        let other = try await Recruiting.seat(desk.world, "sven")
        let person = try await desk.personOfSeat(assigned)
        try await permissions.secure("REQ-1", "eng")
        try await permissions.assign(person, "eng")
        func sees(_ seat: Int64) async throws -> [Bool] {
            [
                try await desk.jobs(seat: seat) == ["REQ-1"],
                applications(try await desk.indicator(seat: seat)) == ["A-1"],
            ]
        }
        #expect(try await sees(assigned) == [true, true])
        #expect(try await sees(other) == [false, false])
        // The candidate itself is there for both; only what hangs on the job is hidden.
        let hidden = try await desk.indicator(seat: other)["candidates"]?[0]
        #expect(hidden?["id"] == "C-1" && hidden?["hidden_applications"] == 1)
        #expect(try await permissions.unassign(person, "eng") == 204)
        #expect(try await sees(assigned) == [false, false])
        try await permissions.assign(person, "eng")
        #expect(try await sees(assigned) == [true, true])
    }

    @Test func `jobs without an ACL are hidden until each feature's configuration opens them`() async throws {
        let (desk, _) = try await stage()
        #expect(try await desk.jobs() == [])
        #expect(applications(try await desk.indicator()) == [])
        try await desk.configure("JOB_POSTING_VIEWERS", of: "ONE_CLICK_EXPORT", "ALL_PRODUCT_USERS")
        #expect(try await desk.jobs() == ["REQ-1"])
        #expect(applications(try await desk.indicator()) == [])
        try await desk.configure("APPLICATION_VIEWERS", of: "IN_ATS_INDICATOR", "ALL_PRODUCT_USERS")
        #expect(applications(try await desk.indicator()) == ["A-1"])
        try await desk.configure("JOB_POSTING_VIEWERS", of: "ONE_CLICK_EXPORT", nil)
        #expect(try await desk.jobs() == [])
    }

    @Test func `RSC-501: notes disappear with their deletion, and the indicator with the candidate's`() async throws {
        let (desk, records) = try await stage()
        #expect(try await desk.indicator()["candidates"]?[0]?["notes"]?[0]?["id"] == "N-1")
        try await records.deleteCandidateNote("N-1", of: "C-1")
        #expect(try await desk.indicator()["candidates"]?[0]?["notes"]?.array == [])
        try await records.deleteCandidate("C-1")
        #expect(try await desk.indicator() == .null)
    }

    @Test func `RSC-502: a candidate takes its notes and the indicator along`() async throws {
        let (desk, records) = try await stage()
        try await records.deleteCandidate("C-1")
        #expect(try await desk.indicator() == .null)
        // The same id again begins without the old notes.
        try await records.candidate("C-1", email: "ada@post.example")
        #expect(try await desk.indicator()["candidates"]?[0]?["notes"]?.array == [])
    }

    @Test func `RSC-503: notes, stages and feedback of an application disappear one by one, then the application`()
        async throws
    {
        let (desk, records) = try await stage()
        try await desk.showAll()
        func application() async throws -> JSONValue? {
            try await desk.indicator()["candidates"]?[0]?["applications"]?[0]
        }
        for (kind, field, id) in [
            ("notes", "notes", "AN-1"), ("stages", "stages", "S-1"), ("interviewFeedback", "feedback", "F-1"),
        ] {
            #expect(try await application()?[field]?[0]?["id"]?.string == id)
            try await records.delete(kind, id, of: "A-1")
            #expect(try await application()?[field]?.array == [])
        }
        try await records.deleteApplication("A-1")
        #expect(applications(try await desk.indicator()) == [])
    }

    @Test func `RSC-504: an application takes everything that hangs on it along, and its candidate stays`() async throws
    {
        let (desk, records) = try await stage()
        try await desk.showAll()
        try await records.deleteApplication("A-1")
        #expect(try await desk.indicator()["candidates"]?[0]?["id"] == "C-1")
        try await records.application("A-1", of: "C-1", job: "REQ-1")
        let again = try await desk.indicator()["candidates"]?[0]?["applications"]?[0]
        #expect(again?["id"] == "A-1" && again?["stages"]?.array == [] && again?["notes"]?.array == [])
    }

    @Test func `a link by hand comes before matching, and takes a candidate away from the member its e-mail names`()
        async throws
    {
        let (desk, records) = try await stage()
        let namesake = try #require(
            try await desk.world.control(
                "POST", "members",
                [
                    "first_name": "Ada", "last_name": "Okafor", "email": "other@post.example",
                    "profile_url": "https://www.linkedin.com/in/ada-okafor-2",
                ])["number"]?.int)
        try await records.candidate("C-0", email: "x@post.example", manual: desk.member)
        let both = try await desk.indicator()["candidates"]?.array ?? []
        #expect(both.map { $0["id"]?.string } == ["C-0", "C-1"])
        #expect(both.map { $0["match"]?.string } == ["manual", "algorithmic"])
        try await records.candidate("C-1", email: "ada@post.example", manual: namesake)
        #expect(try await desk.indicator()["candidates"]?.array?.count == 1)
        #expect(try await desk.indicator(member: namesake)["candidates"]?[0]?["id"] == "C-1")
        // A member who left is shown to nobody.
        try await desk.world.control("POST", "members/close", ["member": .int(namesake)])
        #expect(try await desk.indicator(member: namesake) == .null)
    }

    @Test func `a search for jobs finds ids and titles, and pages through what the seat may see`() async throws {
        let desk = try await Recruiting()
        try await desk.sync(jobs: (10..<40).map { "REQ-\($0)" })
        try await desk.sync(jobs: ["REQ-15"], state: "CLOSED")
        try await desk.showAll()
        try await Permissions(desk).secure("REQ-16", "secret")
        var seen: [String] = []
        var after = ""
        repeat {
            let page = try await desk.world.control("GET", "see?seat=\(desk.seat)&limit=7\(after)")
            seen += page["jobs"]?.array?.compactMap { $0["id"]?.string } ?? []
            after = page["next"]?.string.map { "&after=" + $0 } ?? ""
        } while !after.isEmpty
        #expect(seen == (10..<40).map { "REQ-\($0)" }.filter { $0 != "REQ-15" && $0 != "REQ-16" })
        let found = try await desk.world.control("GET", "see?seat=\(desk.seat)&query=engineer%20req-2")
        #expect(found["jobs"]?.array?.count == 10)
    }

    @Test func `nobody sees anything of an integration that is off, or with a seat that is not active`() async throws {
        let (desk, _) = try await stage()
        try await desk.world.control(
            "POST", "integrations/disable", ["organization": 1000, "types": ["IN_ATS_INDICATOR"]])
        let off = try await desk.world.send("GET", "/_sandbox/see?seat=\(desk.seat)&member=\(desk.member)")
        #expect(off.status == 409 && off.text.contains("IN_ATS_INDICATOR"))
        try await desk.world.control("POST", "seats/\(desk.seat)", ["state": "INACTIVE"])
        #expect(try await desk.world.send("GET", "/_sandbox/see?seat=\(desk.seat)").status == 409)
    }
}
