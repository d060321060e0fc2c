// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// A recruiter exports a member to the ATS: modules 3–5, A.5.
@Suite struct ExportTests {
    private let fetch = "/v2/exportedCandidates?q=request&requestId="

    private func id(_ answer: JSONValue) throws -> String {
        #expect(answer["status"] == "pushed", "\(answer)")
        return try #require(answer["request_id"]?.string)
    }

    @Test func `an export announces itself, and its id fetches the profile, the job and the customer`() async throws {
        let desk = try await Recruiting()
        try await desk.sync(jobs: ["REQ-77"])
        try await desk.showAll()
        let answer = try await desk.export(job: "REQ-77")
        let request = try id(answer)
        let body = try JSONValue(parsing: Array(try #require(answer["delivery"]?["body"]?.string).utf8))
        #expect(body["type"] == "EXPORT_CANDIDATE_PROFILE" && body["id"]?.string == request)
        // 24 hours (J-2).
        #expect(body["expiresAt"]?.int == TestSandbox.noon.millis + 86_400_000)

        let found = try await desk.send("GET", fetch + request)
        #expect(found.status == 200, "\(found.text)")
        let expected: JSONValue = [
            "integrationContext": "urn:li:organization:1000", "externalJobPostingId": "REQ-77",
            "candidate": [
                "member": .string(try await desk.person(desk.member)), "firstName": "Ada", "lastName": "Okafor",
                "headline": "Staff engineer at Northwind", "currentEmployerNames": ["Northwind"],
                "location": ["locationName": "Lagos, NG"],
                "profileUrl": "https://www.linkedin.com/in/ada-okafor-sim",
            ],
        ]
        #expect(try found.json["elements"]?.array == [expected])
        #expect(try found.json["paging"]?["start"]?.int == 0)
        let versioned = try await desk.send(
            "GET", "/rest/exportedCandidates?q=request&requestId=\(request)", headers: [("LinkedIn-Version", "202603")])
        #expect(try versioned.json["elements"]?.array == [expected], "\(versioned.text)")
    }

    @Test func `a member is named by number, e-mail or profile address, and can be exported to a second job`()
        async throws
    {
        let desk = try await Recruiting()
        try await desk.sync(jobs: ["REQ-1", "REQ-2"])
        try await desk.showAll()
        let first = try id(try await desk.export(job: "REQ-1", member: "ADA@post.example"))
        let second = try id(
            try await desk.export(job: "REQ-2", member: "http://uk.linkedin.com/in/Ada-Okafor-Sim/?x=1"))
        #expect(first != second)
        for (request, job) in [(first, "REQ-1"), (second, "REQ-2")] {
            let element = try await desk.send("GET", fetch + request).json["elements"]?[0]
            #expect(element?["externalJobPostingId"]?.string == job)
            #expect(element?["candidate"]?["member"]?.string == (try await desk.person(desk.member)))
        }
    }

    @Test func `switches add the recruiter, contact data in either style, and an empty page for what is unknown`()
        async throws
    {
        let desk = try await Recruiting {
            $0.switches.exportNamesOwner = true
            $0.switches.exportSharesContact = true
            $0.switches.stubStyle = .legacy
            $0.switches.unknownRequestIsError = false
        }
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        let request = try id(try await desk.export(job: "REQ-1"))
        let element = try await desk.send("GET", fetch + request).json["elements"]?[0]
        #expect(element?["owner"]?.string == "urn:li:seat:\(desk.seat)")
        #expect(element?["candidate"]?["emailAddress"] == ["ada@post.example"])
        #expect(try await desk.send("GET", fetch + "1").json["elements"]?.array == [])
        #expect(
            try await desk.send("GET", "/v2/atsIntegrations?q=request&requestId=1").json["elements"]?.array == [])
    }

    @Test func `requests that are unknown, expired or another application's are 404; without a requestId it is 400`()
        async throws
    {
        let desk = try await Recruiting()
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        let request = try id(try await desk.export(job: "REQ-1"))
        let other = try await desk.world.customer("globex", organization: 2000)
        #expect(try await desk.world.send("GET", fetch + request, token: other.token).status == 404)
        #expect(try await desk.send("GET", fetch + "12").status == 404)
        #expect(try await desk.send("GET", "/v2/exportedCandidates?q=request").status == 400)
        // The id of an export is no integration's, though it is a push's.
        #expect(try await desk.send("GET", "/v2/atsIntegrations?q=request&requestId=\(request)").status == 404)
        try await desk.world.control(
            "POST", "integrations/disable",
            ["organization": 1000, "types": ["ONE_CLICK_EXPORT"], "unique_foreign_id": "acme"])
        #expect(try await desk.send("GET", fetch + request).status == 403)
        try await desk.world.control(
            "POST", "integrations/enable",
            ["organization": 1000, "types": ["ONE_CLICK_EXPORT"], "unique_foreign_id": "acme"])

        let world = desk.world.sandbox
        try await world.advance(by: .seconds(86_399))
        let token = try await world.token(clientID: desk.customer.clientID, secret: desk.customer.secret)
        #expect(try await world.send("GET", fetch + request, token: token).status == 200)
        try await world.advance(by: .seconds(1))
        #expect(try await world.send("GET", fetch + request, token: token).status == 404)
    }

    /// Each thing in the way, alone.
    @Test(arguments: ExportRefusal.allCases)
    func `a refusal says which rule it was and why, and nothing is pushed`(refusal: ExportRefusal) async throws {
        let desk = try await Recruiting(callback: refusal == .noCallback ? nil : "https://ats.example.com/callback") {
            if refusal == .monthlyLimit { $0.switches.exportsPerMonth = 0 }
        }
        let (world, seat) = (desk.world, desk.seat)
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.sync(jobs: ["REQ-2"], state: "CLOSED")
        if refusal != .hiddenJob { try await desk.showAll() }
        var exporting = seat
        switch refusal {
        case .seatNotActive: try await world.control("POST", "seats/\(seat)", ["state": "PARKED"])
        case .foreignContract:
            try await world.control("POST", "contracts", ["contract": 6000, "organization": 2000])
            exporting = try #require(
                try await world.control(
                    "POST", "seats",
                    ["contract": 6000, "email": "x@example.com", "first_name": "X", "last_name": "Y"])["seat"]?.int)
        case .switchedOff:
            try await world.control("POST", "products", ["organization": 1000, "one_click_export": false])
        case .integrationNotEnabled:
            try await world.control(
                "POST", "integrations/disable", ["organization": 1000, "types": ["ONE_CLICK_EXPORT"]])
        case .accountClosed: try await world.control("POST", "members/close", ["member": .int(desk.member)])
        case .privateProfile:
            try await world.control("POST", "members/privacy", ["member": .int(desk.member), "exportable": false])
            #expect(try await world.control("GET", "members/\(desk.member)")["exportable"] == false)
        case .noCallback, .unknownJob, .closedJob, .hiddenJob, .monthlyLimit: break
        }
        let pushes = try await world.control("GET", "pushes")["pushes"]?.array?.count
        let job = refusal == .unknownJob ? "REQ-3" : refusal == .closedJob ? "REQ-2" : "REQ-1"
        let answer = try await world.control(
            "POST", "export",
            ["member": .int(desk.member), "job": .string(job), "seat": .int(exporting), "organization": 1000])
        #expect(answer["status"] == "refused")
        #expect(answer["rule"]?.string == refusal.rawValue)
        #expect(answer["reason"]?.string == refusal.reason)
        #expect(try await world.control("GET", "pushes")["pushes"]?.array?.count == pushes)
    }

