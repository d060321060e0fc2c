// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// What a unified search looks for. Source: unified-search (modules 3–5, B.5): keyword, location, current title, in ATS, open
/// to new opportunities.
struct UnifiedQuery: Sendable, Hashable {
    var q: String
    var jobTitle: String
    var place: String
    /// `yes`, `no` or empty.
    var ats: String
    var isOpen: Bool

    init(_ fields: FormFields) {
        q = fields["q"] ?? ""
        jobTitle = fields["title"] ?? ""
        place = fields["place"] ?? ""
        ats = ["yes", "no"].contains(fields["in_ats"]) ? fields["in_ats"] ?? "" : ""
        isOpen = fields["open"] == "yes"
    }

    fileprivate var members: MemberQuery {
        MemberQuery(
            keyword: q.isEmpty ? nil : q, title: jobTitle.isEmpty ? nil : jobTitle, place: place.isEmpty ? nil : place,
            isOpenToWork: isOpen, isInATS: ats.isEmpty ? nil : ats == "yes")
    }
}

/// Members and the ATS's own candidates in one list of results: save to job, send InMail.
///
/// Any page may show it: `UnifiedBoard.look` gives the values, `{{#board}}{{> unified_rows}}{{/board}}` lays them out. The
/// forms POST `member`, `job` and `ats` to the address given; the button of *Save and InMail* sends `then=inmail` as well.
/// Whoever takes them saves with `ExportDesk`.
struct UnifiedBoard: Sendable {
    static let fragment = Fragment("unified_rows", utf8: PackageResources.unified_rows_mustache)

    struct Row: Sendable {
        var row: MemberRow
        var person: String
        /// The member's number.
        var number: Int64
        var compose: String
    }

    /// A candidate whom no member matches.
    struct Candidate: Sendable {
        var person: String
        var headline: String?
        var place: String?
        /// In the ATS; only addresses that a browser may follow.
        var link: String?
        var system: String
    }

    /// The ATS's id; nil when none is chosen, and nobody can be saved.
    var job: String?
    var jobTitle: String
    /// `RecruiterTenant.key`.
    var ats: String
    var saveTarget: String
    var rows: [Row]
    var candidates: [Candidate]
    var hasCandidates: Bool
    /// How many members there are, in words.
    var says: String
    /// Pass as `after` to get the members that follow.
    var next: String?
    /// Pass as `after_candidate` to get the candidates that follow.
    var nextCandidate: String?
    /// Links to what follows, which the page sets that knows its own address.
    var memberPager: Pager?
    var candidatePager: Pager?
    var empty: Nothing

    static let pageSize = 25

    /// - Parameters:
    ///   - job: what members are saved to; one that is not offered to the recruiter is as none.
    ///   - after: `next` of the page before; `afterCandidate` is `nextCandidate`.
    ///   - save: where the forms go.
    static func look(
        _ recruiter: Recruiter, _ tenant: RecruiterTenant?, _ query: UnifiedQuery, job: String?, after: String?,
        afterCandidate: String?, save: String, in sandbox: Sandbox
    ) async throws -> UnifiedBoard {
        _ = try await sandbox.searchKeeper.catchUp(in: sandbox)
        let core = sandbox.core
        let (before, beforeCandidate) = (after.flatMap { Int64($0) }, afterCandidate.flatMap { Int64($0) })
        return try await core.world.read { tx in
            let view = try RecruiterView(recruiter, core, tx)
            let found = try tx.members(query.members, view.scope, before: before, limit: pageSize + 1)
            let loose = try tx.candidates(query.members, view.scope, before: beforeCandidate, limit: pageSize + 1)
            let count = try tx.facets(query.members, view.scope, values: 0)
            let offered = try job.flatMap { id in
                try tenant.flatMap { try recruiter.sight(through: $0.tenant, core).openJob(id, tx) }
            }
            let isJob = offered != nil
            let compose = "ats=\(tenant?.key ?? "")" + (isJob ? "&job=\((job ?? "").urlComponent)" : "")
            return UnifiedBoard(
                job: isJob ? job : nil, jobTitle: offered?["title"]?.string ?? "", ats: tenant?.key ?? "",
                saveTarget: save,
                rows: try view.rows(found.prefix(pageSize), tx).map { row in
                    Row(
                        row: row, person: row.name, number: row.member,
                        compose: "/talent/profile/\(row.member)/inmail?" + compose)
                },
                candidates: loose.prefix(pageSize).map { candidate in
                    Candidate(
                        candidate, system: view.tenants.first { $0.tenant.tenancy == candidate.tenancy }?.name ?? "ATS")
                }, hasCandidates: !loose.isEmpty,
                says: count.isCapped
                    ? "\(Wording.count(count.count))+ members" : Wording.count(count.count, "member"),
                next: found.count > pageSize ? String(found[pageSize - 1]) : nil,
                nextCandidate: loose.count > pageSize ? String(loose[pageSize - 1].entity) : nil,
                empty: Nothing(
                    title: "Nobody matches", text: "Neither a member nor a candidate of the ATS. Search for less.",
                    link: nil))
        }
    }
}

extension UnifiedBoard.Candidate {
    init(_ candidate: LooseCandidate, system: String) {
        func shown(_ text: String) -> String? { text.isEmpty ? nil : text }
        let face = candidate.face
        self.init(
            person: face.name.isEmpty ? candidate.id : face.name, headline: shown(face.headline),
            place: shown(face.place),
            link: face.link.flatMap { link in
                ["https://", "http://"].contains { link.lowercased().hasPrefix($0) } ? link : nil
            }, system: system)
    }
}
