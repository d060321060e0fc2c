// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store

/// The way back: what recruiters do in LinkedIn reaches the ATS, permissions decide who sees what, and a candidate is forgotten.
///
/// The demo plays all three: recruiters by the sandbox's control API, the ATS by the connector's REST API and event feed.
struct DemoReturn: Sendable {
    let stage: DemoStage
    let tenant: CustomerAdd.Added
    let scene: @Sendable (String) -> Void

    private static let job = "L-JOB"
    private static let candidate = "L-1"
    private static let application = "L-1-1"

    private var sandbox: HTTPJSON { HTTPJSON.sandbox(stage.sandboxURL) }
    private var connector: HTTPJSON { HTTPJSON.connector(stage.connectorURL, key: tenant.apiKey) }

    func play() async throws {
        let rita = try await hire("Rita", "Moss", "rita.moss@demo.example", isAdmin: true)
        let sam = try await hire("Sam", "Ode", "sam.ode@demo.example")
        let (job, member) = try await export(by: rita)
        try await converse(rita, member)
        try await hide(job, from: sam, to: rita)
        try await forget(member, seenBy: rita)
    }

    /// A recruiter with a seat.
    private struct Recruiter: Sendable {
        var name: String
        var email: String
        var seat: Int64
        var member: Int64
    }

    private func hire(_ first: String, _ last: String, _ email: String, isAdmin: Bool = false) async throws -> Recruiter
    {
        let roles: [JSONValue] = (isAdmin ? ["ADMIN_SEAT"] : []) + ["SOURCER_ADD_PROSPECT"]
        let seat = try await sandbox.send(
            .POST, "/_sandbox/seats",
            [
                "email": .string(email), "first_name": .string(first), "last_name": .string(last),
                "roles": .array(roles),
            ])
        guard let number = seat["seat"]?.int, let member = seat["member"]?.int else {
            throw CommandError("the sandbox gave \(first) no seat")
        }
        return Recruiter(name: first, email: email, seat: number, member: member)
    }

    // MARK: Export

    /// - Returns: the job's id in the ATS, and the member's number.
    private func export(by rita: Recruiter) async throws -> (job: String, member: Int64) {
        scene("Rita, a recruiter, exports a member to a job; the ATS learns of it and answers with its own candidate")
        let start = try await lastEvent()
        let job = try await openJob(shownTo: rita)
        let found = try await sandbox.send(
            .POST, "/_sandbox/members",
            [
                "first_name": "Ada", "last_name": "Okafor", "email": "ada.okafor@mail.example",
                "title": "Staff engineer",
                "company": "Northwind", "city": "Lagos", "country": "ng",
                "profile_url": "https://www.linkedin.com/in/ada-okafor-demo",
            ])
        guard let member = found["member"]?.int ?? found["number"]?.int else {
            throw CommandError("no member was added")
        }
        let pushed = try await sandbox.send(
            .POST, "/_sandbox/export",
            ["seat": .int(rita.seat), "member": .int(member), "job": .string(job.id), "wait": 10])
        guard pushed["status"]?.string == "pushed" else {
            throw CommandError("the export was refused: \(pushed["reason"]?.string ?? "")")
        }
        let event = try await event("export.received", after: start)
        let profile = event["profile"]
        Terminal.out(
            "  event      export.received: \(profile?["firstName"]?.string ?? "") \(profile?["lastName"]?.string ?? ""), \(profile?["headline"]?.string ?? profile?["currentCompany"]?.string ?? "")"
        )
        Terminal.out("  job        \(job.id), \(job.title)")
        let now = Date().formatted(.iso8601)
        try await connector.send(
            .PUT, "/api/v1/candidates/\(Self.candidate)",
            [
                "firstName": "Ada", "lastName": "Okafor", "createdAt": .string(now),
                "profileUrl": "https://ats.demo.example/candidates/\(Self.candidate)",
                // An export carries no e-mail, so LinkedIn's own id says who it is.
                "linkedInUrl": profile?["profileUrl"] ?? nil, "linkedInPerson": event["person"] ?? nil,
            ])
        guard let answer = event["answer"]?.string else { throw CommandError("the event names no address to answer") }
        try await connector.send(.PUT, answer + "/candidate", ["candidateId": .string(Self.candidate)])
        try await connector.send(
            .PUT, "/api/v1/applications/\(Self.application)",
            [
                "jobId": .string(job.id), "candidateId": .string(Self.candidate), "email": "ada.okafor@mail.example",
                "source": "LinkedIn", "createdAt": .string(now),
            ])
        try await connector.send(
            .PUT, "/api/v1/applications/\(Self.application)/stages/1",
            ["stage": "Phone screen", "createdAt": .string(now)])
        try await until("Recruiter to show that Ada is in the ATS") {
            let indicator = try await indicator(of: member, to: rita)
            let application = indicator["candidates"]?[0]?["applications"]?[0]
            return application?["stages"]?.array?.isEmpty == false
        }
        Terminal.out("  the ATS    answered with its candidate \(Self.candidate) and an application")
        Terminal.out("  Recruiter  shows Ada as \"in ATS\", with the job and its stage")
        return (job.id, member)
    }

