// SPDX-License-Identifier: Apache-2.0

internal import SQLFile

/// LinkedIn's side of a job.
struct StoredPosting: Hashable, Sendable {
    /// `urn:li:jobPosting:{number}`.
    var number: Int64
    var isListed: Bool
    var availability: String
    var expires: Int64
    /// When its newest task ends: until then its status reads `IN_PROGRESS`.
    var settled: Int64
}

/// How a submitted operation ends.
struct StoredTask: Hashable, Sendable {
    var id: String
    var job: String
    /// `SUCCEEDED`, `FAILED` or `PROCESSED`, from `ends` on.
    var status: String
    var posting: Int64?
    var message: String?
    var created: Int64
    var ends: Int64
}

extension SQLTransaction {
    /// LinkedIn's job numbers in samples have ten digits and start at four thousand million.
    private static let firstPosting: Int64 = 4_000_000_000

    func posting(tenancy: Int64, job: String) throws -> StoredPosting? {
        try first(
            "SELECT number, listed, availability, expires_ms, settled_ms FROM job_posting WHERE tenancy = ? AND id = ?",
            [.int(tenancy), .text(job)]
        ) {
            StoredPosting(
                number: Self.firstPosting + $0.int(0), isListed: $0.flag(1), availability: $0.text(2),
                expires: $0.int(3), settled: $0.int(4))
        }
    }

    /// - Parameter isNew: take a new number, also when there was a closed posting of that job.
    /// - Returns: the number of the posting.
    func storePosting(
        tenancy: Int64, job: String, isNew: Bool, isListed: Bool, availability: String, expires: Int64, settled: Int64
    ) throws -> Int64 {
        if isNew {
            // While the closed posting still holds its number, the next one is new.
            try run(
                "UPDATE job_posting SET number = (SELECT max(number) + 1 FROM job_posting) WHERE tenancy = ? AND id = ?",
                .int(tenancy), .text(job))
        }
        let number = try first(
            """
            INSERT INTO job_posting (tenancy, id, listed, availability, expires_ms, settled_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenancy, id) DO UPDATE SET
                listed = excluded.listed, availability = excluded.availability, expires_ms = excluded.expires_ms,
                settled_ms = excluded.settled_ms
            RETURNING number
            """,
            [.int(tenancy), .text(job), .flag(isListed), .text(availability), .int(expires), .int(settled)]
        ) { $0.int(0) }
        return Self.firstPosting + (number ?? 0)
    }

    func addTask(tenancy: Int64, _ task: StoredTask) throws {
        try run(
            "INSERT INTO job_task (id, tenancy, job, status, posting, message, created_ms, ends_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            .text(task.id), .int(tenancy), .text(task.job), .text(task.status), .optional(task.posting),
            .optional(task.message),
            .int(task.created), .int(task.ends))
    }

    /// - Returns: nil for an unknown id, and for one of another application.
    func task(_ id: String, application: Int64) throws -> StoredTask? {
        try first(
            """
            SELECT job_task.id, job, status, posting, message, created_ms, ends_ms
            FROM job_task JOIN tenancy ON tenancy.number = job_task.tenancy WHERE job_task.id = ? AND tenancy.application = ?
            """,
            [.text(id), .int(application)]
        ) {
            StoredTask(
                id: $0.text(0), job: $0.text(1), status: $0.text(2), posting: $0.optionalInt(3),
                message: $0.optionalText(4),
                created: $0.int(5), ends: $0.int(6))
        }
    }

    /// Forgets some of the tasks that are past their life, the oldest first. Called with every submission, so the
    /// table stays bounded by what is submitted in one life.
    func sweepTasks(createdBefore moment: Int64) throws {
        try run(
            "DELETE FROM job_task WHERE number IN (SELECT number FROM job_task ORDER BY number LIMIT 200) AND created_ms < ?",
            .int(moment))
    }

    /// The customers whose integrations this application has switched on.
    func enabledOrganizations(application: Int64) throws -> [Int64] {
        try rows(
            "SELECT DISTINCT organization FROM integration WHERE application = ? AND status = 'ENABLED' ORDER BY organization",
            [.int(application)]
        ) { $0.int(0) }
    }
}
