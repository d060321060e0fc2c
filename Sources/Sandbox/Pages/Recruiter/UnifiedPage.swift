// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// Unified search inside Recruiter: members and the candidates of the customer's ATS.
struct UnifiedPage: Page {
    static let template = PageTemplate("unified", utf8: PackageResources.unified_mustache)

    struct Choice: Sendable {
        var value: String
        var text: String
        var isChosen: Bool
    }

    let title = "Unified search"
    var form: UnifiedQuery
    var atsChoices: [Choice]
    /// Open jobs to save to.
    var jobChoices: [Choice]
    var systems: [Choice]
    var hasSystems: Bool
    var board: UnifiedBoard

    static let routes: [PageRoute] = [
        .seatGet("/talent/unified") { try await show($0) },
        .seatPost("/talent/unified/save") { call in
            try await SaveToJob.answer(call, back: call.query["to"].flatMap { LocalPath($0) } ?? "/talent/unified")
        },
    ]

    /// More open jobs than this do not fit into a list to choose from; the export dialogue searches them.
    private static let mostJobs = 100

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let core = call.sandbox.core
        let tenant = try await recruiter.tenant(call.query["ats"], call.sandbox)
        let tenants = try await recruiter.tenants(call.sandbox)
        let here = "/talent/unified?" + call.query.query(except: ["done"])
        let form = UnifiedQuery(call.query)
        var board = try await UnifiedBoard.look(
            recruiter, tenant, form, job: call.query["job"], after: call.query["after"],
            afterCandidate: call.query["after_candidate"],
            save: "/talent/unified/save?to=\(here.urlComponent)", in: call.sandbox)
        board.memberPager = Pager(
            "/talent/unified", call.query, nextKey: board.next,
            says: "\(Wording.count(board.rows.count)) of \(board.says)")
        board.candidatePager = Pager(
            "/talent/unified", call.query, nextKey: board.nextCandidate,
            says: Wording.count(board.candidates.count, "candidate"), key: "after_candidate")
        let jobs = try await core.world.read { tx -> [JSONValue] in
            guard let tenant, tenant.takesExports else { return [] }
            return try recruiter.sight(through: tenant.tenant, core)
                .jobs(matching: nil, after: "", limit: mostJobs, tx).jobs
        }
        var jobChoices = jobs.map { job in
            let id = job["id"]?.string ?? ""
            return Choice(value: id, text: "\(job["title"]?.string ?? id) (\(id))", isChosen: id == board.job)
        }
        if let job = board.job, !jobChoices.contains(where: \.isChosen) {
            jobChoices.append(Choice(value: job, text: "\(board.jobTitle) (\(job))", isChosen: true))
        }
        let page = UnifiedPage(
            form: form,
            atsChoices: [("", "Anybody"), ("yes", "In the ATS"), ("no", "Not in the ATS")].map {
                Choice(value: $0.0, text: $0.1, isChosen: form.ats == $0.0)
            }, jobChoices: jobChoices,
            systems: tenants.map { Choice(value: $0.key, text: $0.name, isChosen: $0.key == tenant?.key) },
            hasSystems: tenants.count > 1, board: board)
        return call.page(page)
    }
}