    /// A job of the ATS, opened for this, as soon as Recruiter lists it.
    private func openJob(shownTo rita: Recruiter) async throws -> (id: String, title: String) {
        try await connector.send(
            .PUT, "/api/v1/jobs/\(Self.job)",
            [
                "title": "Site Reliability Engineer", "location": "Lagos, Nigeria",
                "description": """
                You lead the platform team: its storage, its build farm and the people who look after both. \
                You have run systems that must not lose a byte, and enjoy explaining how.
                """,
                "applyUrl": "https://ats.demo.example/jobs/\(Self.job)",
                "createdAt": .string(Date().formatted(.iso8601)),
            ])
        var job: (id: String, title: String)?
        try await until("Recruiter to list the job") {
            job = try await jobs(seenBy: rita).first { $0.id == Self.job }
            return job != nil
        }
        return job ?? (Self.job, "")
    }

    // MARK: Conversation

    private func converse(_ rita: Recruiter, _ member: Int64) async throws {
        scene(
            "Rita writes an InMail, Ada answers and shares her contact data, Rita takes a note: the ATS has all of it")
        let thread = try await sandbox.send(
            .POST, "/_sandbox/inmails",
            [
                "seat": .int(rita.seat), "member": .int(member), "subject": "Our platform team",
                "text": "Dear Ada, may I tell you about it?",
            ])["thread"]
        try await sandbox.send(
            .POST, "/_sandbox/inmails/reply",
            ["thread": thread ?? nil, "text": "Happy to talk.", "share_contact": true])
        try await sandbox.send(
            .POST, "/_sandbox/notes",
            ["seat": .int(rita.seat), "member": .int(member), "text": "Strong on storage; wants to start in spring."])
        var mails: [JSONValue] = []
        try await until("the InMail thread") {
            mails = messages(try await connector.send(.GET, "/api/v1/candidates/\(Self.candidate)/inmails"))
            return mails.count >= 2
        }
        for mail in mails {
            Terminal.out("  InMail     \(mail["from"]?.string ?? "?"): \(mail["text"]?.string ?? "")")
        }
        var note: JSONValue?
        try await until("the note") {
            note = try await connector.send(.GET, "/api/v1/candidates/\(Self.candidate)/notes/linkedin")["items"]?[0]
            return note != nil
        }
        Terminal.out("  note       \(note?["text"]?.string ?? "")")
        var stub: JSONValue?
        try await until("the shared profile") {
            stub = try await connector.send(.GET, "/api/v1/stub-profiles")["items"]?[0]
            return stub != nil
        }
        let profile = stub?["profile"] ?? stub
        Terminal.out("  shared     \(profile?["email"]?.string ?? "?"), \(profile?["phone"]?.string ?? "no phone")")
    }

