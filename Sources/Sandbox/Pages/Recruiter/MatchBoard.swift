// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Web

/// Members recommended for a job, best first, with the reasons and the three things a recruiter does: not interested, save to
/// the job, save and InMail. Source: recommended-matches (modules 3–5, B.4).
///
/// Any page may show it: `MatchBoard.look` gives the values, `{{#board}}{{> match_rows}}{{/board}}` lays them out. The forms
/// POST `member`, `job` and `ats` to the two addresses given; the button of *Save and InMail* sends `then=inmail` as well.
/// Whoever takes them saves with `ExportDesk` and dismisses with `SQLTransaction.sayNotInterested`.
struct MatchBoard: Sendable {
    static let fragment = Fragment("match_rows", utf8: PackageResources.match_rows_mustache)

    /// Where the forms go.
    struct Targets: Sendable {
        var save: String
        var dismiss: String
    }

    struct Row: Sendable {
        var row: MemberRow
        var person: String
        /// The member's number.
        var number: Int64
        var score: String
        var reasons: [String]
    }

    /// The ATS's id.
    var job: String
    var jobTitle: String
    var jobPlace: String
    /// `RecruiterTenant.key`.
    var ats: String
    var saveTarget: String
    var dismissTarget: String
    var rows: [Row]
    /// Pass as `after` to get what follows.
    var next: String?
    /// Said when there is nobody.
    var empty: Nothing

    static let pageSize = 25

    /// - Parameter after: `next` of the page before.
    /// - Returns: nil when the recruiter is offered no such open job.
    static func look(
        _ recruiter: Recruiter, _ tenant: RecruiterTenant, job: String, after: String?, to targets: Targets,
        in sandbox: Sandbox
    ) async throws -> MatchBoard? {
        _ = try await sandbox.searchKeeper.catchUp(in: sandbox)
        let core = sandbox.core
        let key = after.flatMap(Key.init)
        return try await core.world.read { tx in
            let sight = recruiter.sight(through: tenant.tenant, core)
            guard let record = try sight.openJob(job, tx) else { return nil }
            var board = MatchBoard(
                job: job, jobTitle: record["title"]?.string ?? job, jobPlace: record["location"]?.string ?? "",
                ats: tenant.key, saveTarget: targets.save, dismissTarget: targets.dismiss, rows: [], next: nil,
                empty: Nothing(
                    title: "Nobody is left to recommend",
                    text: "No member has the title or the skills, or all of them are saved or dismissed.", link: nil))
            guard let need = JobNeed(record) else {
                board.empty.title = "LinkedIn recommends nobody for this job"
                board.empty.text = "It needs a title and a location: complete the job in the ATS, which sends it again."
                return board
            }
            let ranked = try tx.membersFitting(
                need, job: job, tenancy: tenant.tenant.tenancy, seat: recruiter.seat.number
            ).compactMap { JobMatch($0, need) }.sorted(by: JobMatch.isBetter).filter { key?.isBefore($0) ?? true }
            let view = try RecruiterView(recruiter, core, tx)
            board.rows = try ranked.prefix(pageSize).map { match in
                Row(
                    row: try view.row(match.member, tx), person: match.member.name, number: match.member.number,
                    score: "\(match.score) of 100", reasons: match.reasons)
            }
            if ranked.count > pageSize { board.next = Key(ranked[pageSize - 1]).text }
            return board
        }
    }

    /// A place in the ranking.
    private struct Key: Sendable {
        var score: Int
        var member: Int64

        init(_ match: JobMatch) { (score, member) = (match.score, match.member.number) }

        init?(_ text: String) {
            let parts = text.split(separator: "-").map { Int64($0) }
            guard parts.count == 2, let score = parts[0], let member = parts[1] else { return nil }
            (self.score, self.member) = (Int(score), member)
        }

        var text: String { "\(score)-\(member)" }

        func isBefore(_ match: JobMatch) -> Bool { (match.score, match.member.number) < (score, member) }
    }
}

extension RecruiterSight {
    /// The record of an open job that the recruiter can export to.
    ///
    /// - Returns: nil when it is unknown, closed, or hidden from the recruiter.
    func openJob(_ id: String, _ tx: SQLTransaction) throws -> JSONValue? {
        guard let posting = try tx.posting(tenancy: tenant.tenancy, job: id), posting.isListed,
            posting.expires > now.millis,
            let stored = try tx.entity(EntityPlace(tenancy: tenant.tenancy, kind: .job, id: id))
        else { return nil }
        let visibility = try tx.visibility(of: recruiter, in: .export, tenant: tenant, everyone: switches.everyoneACL)
        let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: id, through: id)[ExactID(id)] ?? []
        guard visibility.shows(jobWith: acls) else { return nil }
        return try JSONValue(parsing: stored.body)
    }
}
