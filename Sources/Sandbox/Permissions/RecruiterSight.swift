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
    /// Applications of a candidate that a page counts, and candidates that it shows of a member: whoever has more is told so.
    static let (mostCounted, mostCandidates) = (100, 20)

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
            let page = try tx.openJobs(
                tenancy: tenant.tenancy, matching: text, after: last, at: now, limit: Self.batch)
            guard let first = page.first?.id, let end = page.last?.id else { return (found, nil) }
            // Those that were searched for lie far apart.
            let near = try text == nil ? tx.aclGroups(tenancy: tenant.tenancy, from: first, through: end) : nil
            for job in page {
                last = job.id
                let shown = try Self.job(job)
                guard text.map({ Self.isFound($0, in: shown) }) ?? true else { continue }
                let acls = try near ?? tx.aclGroups(tenancy: tenant.tenancy, from: job.id, through: job.id)
                guard visibility.shows(jobWith: acls[ExactID(job.id)] ?? []) else { continue }
                found.append(.object(shown))
                if found.count == limit { return (found, last) }
            }
        }
    }

    /// The open job of this id; nil when there is none, or the recruiter may not export to it.
    func job(_ id: String, _ tx: SQLTransaction) throws -> JSONObject? {
        guard let posting = try tx.posting(tenancy: tenant.tenancy, job: id), posting.isListed,
            posting.expires > now.millis,
            let stored = try tx.entity(EntityPlace(tenancy: tenant.tenancy, kind: .job, id: id))
        else { return nil }
        let visibility = try tx.visibility(of: recruiter, in: .export, tenant: tenant, everyone: switches.everyoneACL)
        let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: id, through: id)[ExactID(id)] ?? []
        return visibility.shows(jobWith: acls) ? try Self.job(KnownRecord(id: id, body: stored.body)) : nil
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
        let candidates = try candidates(of: member, most: nil, tx)
        return candidates.isEmpty ? nil : ["candidates": .array(candidates.map(\.json))]
    }

    /// The candidates that a member is, with what hangs on them.
    ///
    /// - Parameter most: so many applications of a candidate, and so many records of a list, the newest first, of the first
    ///   candidates; nil shows all, by id.
    func candidates(of member: Member, most: Int?, _ tx: SQLTransaction) throws -> [SeenCandidate] {
        let candidates = try tx.candidates(
            of: member, person: persons.urn(ofMember: member.number), tenancy: tenant.tenancy,
            delay: .seconds(switches.matchSeconds), at: now, limit: most == nil ? .max : Self.mostCandidates + 1)
        guard !candidates.isEmpty else { return [] }
        let visibility = try tx.visibility(
            of: recruiter, in: .indicator, tenant: tenant, everyone: switches.everyoneACL)
        return try candidates.map { candidate in
            let all =
                try most == nil
                ? tx.applications(tenancy: tenant.tenancy, candidate: candidate.id)
                : tx.newestApplications(
                    tenancy: tenant.tenancy, candidate: candidate.id, limit: Self.mostCounted + 1)
            let ids = most == nil ? all[...] : all.prefix(Self.mostCounted)
            let visible = try ids.compactMap { try application($0, visibility, tx) }
            let shown = most.map { Array(visible.prefix($0)) } ?? visible
            return SeenCandidate(
                id: candidate.id, isManual: candidate.isManual, record: try JSONValue(parsing: candidate.body),
                notes: try list(.candidateNote, of: candidate.id, most, tx),
                applications: try shown.map { try $0.filled(self, most, tx) }, visible: visible.count,
                hidden: ids.count - visible.count, isMore: ids.count < all.count)
        }
    }

    /// Whether a candidate is this member.
    func knows(_ candidate: String, as member: Member, _ tx: SQLTransaction) throws -> Bool {
        try tx.candidates(
            of: member, person: persons.urn(ofMember: member.number), tenancy: tenant.tenancy,
            delay: .seconds(switches.matchSeconds), at: now, limit: Self.mostCandidates
        ).contains { ExactID($0.id) == ExactID(candidate) }
    }

    /// A page of a candidate's applications that the recruiter may see, by id.
    ///
    /// - Returns: at most `limit`, and the last id that was looked at when there may be more.
    func applications(of candidate: String, after id: String, limit: Int, _ tx: SQLTransaction) throws -> (
        applications: [SeenApplication], next: String?
    ) {
        let visibility = try tx.visibility(
            of: recruiter, in: .indicator, tenant: tenant, everyone: switches.everyoneACL)
        var found: [SeenApplication] = []
        // Whoever sees next to none does not wait for all to be looked at.
        let ids = try tx.applications(
            tenancy: tenant.tenancy, candidate: candidate, after: id, limit: Self.mostCounted * 10)
        for id in ids {
            guard let seen = try application(id, visibility, tx) else { continue }
            found.append(seen)
            if found.count == limit { return (found, id) }
        }
        return (found, ids.count < Self.mostCounted * 10 ? nil : ids.last)
    }

    /// An application that the recruiter may see (RSC-402), and whose it is.
    ///
    /// - Returns: nil when there is none, or its job is hidden.
    func application(_ id: String, _ tx: SQLTransaction) throws -> (candidate: String, application: SeenApplication)? {
        let visibility = try tx.visibility(
            of: recruiter, in: .indicator, tenant: tenant, everyone: switches.everyoneACL)
        guard let seen = try application(id, visibility, tx), let candidate = seen.record["atsCandidateId"]?.string
        else { return nil }
        return (candidate, seen)
    }

    private func application(_ id: String, _ visibility: Visibility, _ tx: SQLTransaction) throws -> SeenApplication? {
        let place = EntityPlace(tenancy: tenant.tenancy, kind: .application, id: id)
        guard let stored = try tx.entity(place), let job = ApplicationJob(stored.body) else { return nil }
        let acls = try tx.aclGroups(tenancy: tenant.tenancy, from: job.id, through: job.id)[ExactID(job.id)] ?? []
        guard visibility.shows(jobWith: acls) else { return nil }
        return SeenApplication(id: id, job: job, record: try JSONValue(parsing: stored.body))
    }

    fileprivate func list(_ kind: EntityKind, of parent: String, _ most: Int?, _ tx: SQLTransaction) throws -> SeenList
    {
        let found =
            try most.map { try tx.newestChildren(of: parent, kind, tenancy: tenant.tenancy, limit: $0) }
            ?? tx.children(of: parent, kind, tenancy: tenant.tenancy)
        let isAll = most.map { found.count < $0 } ?? true
        return SeenList(
            records: try found.map { SeenRecord(id: $0.id, record: try JSONValue(parsing: $0.body)) },
            total: isAll ? found.count : try tx.childCount(of: parent, kind, tenancy: tenant.tenancy))
    }
}