    /// The messages of all threads, in order.
    private func messages(_ page: JSONValue) -> [JSONValue] {
        (page["items"]?.array ?? []).flatMap { $0["messages"]?.array ?? [$0] }
    }

    // MARK: Permissions

    private func hide(_ job: String, from sam: Recruiter, to rita: Recruiter) async throws {
        scene(
            "A confidential job: only Rita's group may see it; she signs in with LinkedIn once, so that it is known who she is"
        )
        let before = try await jobs(seenBy: sam).count
        try await connector.send(
            .PUT, "/api/v1/users/rita", ["email": .string(rita.email), "name": .string("Rita Moss")])
        guard let link = try await connector.send(.POST, "/api/v1/users/rita/sign-in")["url"]?.string else {
            throw CommandError("there is no link to sign in with")
        }
        Terminal.out("  sign-in    \(try await DemoBrowser.signIn(link, member: rita.member))")
        try await connector.send(.PUT, "/api/v1/acls/confidential/members/rita")
        try await connector.send(.PUT, "/api/v1/jobs/\(job)/acls/confidential")
        try await until("the job to be hidden from Sam") {
            let (hers, his) = (try await jobs(seenBy: rita), try await jobs(seenBy: sam))
            return hers.contains { $0.id == job } && !his.contains { $0.id == job }
        }
        let after = try await jobs(seenBy: sam).count
        Terminal.out("  Rita       sees job \(job)")
        Terminal.out("  Sam        sees \(after.grouped) jobs, before \(before.grouped)")
    }

    // MARK: Erasure

    private func forget(_ member: Int64, seenBy rita: Recruiter) async throws {
        scene("Ada asks to be forgotten: erased here and at LinkedIn, with a signed receipt")
        guard
            let id = try await connector.send(.DELETE, "/api/v1/candidates/\(Self.candidate)?erase=true")["erasure"]?
                .string
        else { throw CommandError("the erasure was not begun") }
        var erasure = JSONValue.null
        try await until("the erasure to be proved") {
            erasure = try await connector.send(.GET, "/api/v1/erasures/\(id)")
            return erasure["receipt"] != nil
        }
        let seen = try await sandbox.send(.GET, "/_sandbox/see?seat=\(rita.seat)&member=\(member)")["indicator"]
        Terminal.out("  Recruiter  \(seen?.object == nil ? "shows nothing of Ada any more" : "still shows Ada")")
        Terminal.out("  receipt    \(id): \(erasure["state"]?.string ?? ""), kept without personal data")
        guard seen?.object == nil else { throw CommandError("LinkedIn's side still shows an erased candidate") }
    }

    // MARK: Looking

    private func jobs(seenBy recruiter: Recruiter) async throws -> [(id: String, title: String)] {
        let page = try await sandbox.send(.GET, "/_sandbox/see?seat=\(recruiter.seat)&limit=1000")
        return (page["jobs"]?.array ?? []).map { ($0["id"]?.string ?? "", $0["title"]?.string ?? "") }
    }

    private func indicator(of member: Int64, to recruiter: Recruiter) async throws -> JSONValue {
        try await sandbox.send(.GET, "/_sandbox/see?seat=\(recruiter.seat)&member=\(member)")["indicator"] ?? .null
    }

    private func lastEvent() async throws -> Int64 {
        let customer = try await stage.connector.workspace.customer(tenant.id.text).number
        return try await stage.connector.workspace.store.read { try $0.lastEvent(customer: customer) }
    }

    /// The data of the next event of a type, waited for at the feed as an ATS does.
    private func event(_ type: String, after start: Int64) async throws -> JSONValue {
        let page = try await connector.send(
            .GET, "/api/v1/events?after=\(start)&types=\(type)&wait=60&limit=1", timeout: 90)
        guard let event = page["events"]?[0] else { throw CommandError("no \(type) came") }
        return event["data"] ?? .null
    }
}