    @Test func `a seat exports three hundred times in a calendar month of UTC, and again in the next`() async throws {
        let desk = try await Recruiting()
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        for _ in 0..<300 { #expect(try await desk.export(job: "REQ-1")["status"] == "pushed") }
        #expect(try await desk.export(job: "REQ-1")["rule"]?.string == "monthly_limit")
        let colleague = try await Recruiting.seat(desk.world, "sven")
        #expect(try await desk.export(job: "REQ-1", seat: colleague)["status"] == "pushed")
        // From noon of 2 March to midnight after the 31st.
        try await desk.world.sandbox.advance(by: .seconds(86_400 * 29 + 43_199))
        #expect(try await desk.export(job: "REQ-1")["rule"]?.string == "monthly_limit")
        try await desk.world.sandbox.advance(by: .seconds(1))
        #expect(try await desk.export(job: "REQ-1")["status"] == "pushed")
    }

    @Test func `members who left after they were exported are told to the customer that exported them`() async throws {
        let desk = try await Recruiting()
        try await desk.sync(jobs: ["REQ-1", "REQ-2"])
        try await desk.showAll()
        let request = try id(try await desk.export(job: "REQ-1"))
        _ = try id(try await desk.export(job: "REQ-2"))
        let target = "/v2/exportedCandidates?q=closedProfiles&integrationContext=urn:li:organization:1000"
        #expect(try await desk.send("GET", target).json["elements"]?.array == [])
        try await desk.world.control("POST", "members/close", ["member": .int(desk.member)])
        let gone: JSONValue = [
            "member": .string(try await desk.person(desk.member)), "closedAt": .int(TestSandbox.noon.millis),
        ]
        #expect(try await desk.send("GET", target + "&start=0&count=10").json["elements"]?.array == [gone])
        #expect(try await desk.send("GET", target + "&start=1&count=10").json["elements"]?.array == [])
        // The profile is not given any more.
        #expect(try await desk.send("GET", fetch + request).status == 404)
        let other = try await desk.world.customer("globex", organization: 2000)
        #expect(try await desk.world.send("GET", target, token: other.token).status == 403)
        let own = target.replacing("1000", with: "2000")
        #expect(try await desk.world.send("GET", own, token: other.token).json["elements"]?.array == [])
    }

    @Test func `months are those of the calendar`() {
        // Midnights UTC, by another calendar.
        for (millis, month) in [
            (0, 0), (2_678_399_999, 0), (2_678_400_000, 1), (951_782_400_000, 361), (951_868_800_000, 362),
            (1_772_323_200_000, 674), (1_772_323_199_999, 673), (4_107_542_400_000, 1562),
        ] {
            #expect(Moment(Int64(millis)).utcMonth == Int64(month), "\(millis)")
        }
    }

    @Test func `how far the ATS has come with an export can be asked for`() async throws {
        let desk = try await Recruiting { $0.switches.matchSeconds = 0 }
        try await desk.sync(jobs: ["REQ-1"])
        try await desk.showAll()
        let request = try id(try await desk.export(job: "REQ-1"))
        let before = try await desk.world.control("GET", "exports/\(request)")
        #expect(before["fetched"] == .null && before["candidate"] == .null && before["job"] == "REQ-1")
        _ = try await desk.send("GET", fetch + request)
        try await Records(desk).candidate("C-9", email: "else@post.example", manual: desk.member)
        try await Records(desk).application("A-9", of: "C-9", job: "REQ-1")
        let after = try await desk.world.control("GET", "exports/\(request)")
        #expect(after["fetched"]?.int == TestSandbox.noon.millis)
        #expect(after["candidate"] == "C-9" && after["application"] == "A-9")
        #expect(after["person"]?.string == (try await desk.person(desk.member)))
        let unknown = try await desk.world.send("GET", "/_sandbox/exports/1")
        #expect(unknown.status == 404 && unknown.text.contains("remedy"))
    }
}
