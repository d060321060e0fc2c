// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import SQLFile
import Web

/// *Export to ATS*: choose the ATS by its name, search an open job, confirm. Source: modules 3–5, A.5.4.
struct ExportPage: Page {
    static let template = PageTemplate("export", utf8: PackageResources.export_mustache)

    struct System: Sendable {
        var key: String
        var name: String
        var isChosen: Bool
    }

    struct Job: Sendable {
        var id: String
        var jobTitle: String
        var place: String?
        /// The company's own code, when the ATS sent one [doc: rsc-faq].
        var code: String?
        var choose: String
    }

    /// What would be exported, before it is.
    struct Choice: Sendable {
        var job: Job
        var system: String
        var systemKey: String
        var person: String
        var back: String
    }

    let title: String
    var head: MemberHead
    var path: String
    var quota: Meter
    var exports: String
    var systems: [System]
    var hasChoice: Bool
    var chosen: System?
    var search: String
    var jobs: [Job]
    var choice: Choice?
    var isSearching: Bool
    var nothing: Nothing
    var pager: Pager

    static let routes: [PageRoute] = [
        .seatGet("/talent/profile/{member}/export") { try await show($0, refused: nil) },
        .seatPost("/talent/profile/{member}/export") { try await export($0) },
    ]

    private static let pageSize = 25

    private static func show(_ call: PageCall, refused: ExportRefusal?) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        let fields = refused == nil ? call.query : call.form
        let system = try await recruiter.tenant(fields["ats"], call.sandbox)
        let path = "/talent/profile/\(member.number)/export"
        let (wanted, text, after) = (fields["job"], fields["q"], fields.exact("after") ?? "")
        let (core, now) = (call.core, call.now)
        let (jobs, next, job, used) = try await call.read {
            tx -> ([JSONObject], String?, JSONObject?, Int) in
            let used = try tx.exportCount(seat: recruiter.seat.number, utcMonth: now.utcMonth)
            guard let system, system.takesExports else { return ([], nil, nil, used) }
            let sight = recruiter.sight(through: system.tenant, core)
            if let wanted, refused == nil, let job = try sight.job(wanted, tx) { return ([], nil, job, used) }
            let page = try sight.jobs(matching: text, after: after, limit: pageSize, tx)
            return (page.jobs.compactMap(\.object), page.next, nil, used)
        }
        let systems = try await recruiter.tenants(call.sandbox).filter(\.takesExports)
            .map { System(key: $0.key, name: $0.name, isChosen: $0.key == system?.key) }
        let most = core.settings.switches.exportsPerMonth
        let isMissing = wanted != nil && refused == nil && job == nil
        let list = path + "?ats=\(system?.key ?? "")"
        let page = ExportPage(
            title: "Export \(member.name) to an ATS", head: MemberHead(member, .other), path: path,
            quota: Meter(
                "Your exports", used, of: most,
                says: "\(Wording.count(used)) of \(Wording.count(most)) this month",
                tone: used >= most ? .bad : used * 10 >= most * 9 ? .warn : .info),
            exports: "/talent/exports?month=\(now.utcMonth)", systems: systems, hasChoice: systems.count > 1,
            chosen: systems.first { $0.isChosen }, search: text ?? "",
            jobs: jobs.map { Self.job($0, list) },
            choice: job.map { found in
                Choice(
                    job: Self.job(found, list), system: system?.name ?? "", systemKey: system?.key ?? "",
                    person: member.name, back: list)
            },
            isSearching: job == nil && !systems.isEmpty,
            nothing: nothing(systems, text),
            pager: Pager(path, call.query, nextKey: next, says: Wording.count(jobs.count, "open job")))
        return call.page(
            page, status: refused == nil ? 200 : 409,
            notice: refused.map { Notice(.bad, "Not exported. \($0.reason)") } ?? (isMissing ? Self.notOpen : nil))
    }

    private static func export(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        guard let job = call.form["job"], let system = try await recruiter.tenant(call.form["ats"], call.sandbox) else {
            throw PageProblem.unknownPage
        }
        let order = ExportDesk.Order(member: member, job: job, seat: recruiter.seat, tenant: system.tenant)
        switch try await ExportDesk(core: call.core).export(order) {
        case .failure(let refusal): return try await show(call, refused: refusal)
        case .success(let push):
            // Most ATS answer at once; the result's page then says so.
            _ = try await call.control.push(push.requestID, tried: 1, within: .seconds(2))
            return .see("/talent/exports/\(push.requestID)")
        }
    }

    private static func job(_ job: JSONObject, _ list: String) -> Job {
        let id = job["id"]?.string ?? ""
        return Job(
            id: id, jobTitle: job["title"]?.string ?? id, place: job["location"]?.string?.orNil,
            code: job["companyJobCode"]?.string?.orNil, choose: list + "&job=\(id.urlComponent)")
    }

    private static let notOpen = Notice(
        .warn, "That job is not open to you: it is closed, hidden from you, or the ATS never sent it.")

    private static func nothing(_ systems: [System], _ text: String?) -> Nothing {
        if systems.isEmpty {
            return Nothing(
                title: "There is no ATS to export to",
                text: "One-click export is not switched on for any ATS. An admin does it in the ATS tab.",
                link: Link("To the ATS tab", "/talent/admin/ats"))
        }
        return Nothing(
            title: text == nil ? "The ATS has no open job that you see" : "No open job has that in its name or id",
            text: "Jobs appear once the ATS has sent them as open and lets you see them.", link: nil)
    }
}
