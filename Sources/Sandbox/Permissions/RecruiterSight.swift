// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import SQLFile

/// What one recruiter sees in Recruiter of what the ATS synced: the jobs a member can be exported to, and the In-ATS
/// indicator at a member. Source: modules 3–5, A.5.4, B.2 and C.1.
///
/// Read anew every time, so that what is deleted is gone from here (RSC-501 to 504).
struct RecruiterSight: Sendable {
    let tenant: Tenant
    /// The recruiter, as the application sees them.
    let recruiter: String
    let persons: PersonIDs
    let switches: Switches
    let now: Moment

    /// Jobs looked at in one go.
    private static let batch = 200

    // Jobs

    /// Open jobs that the recruiter can export to, by id.
    ///
    /// - Parameters:
    ///   - text: what the recruiter typed: part of an id or of a title; nil shows all.
    ///   - after: the last id of the page before; empty starts.
    /// - Returns: at most `limit` jobs, and whether there may be more.
    func jobs(matching text: String?, after: String, limit: Int, _ tx: SQLTransaction) throws -> (
        jobs: [JSONValue], next: String?
    ) {
        let visibility = try tx.visibility(of: recruiter, in: .export, tenant: tenant, everyone: switches.everyoneACL)
        var found: [JSONValue] = []
        var last = after
        while true {
            let page = try tx.openJobs(tenancy: tenant.tenancy, after: last, at: now, limit: Self.batch)
            guard let first = page.first?.id, let end = page.last?.id else { return (found, nil) }
            let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: first, through: end)
            for job in page {
                last = job.id
                guard visibility.shows(jobWith: acls[ExactID(job.id)] ?? []) else { continue }
                let shown = try Self.job(job)
                guard text.map({ Self.isFound($0, in: shown) }) ?? true else { continue }
                found.append(.object(shown))
                if found.count == limit { return (found, last) }
            }
        }
    }

    private static func job(_ record: KnownRecord) throws -> JSONObject {
        let body = try JSONValue(parsing: record.body)
        var shown: JSONObject = ["id": .string(record.id)]
        // The preview shows the one or the other [doc: rsc-faq, a question whose answer could not be read].
        for name in ["title", "location", "availability", "companyJobCode"] { shown[name] = body[name] }
        return shown
    }

    private static func isFound(_ text: String, in job: JSONObject) -> Bool {
        [job["id"], job["title"]].contains { $0?.string?.lowercased().contains(text.lowercased()) ?? false }
    }

    // The indicator

    /// What Recruiter shows at a member; nil when the member is nobody the ATS knows.
    func indicator(of member: Member, _ tx: SQLTransaction) throws -> JSONValue? {
        let candidates = try tx.candidates(
            of: member, person: persons.urn(ofMember: member.number), tenancy: tenant.tenancy,
            delay: .seconds(switches.matchSeconds), at: now)
        guard !candidates.isEmpty else { return nil }
        let visibility = try tx.visibility(
            of: recruiter, in: .indicator, tenant: tenant, everyone: switches.everyoneACL)
        return ["candidates": .array(try candidates.map { .object(try show($0, visibility, tx)) })]
    }

    private func show(_ candidate: KnownCandidate, _ visibility: Visibility, _ tx: SQLTransaction) throws -> JSONObject
    {
        let ids = try tx.applications(tenancy: tenant.tenancy, candidate: candidate.id)
        let applications = try ids.compactMap { try application($0, visibility, tx) }
        return [
            "id": .string(candidate.id), "match": candidate.isManual ? "manual" : "algorithmic",
            "record": try JSONValue(parsing: candidate.body), "notes": try list(.candidateNote, of: candidate.id, tx),
            "applications": .array(applications.map { .object($0) }),
            // For whoever tests permissions: Recruiter shows no such number.
            "hidden_applications": .int(Int64(ids.count - applications.count)),
        ]
    }

    /// - Returns: nil when the recruiter may not see the application's job (RSC-402).
    private func application(_ id: String, _ visibility: Visibility, _ tx: SQLTransaction) throws -> JSONObject? {
        let place = EntityPlace(tenancy: tenant.tenancy, kind: .application, id: id)
        guard let stored = try tx.entity(place), let job = ApplicationJob(stored.body) else { return nil }
        let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: job.id, through: job.id)[ExactID(job.id)] ?? []
        guard visibility.shows(jobWith: acls) else { return nil }
        return [
            "id": .string(id), "job": ["id": .string(job.id), "title": .string(job.title)],
            "record": try JSONValue(parsing: stored.body), "stages": try list(.stage, of: id, tx),
            "feedback": try list(.feedback, of: id, tx), "notes": try list(.applicationNote, of: id, tx),
        ]
    }

    private func list(_ kind: EntityKind, of parent: String, _ tx: SQLTransaction) throws -> JSONValue {
        .array(
            try tx.children(of: parent, kind, tenancy: tenant.tenancy).map {
                ["id": .string($0.id), "record": try JSONValue(parsing: $0.body)]
            })
    }
}

/// The job that an application names. It need not be synced.
struct ApplicationJob: Sendable, Hashable {
    var id: String
    var title: String

    /// - Returns: nil when the stored record names none.
    init?(_ body: [UInt8]) {
        guard let record = try? JSONValue(parsing: body), let id = record["atsJobPostingId"]?.string else { return nil }
        self.id = id
        title = record["atsJobPostingName"]?.string ?? ""
    }
}
