// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// A candidate of a customer that LinkedIn takes for a member.
struct KnownCandidate: Sendable {
    var id: String
    var body: [UInt8]
    /// Linked by hand, and not by matching.
    var isManual: Bool
}

/// A stored record of any kind, by its id.
struct KnownRecord: Sendable {
    var id: String
    var body: [UInt8]
}

/// What Recruiter shows of a customer's records.
extension SQLTransaction {
    /// Jobs that LinkedIn shows as open, by id.
    ///
    /// - Parameters:
    ///   - id: of the last job of the page before; empty starts.
    ///   - text: part of an id or a title. Only its longest run of ASCII is looked for, in either case: whoever asks looks closer.
    func openJobs(tenancy: Int64, matching text: String?, after id: String, at now: Moment, limit: Int) throws
        -> [KnownRecord]
    {
        let run = text?.split { !$0.isASCII }.max { $0.count < $1.count }.map { String($0) }
        let pattern = SQLValue.text("%\(Self.literal(run ?? ""))%")
        return try rows(
            """
            SELECT job_posting.id, entity.body FROM job_posting
            JOIN entity ON entity.tenancy = job_posting.tenancy AND entity.kind = 1 AND entity.parent = ''
                AND entity.id = job_posting.id
            WHERE job_posting.tenancy = ? AND job_posting.id > ? AND listed = 1 AND expires_ms > ?
              AND (? IS NULL OR job_posting.id LIKE ? ESCAPE '\\'
                OR json_extract(CAST(entity.body AS TEXT), '$.title') LIKE ? ESCAPE '\\')
            ORDER BY job_posting.id LIMIT ?
            """,
            [.int(tenancy), .text(id), .int(now.millis), .optional(run), pattern, pattern, .int(limit)]
        ) { KnownRecord(id: $0.text(0), body: $0.blob(1)) }
    }

    /// The candidates that are this member: first those linked by hand, then those matched, each by id. A candidate that
    /// is linked to somebody else by hand is not this member, whatever its e-mail says.
    ///
    /// - Parameters:
    ///   - delay: how long matching takes.
    ///   - isThorough: looks through the candidates that are not taken in yet (`SearchKeeper`), one by one. Lists do
    ///     without, and say so.
    ///   - limit: about so many: of each way in which they are found.
    func candidates(
        of member: Member, person: String, tenancy: Int64, delay: Duration, at now: Moment, isThorough: Bool = true,
        limit: Int = .max
    ) throws -> [KnownCandidate] {
        guard member.closed == nil else { return [] }
        let linked = try rows(
            "SELECT id, body FROM entity WHERE tenancy = ? AND manual = ? AND kind = 2 ORDER BY id LIMIT ?",
            [.int(tenancy), .text(person), .int(limit)]
        ) { KnownCandidate(id: $0.text(0), body: $0.blob(1), isManual: true) }
        let keys = [member.email, member.profileURL]
        var places = "SELECT entity FROM candidate_key WHERE key IN (?, ?) AND tenancy = ?"
        if isThorough {
            places += """
                 UNION SELECT entity FROM candidate_change
                UNION SELECT number FROM search_backlog CROSS JOIN entity
                WHERE name = 'candidate' AND number > done AND number <= upto AND +kind = 2
                """
        }
        let matched = try rows(
            """
            SELECT id, body, match_keys FROM entity
            WHERE number IN (\(places)) AND +tenancy = ? AND +kind = 2 AND manual IS NULL AND match_ms <= ? ORDER BY id LIMIT ?
            """,
            [
                .text(keys[0]), .text(keys[1]), .int(tenancy), .int(tenancy), .int((now - delay).millis), .int(limit),
            ]
        ) { row in
            // A candidate whose keys changed may stand under the old ones still.
            row.text(2).split(separator: "\n").contains { keys.contains(String($0)) }
                ? KnownCandidate(id: row.text(0), body: row.blob(1), isManual: false) : nil
        }
        return linked + matched.compactMap { $0 }
    }

    /// What hangs on a candidate or an application, by id.
    func children(of parent: String, _ kind: EntityKind, tenancy: Int64) throws -> [KnownRecord] {
        try rows(
            "SELECT id, body FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? ORDER BY id",
            [.int(tenancy), .int(kind.rawValue), .text(parent)]
        ) { KnownRecord(id: $0.text(0), body: $0.blob(1)) }
    }

    /// The same, but only the newest, newest first.
    func newestChildren(of parent: String, _ kind: EntityKind, tenancy: Int64, limit: Int) throws -> [KnownRecord] {
        try rows(
            """
            SELECT id, body FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND parent <> ''
            ORDER BY json_extract(CAST(body AS TEXT), '$.atsCreatedAt') DESC, id DESC LIMIT ?
            """,
            [.int(tenancy), .int(kind.rawValue), .text(parent), .int(limit)]
        ) { KnownRecord(id: $0.text(0), body: $0.blob(1)) }
    }

    /// A page of them, by id.
    func children(of parent: String, _ kind: EntityKind, tenancy: Int64, after id: String, limit: Int) throws
        -> [KnownRecord]
    {
        try rows(
            "SELECT id, body FROM entity WHERE tenancy = ? AND kind = ? AND parent = ? AND id > ? ORDER BY id LIMIT ?",
            [.int(tenancy), .int(kind.rawValue), .text(parent), .text(id), .int(limit)]
        ) { KnownRecord(id: $0.text(0), body: $0.blob(1)) }
    }

    func childCount(of parent: String, _ kind: EntityKind, tenancy: Int64) throws -> Int {
        Int(
            try first(
                "SELECT count(*) FROM entity WHERE tenancy = ? AND kind = ? AND parent = ?",
                [.int(tenancy), .int(kind.rawValue), .text(parent)]
            ) { $0.int(0) } ?? 0)
    }

    /// The candidate that the ATS linked to an exported member, and that candidate's application to the job.
    func exportProgress(_ export: Export, person: String) throws -> (candidate: String?, application: String?) {
        let candidates = try rows(
            "SELECT id FROM entity WHERE tenancy = ? AND manual = ? AND kind = 2 ORDER BY id LIMIT 100",
            [.int(export.tenancy), .text(person)]
        ) { $0.text(0) }
        for candidate in candidates {
            let found = try application(tenancy: export.tenancy, candidate: candidate, job: export.job)
            if let found { return (candidate, found) }
        }
        return (candidates.first, nil)
    }
}