/// A candidate of the ATS that is a member, as a recruiter sees it.
struct SeenCandidate: Sendable {
    var id: String
    /// Linked by hand, and not by matching.
    var isManual: Bool
    /// As the ATS sent it.
    var record: JSONValue
    var notes: SeenList
    var applications: [SeenApplication]
    /// How many applications the recruiter may see, shown here or not.
    var visible: Int
    /// How many the recruiter may not see.
    var hidden: Int
    /// There are others that were not counted.
    var isMore: Bool

    fileprivate var json: JSONValue {
        [
            "id": .string(id), "match": isManual ? "manual" : "algorithmic", "record": record, "notes": notes.json,
            "applications": .array(applications.map(\.json)),
            // For whoever tests permissions: Recruiter shows no such number.
            "hidden_applications": .int(Int64(hidden)),
        ]
    }
}

struct SeenApplication: Sendable {
    var id: String
    var job: ApplicationJob
    var record: JSONValue
    var stages = SeenList()
    var feedback = SeenList()
    var notes = SeenList()

    fileprivate func filled(_ sight: RecruiterSight, _ most: Int?, _ tx: SQLTransaction) throws -> Self {
        var filled = self
        filled.stages = try sight.list(.stage, of: id, most, tx)
        filled.feedback = try sight.list(.feedback, of: id, most, tx)
        filled.notes = try sight.list(.applicationNote, of: id, most, tx)
        return filled
    }

    fileprivate var json: JSONValue {
        [
            "id": .string(id), "job": ["id": .string(job.id), "title": .string(job.title)], "record": record,
            "stages": stages.json, "feedback": feedback.json, "notes": notes.json,
        ]
    }
}

/// Records that hang on another, or the newest of them.
struct SeenList: Sendable {
    var records: [SeenRecord] = []
    var total = 0

    fileprivate var json: JSONValue { .array(records.map { ["id": .string($0.id), "record": $0.record] }) }
}

struct SeenRecord: Sendable {
    var id: String
    var record: JSONValue
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
