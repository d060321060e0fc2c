// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// *Export to ATS* as a recruiter does it (modules 3–5, A.5.4).
@Suite struct ExportPageTests {
    private func stage(_ change: (inout SandboxOptions) -> Void = { _ in }) async throws -> (Recruiting, PageVisitor) {
        let desk = try await Recruiting(callback: "http://127.0.0.1:1/callback", change)
        try await desk.sync(jobs: ["REQ-1", "REQ-2"])
        try await desk.sync(jobs: ["REQ-3"], state: "CLOSED")
        try await desk.showAll()
        return (desk, try await PageVisitor(desk.world.sandbox).signIn(desk.seat))
    }

    private func ats(_ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "name=\"ats\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test func `a recruiter searches an open job, confirms, and sees how far the export is`() async throws {
        let (desk, visitor) = try await stage()
        let path = "/talent/profile/\(desk.member)/export"
        let list = try await visitor.get(path).text
        #expect(list.contains("Engineer REQ-1") && list.contains("Engineer REQ-2") && !list.contains("REQ-3"))
        #expect(list.contains("0 of 300 this month"))
        let found = try await visitor.get(path + "?q=req-2").text
        #expect(!found.contains("Engineer REQ-1") && found.contains("Engineer REQ-2"))
        let key = try ats(found)
        let confirm = try await visitor.get(path + "?ats=\(key)&job=REQ-2").text
        #expect(confirm.contains("Export <bdi>Ada Okafor</bdi> to") && confirm.contains("no e-mail"))
        let done = try await visitor.post(path, [("ats", key), ("job", "REQ-2")])
        #expect(done.status == 303)
        let result = try #require(done.header("location"))
        let request = try #require(result.split(separator: "/").last.map(String.init))
        let waiting = try await visitor.get(result).text
        #expect(waiting.contains("REQ-2") && waiting.contains("Announced to the ATS"))
        #expect(waiting.split(separator: "class=\"done\"").count == 1)
        // The ATS does its part.
        let fetch = try await desk.send("GET", "/v2/exportedCandidates?q=request&requestId=\(request)")
        #expect(fetch.status == 200)
        try await Records(desk).candidate("C-9", email: "else@post.example", manual: desk.member)
        try await Records(desk).application("A-9", of: "C-9", job: "REQ-2")
        let ended = try await visitor.get(result).text
        #expect(ended.split(separator: "class=\"done\"").count == 5 && ended.contains("C-9") && ended.contains("A-9"))
        #expect(try await visitor.get(path).text.contains("1 of 300 this month"))
        let list2 = try await visitor.get("/talent/exports").text
        #expect(list2.contains("Ada Okafor") && list2.contains("REQ-2") && list2.contains("Fetched by the ATS"))
        #expect(try await visitor.get("/talent/profile/\(desk.member)/activity").text.contains(result))
        // A second job is another export of the same person (RSC-303).
        _ = try await visitor.get(path)
        let again = try await visitor.post(path, [("ats", key), ("job", "REQ-1")])
        #expect(again.status == 303 && again.header("location") != result)
    }

    @Test func `a job that the recruiter may not see is neither offered nor taken`() async throws {
        let (desk, visitor) = try await stage()
        try await Permissions(desk).secure("REQ-1", "eng")
        let path = "/talent/profile/\(desk.member)/export"
        let list = try await visitor.get(path).text
        #expect(!list.contains("Engineer REQ-1"))
        let key = try ats(list)
        #expect(try await visitor.get(path + "?ats=\(key)&job=REQ-1").text.contains("not open to you"))
        let refused = try await visitor.post(path, [("ats", key), ("job", "REQ-1")])
        #expect(refused.status == 409 && refused.text.contains("Not exported. The seat does not see the job"))
    }

    @Test func `Recruiter says why it does not export`() async throws {
        let (desk, visitor) = try await stage { $0.switches.exportsPerMonth = 0 }
        let path = "/talent/profile/\(desk.member)/export"
        let key = try ats(try await visitor.get(path).text)
        let limit = try await visitor.post(path, [("ats", key), ("job", "REQ-1")])
        #expect(limit.status == 409 && limit.text.contains("used up its exports"))
        try await desk.world.control("POST", "members/privacy", ["member": .int(desk.member), "exportable": false])
        #expect(try await visitor.post(path, [("ats", key), ("job", "REQ-1")]).text.contains("privacy settings"))
        try await desk.world.control("POST", "products", ["organization": 1000, "one_click_export": false])
        #expect(
            try await visitor.post(path, [("ats", key), ("job", "REQ-1")]).text.contains(
                "switched one-click export off"))
        try await desk.world.control(
            "POST", "integrations/disable", ["organization": 1000, "types": ["ONE_CLICK_EXPORT"]])
        #expect(try await visitor.get(path).text.contains("There is no ATS to export to"))
    }

    @Test func `an export is shown to the customer's recruiters and to nobody else`() async throws {
        let (desk, visitor) = try await stage()
        let request = try #require(try await desk.export(job: "REQ-1")["request_id"]?.string)
        #expect(try await visitor.get("/talent/exports/\(request)").status == 200)
        try await desk.world.control("POST", "contracts", ["contract": 6000, "organization": 2000])
        let seat = try #require(
            try await desk.world.control(
                "POST", "seats", ["contract": 6000, "email": "x@example.com", "first_name": "X", "last_name": "Y"])[
                    "seat"]?.int)
        let stranger = try await PageVisitor(desk.world.sandbox).signIn(seat)
        #expect(try await stranger.get("/talent/exports/\(request)").status == 404)
        #expect(try await visitor.get("/talent/exports/12").status == 404)
    }

    @Test func `months begin where the calendar says`() {
        for month in [0, 1, 2, 11, 12, 361, 362, 674, 1562] as [Int64] {
            let start = MonthName.start(of: month)
            #expect(start.utcMonth == month && Moment(start.millis - 1).utcMonth == month - 1)
        }
        #expect(MonthName.of(674) == "March 2026")
    }
}
