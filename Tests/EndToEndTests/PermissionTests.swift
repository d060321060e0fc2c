// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes
import LinkedInClient
import TestSupport
import Testing

@testable import crosswalk

/// LinkedIn's certification of Module 4, over HTTP on both sides. Source: cert-4 (documented; modules-3-5, E.3).
@Suite struct PermissionTests {
    @Test func `RSC-401: an assigned user sees a secured job in the export list, an unassigned user does not`()
        async throws
    {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await company.secure()
            #expect(try await company.rita.jobs(stage) == ["J-1", "J-2"])
            #expect(try await company.sam.jobs(stage) == ["J-2"])
        }
    }

    @Test func `RSC-402: the In-ATS indicator shows the secured job to the assigned user alone`() async throws {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await company.secure()
            #expect(try await company.rita.applications(stage, of: company.member) == ["J-1", "J-2"])
            #expect(try await company.sam.applications(stage, of: company.member) == ["J-2"])
        }
    }

    @Test
    func `RSC-403 and RSC-404: who is removed sees it nowhere any more, who is added again sees it in both places`()
        async throws
    {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await company.secure()
            try await stage.api.send(.DELETE, "/api/v1/acls/eng/members/u-rita")
            try await stage.settled()
            #expect(try await company.rita.jobs(stage) == ["J-2"])
            #expect(try await company.rita.applications(stage, of: company.member) == ["J-2"])

            try await stage.put("acls/eng/members/u-rita", [:])
            try await stage.settled()
            #expect(try await company.rita.jobs(stage) == ["J-1", "J-2"])
            #expect(try await company.rita.applications(stage, of: company.member) == ["J-1", "J-2"])
        }
    }

    @Test func `a secured job that is deleted is seen by nobody else, nor are the applications that name it`()
        async throws
    {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await company.secure()
            try await stage.api.send(.DELETE, "/api/v1/jobs/J-1")
            try await stage.settled()
            #expect(try await company.rita.jobs(stage) == ["J-2"])
            #expect(try await company.rita.applications(stage, of: company.member) == ["J-1", "J-2"])
            #expect(try await company.sam.applications(stage, of: company.member) == ["J-2"])
        }
    }

    @Test func `jobs without a group are hidden as the customer decides`() async throws {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await company.secure()
            try await stage.put("settings", ["visibility": "acl"])
            try await eventually("LinkedIn to be told") {
                let jobs = try await company.sam.jobs(stage)
                let applications = try await company.sam.applications(stage, of: company.member)
                return jobs.isEmpty && applications.isEmpty
            }
            #expect(try await company.rita.jobs(stage) == ["J-1"])
            try await stage.put("settings", ["visibility": "everybody"])
            try await eventually("LinkedIn to be told") {
                try await company.sam.jobs(stage) == ["J-2"]
            }
        }
    }

    @Test func `a sign-in over HTTP binds the user to the member who signed in, and cancelling does not`() async throws
    {
        try await Stage.run { stage in
            let company = try await Company(stage)
            try await stage.put("users/u-new", ["email": "new@example.com", "name": "New Person"])
            let cancelled = try await company.signIn("u-new", answer: "decision=refuse")
            #expect(cancelled.contains("was not connected"))
            #expect(try await stage.api.send(.GET, "/api/v1/users/u-new")["person"] == .null)
            let done = try await company.signIn("u-new", answer: "member=\(company.sam.member)")
            #expect(done.contains("New Person"))
            #expect(try await stage.api.send(.GET, "/api/v1/users/u-new")["person"]?.string == company.sam.person)
        }
    }
}

/// Two recruiters who signed in, a candidate with two applications, and two jobs.
private struct Company: Sendable {
    struct Recruiter: Sendable {
        var seat: Int64
        var member: Int64
        var person: String

        /// The jobs in this recruiter's export list.
        func jobs(_ stage: Stage) async throws -> Set<String> {
            let seen = try await stage.control.send(
                .GET, "/_sandbox/see?seat=\(seat)&organization=\(Stage.organization)")
            return Set((seen["jobs"]?.array ?? []).compactMap { $0["id"]?.string })
        }

