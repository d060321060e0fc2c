// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// Recommended matches: choose an open job, then look at the members recommended for it.
struct MatchesPage: Page {
    static let template = PageTemplate("matches", utf8: PackageResources.matches_mustache)

    struct System: Sendable {
        var value: String
        var text: String
        var isChosen: Bool
    }

    struct Job: Sendable {
        var name: String
        var place: String
        var id: String
        var href: String
    }

    struct Choice: Sendable {
        var systems: [System]
        var hasSystems: Bool
        var search: String
        var jobs: [Job]
        var pager: Pager
        var empty: Nothing
    }

    /// Somebody who was dismissed a moment ago.
    struct Dismissed: Sendable {
        var member: Int64
        var person: String
        var job: String
        var ats: String
    }

    let title: String
    /// No job is chosen yet.
    var choice: Choice?
    var board: MatchBoard?
    var others: String
    var dismissed: Dismissed?
    var pager: Pager?

    static let routes: [PageRoute] = [
        .seatGet("/talent/matches") { try await show($0) },
        .seatPost("/talent/matches/save") { try await SaveToJob.answer($0, back: back($0.form)) },
        .seatPost("/talent/matches/not-interested") { try await dismiss($0) },
        .seatPost("/talent/matches/interested") { try await undo($0) },
    ]

    private static let targets = MatchBoard.Targets(
        save: "/talent/matches/save", dismiss: "/talent/matches/not-interested")

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let tenant = try await recruiter.tenant(call.query["ats"], call.sandbox)
        guard let job = call.query["job"] else { return try await choose(call, recruiter, tenant) }
        guard let tenant,
            let board = try await MatchBoard.look(
                recruiter, tenant, job: job, after: call.query["after"], to: targets, in: call.sandbox)
        else {
            throw PageProblem(
                status: 404, title: "The job is not offered",
                text: "It is unknown, closed, or you are in none of its permission groups.",
                links: [Link("Choose another job", "/talent/matches")])
        }
        var dismissed: Dismissed?
        if let number = call.query["dismissed"].flatMap({ Int64($0) }) {
            dismissed = try await call.sandbox.core.world.read { tx in
                guard try tx.notInterested(seat: recruiter.seat.number, member: number) != nil else { return nil }
                return try tx.member(number: number).map {
                    Dismissed(member: number, person: $0.name, job: job, ats: tenant.key)
                }
            }
        }
        return call.page(
            MatchesPage(
                title: "Recommended for \(board.jobTitle)", choice: nil, board: board,
                others: "/talent/matches?ats=\(tenant.key)", dismissed: dismissed,
                pager: Pager(
                    "/talent/matches", FormFields(call.query.pairs.filter { $0.name != "dismissed" }),
                    nextKey: board.next, says: Wording.count(board.rows.count, "member"))))
    }

    private static func choose(_ call: PageCall, _ recruiter: Recruiter, _ tenant: RecruiterTenant?) async throws
        -> WebResponse
    {
        let core = call.sandbox.core
        let (text, after) = (call.query["q"], call.query["after"] ?? "")
        let all = try await recruiter.tenants(call.sandbox)
        let (jobs, next) = try await core.world.read { tx -> ([JSONValue], String?) in
            guard let tenant, tenant.takesExports else { return ([], nil) }
            let page = try recruiter.sight(through: tenant.tenant, core)
                .jobs(matching: text, after: after, limit: MatchBoard.pageSize, tx)
            return (page.jobs, page.next)
        }
        let key = tenant?.key ?? ""
        let choice = Choice(
            systems: all.map { System(value: $0.key, text: $0.name, isChosen: $0.key == key) },
            hasSystems: all.count > 1, search: text ?? "",
            jobs: jobs.map { job in
                let id = job["id"]?.string ?? ""
                return Job(
                    name: job["title"]?.string ?? id, place: job["location"]?.string ?? "", id: id,
                    href: "/talent/matches?ats=\(key)&job=\(id.urlComponent)")
            }, pager: Pager("/talent/matches", call.query, nextKey: next, says: Wording.count(jobs.count, "open job")),
            empty: tenant?.takesExports != true
                ? Nothing(
                    title: "No ATS takes exports",
                    text: "Members are recommended for jobs of an ATS whose one-click export is enabled.",
                    link: Link("To the ATS tab", "/talent/admin/ats"))
                : Nothing(
                    title: "No open job", text: "The ATS has synced no open job that you may see under this name.",
                    link: text == nil ? nil : Link("Show all", "/talent/matches?ats=\(key)")))
        return call.page(
            MatchesPage(
                title: "Recommended matches", choice: choice, board: nil, others: "", dismissed: nil, pager: nil))
    }

    private static func dismiss(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let now = call.sandbox.clock.now()
        guard let number = call.form["member"].flatMap({ Int64($0) }) else { throw PageProblem.unknownPage }
        try await call.sandbox.core.world.write { tx in
            guard let member = try tx.member(number: number) else { throw PageProblem.unknownPage }
            try tx.sayNotInterested(
                seat: recruiter.seat.number, member: member.number, reason: "Recommended match dismissed", at: now)
        }
        return .see(LocalPath(back(call.form).text + "&dismissed=\(number)") ?? "/talent/matches")
    }

    private static func undo(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let number = call.form["member"].flatMap { Int64($0) } ?? 0
        try await call.sandbox.core.world.write { tx in
            try tx.forgetNotInterested(seat: recruiter.seat.number, member: number)
        }
        return .see(back(call.form).saying("interested-again"))
    }

    private static func back(_ form: FormFields) -> LocalPath {
        "/talent/matches?ats=\((form["ats"] ?? "").urlComponent)&job=\((form["job"] ?? "").urlComponent)"
    }
}

/// *Save to job* and *Save and InMail*: a one-click export, and then perhaps the compose pane.
enum SaveToJob {
    /// Takes a form with `member`, `job`, `ats` and perhaps `then=inmail`.
    ///
    /// - Parameter back: where the form came from.
    static func answer(_ call: PageCall, back: LocalPath) async throws -> WebResponse {
        let recruiter = try call.seated()
        let number = call.form["member"].flatMap { Int64($0) }
        let member = try await call.sandbox.core.world.read { tx in try number.flatMap { try tx.member(number: $0) } }
        guard let member else { throw PageProblem.unknownPage }
        guard let tenant = try await recruiter.tenant(call.form["ats"], call.sandbox), let job = call.form["job"] else {
            throw PageProblem(
                status: 422, title: "Choose a job first", text: "A member is saved to an open job of the ATS.",
                links: [Link("Back", back.text)])
        }
        let order = ExportDesk.Order(member: member, job: job, seat: recruiter.seat, tenant: tenant.tenant)
        switch try await ExportDesk(core: call.sandbox.core).export(order) {
        case .failure(let refusal):
            throw PageProblem(
                status: 409, title: "\(member.name) was not saved", text: refusal.reason,
                links: [Link("Back", back.text)])
        case .success:
            guard call.form["then"] == "inmail" else { return .see(back.saying("saved-to-job")) }
            return .see(
                "/talent/profile/\(member.number)/inmail?ats=\(tenant.key)&job=\(job.urlComponent)&done=saved-to-job")
        }
    }
}
