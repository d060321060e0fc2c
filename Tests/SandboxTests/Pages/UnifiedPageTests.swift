// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

@Suite struct UnifiedPageTests {
    private func stage() async throws -> (Recruiting, PageVisitor) {
        let desk = try await Recruiting()
        try await desk.showAll()
        try await desk.sync(jobs: ["J-1"])
        // The first is Ada the member; the second is somebody whom no member matches, of the same name.
        try await Records(desk).candidate("C-1", email: "ada@post.example")
        try await Records(desk).candidate("C-2", email: "other.ada@post.example")
        try await desk.world.sandbox.advance(by: .seconds(5))
        return (desk, try await PageVisitor(desk.world.sandbox).signIn(desk.seat))
    }

    @Test func `members and candidates whom no member matches are found together`() async throws {
        let (desk, visitor) = try await stage()
        let page = try await visitor.get("/talent/unified?q=okafor").text
        #expect(page.contains("1 member<") && page.contains("Only in the ATS"))
        #expect(page.components(of: "https://ats.example.com/c/C-2") == 1)
        #expect(!page.contains("https://ats.example.com/c/C-1"))
        #expect(try await !visitor.get("/talent/unified?q=okafor&in_ats=no").text.contains("Only in the ATS"))
        #expect(try await !visitor.get("/talent/unified?q=okafor&open=yes").text.contains("Only in the ATS"))
        #expect(try await visitor.get("/talent/unified?q=okafor&place=berlin").text.contains("Nobody matches"))
        #expect(
            try await visitor.get("/talent/unified?title=engineer&place=lagos&in_ats=yes").text.contains("Ada Okafor"))
        try await Records(desk).deleteCandidate("C-2")
        #expect(try await !visitor.get("/talent/unified?q=okafor").text.contains("Only in the ATS"))
    }

    @Test func `a member is saved to the chosen job, and without one there is no button for it`() async throws {
        let (desk, visitor) = try await stage()
        #expect(try await !visitor.get("/talent/unified?q=okafor").text.contains("Save to job<"))
        let page = try await visitor.get("/talent/unified?q=okafor&job=J-1").text
        #expect(page.contains("Save to job<") && page.contains("Send InMail"))
        let action = try #require(page.firstRange(of: "action=\"/talent/unified/save"))
        let target = page[action.lowerBound...].dropFirst(8).prefix { $0 != "\"" }
        let ats = try #require(page.firstRange(of: "name=\"ats\" value=\""))
        let key = page[ats.upperBound...].prefix { $0 != "\"" }
        let saved = try await visitor.post(
            String(target), [("member", String(desk.member)), ("job", "J-1"), ("ats", String(key))])
        #expect(saved.header("location") == "/talent/unified?q=okafor&job=J-1&done=saved-to-job")
    }

    @Test func `an ATS's link that is no web address is not followed`() {
        for link in ["javascript:alert(1)", "data:text/html,x", " https://x"] {
            let body: JSONValue = ["firstName": "A", "lastName": "B", "externalProfileUrl": .string(link)]
            let row = UnifiedBoard.Candidate(
                LooseCandidate(entity: 1, tenancy: 1, id: "C", face: CandidateFace(body.bytes)), system: "ATS")
            #expect(row.link == nil)
        }
    }
}