        /// The jobs of the applications that this recruiter sees at a member.
        func applications(_ stage: Stage, of member: Int64) async throws -> Set<String> {
            let seen = try await stage.control.send(
                .GET, "/_sandbox/see?seat=\(seat)&organization=\(Stage.organization)&member=\(member)")
            let candidates = seen["indicator"]?["candidates"]?.array ?? []
            return Set(
                candidates.flatMap { $0["applications"]?.array ?? [] }.compactMap { $0["job"]?["id"]?.string })
        }
    }

    let stage: Stage
    let rita: Recruiter
    let sam: Recruiter
    /// The candidate's.
    let member: Int64

    init(_ stage: Stage) async throws {
        self.stage = stage
        rita = try await Self.recruiter("rita", stage)
        sam = try await Self.recruiter("sam", stage)
        let ada = try await stage.control.send(
            .POST, "/_sandbox/members",
            [
                "first_name": "Ada", "last_name": "Byron", "email": "ada@example.org", "title": "Engineer",
                "company": "X", "city": "London", "country": "gb",
                "profile_url": "https://www.linkedin.com/in/ada-byron-sim",
            ])
        member = try #require(ada["number"]?.int)
        for (user, name) in [("u-rita", "Rita"), ("u-sam", "Sam")] {
            try await stage.put("users/\(user)", ["email": .string("\(user)@example.com"), "name": .string(name)])
        }
    }

    private static func recruiter(_ name: String, _ stage: Stage) async throws -> Recruiter {
        let seat = try await stage.control.send(
            .POST, "/_sandbox/seats",
            [
                "contract": 5000, "email": .string("\(name)@example.com"), "first_name": .string(name),
                "last_name": "Moss",
            ])
        let member = try #require(seat["member"]?.int)
        let known = try await stage.control.send(
            .GET, "/_sandbox/members/\(member)?application=\(stage.tenant.clientID)")
        return Recruiter(
            seat: try #require(seat["seat"]?.int), member: member, person: try #require(known["person"]?.string))
    }

    /// The steps of RSC-401 and RSC-402: a group with Rita in it, a job in the group, and a candidate who applied to it with notes.
    func secure() async throws {
        _ = try await signIn("u-rita", answer: "member=\(rita.member)")
        _ = try await signIn("u-sam", answer: "member=\(sam.member)")
        try await stage.put("jobs/J-1", .job)
        try await stage.put("jobs/J-2", .job)
        try await stage.put("jobs/J-1/acls/eng", [:])
        try await stage.put("acls/eng/members/u-rita", [:])
        try await stage.put("acls/other/members/u-sam", [:])
        try await stage.put("candidates/C-1", .candidate())
        for job in ["J-1", "J-2"] {
            try await stage.put(
                "applications/A-\(job)", ["jobId": .string(job), "candidateId": "C-1", "createdAt": "2026-01-02"])
            try await stage.put("applications/A-\(job)/notes/N", .note)
        }
        try await stage.settled()
    }

    /// What a browser does: the link, its button, LinkedIn's page, and back.
    ///
    /// - Parameter answer: what the person says to LinkedIn's page.
    /// - Returns: the last page.
    func signIn(_ user: String, answer: String) async throws -> String {
        let link = try #require(try await stage.api.send(.POST, "/api/v1/users/\(user)/sign-in")["url"]?.string)
        let transport = AHCTransport()
        do {
            let page = try await transport.send(HTTPCall(method: "GET", url: link))
            let cookie = try #require(page.header("set-cookie")?.split(separator: ";").first.map(String.init))
            let form = try #require(
                String(decoding: page.body, as: UTF8.self).firstMatch(of: /name="csrf" value="([^"]+)"/)?.1)
            let begun = try await transport.send(
                HTTPCall(
                    method: "POST", url: link,
                    headers: [
                        .init("Cookie", cookie), .init("Content-Type", "application/x-www-form-urlencoded"),
                    ], body: Array("csrf=\(form)".utf8)))
            #expect(begun.status == 303)
            let linkedIn = try #require(begun.header("location"))
            let answered = try await transport.send(HTTPCall(method: "GET", url: "\(linkedIn)&\(answer)"))
            #expect(answered.status == 302)
            let back = try #require(answered.header("location"))
            let last = try await transport.send(HTTPCall(method: "GET", url: back, headers: [.init("Cookie", cookie)]))
            try await transport.shutdown()
            return String(decoding: last.body, as: UTF8.self)
        } catch {
            try? await transport.shutdown()
            throw error
        }
    }
}
