// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import RestLi
internal import SQLFile

/// Takes the jobs of one submission one after another, inside one transaction.
struct JobDesk {
    /// One element of the submission, looked at.
    struct Element: Sendable {
        var task: String
        var job: Result<JobSubmission, RecordProblem>
        var body: [UInt8]
    }

    private let application: DeveloperApplication
    private let switches: Switches
    private let now: Moment
    private var gate: RecordGate
    private var isSwept = false

    init(application: DeveloperApplication, access: String, switches: Switches, now: Moment) {
        self.application = application
        self.switches = switches
        self.now = now
        gate = RecordGate(application: application.number, access: access, switches)
    }

    mutating func submit(_ element: Element, _ tx: SQLTransaction) throws -> CreateAnswer {
        switch element.job {
        case .failure(let problem): return .failed(problem.body)
        case .success(let job):
            do {
                return try submit(job, element, tx)
            } catch let error as GatewayError {
                // Per element inside a 200 (jobs reference 9, item 7).
                return .failed(ErrorBody(status: error.status, message: error.message, code: error.code))
            }
        }
    }

    private mutating func submit(_ job: JobSubmission, _ element: Element, _ tx: SQLTransaction) throws -> CreateAnswer
    {
        let tenancy = try gate.tenancy(organization(of: job, tx), tx)
        try sweep(tx)
        let ends = now + .seconds(switches.taskSeconds)
        let existing = try tx.posting(tenancy: tenancy, job: job.id)
        var task = StoredTask(id: element.task, job: job.id, status: "FAILED", created: now.millis, ends: ends.millis)
        switch job.verdict(on: existing, partner: application.parent ?? application.number, now: now) {
        case .refused(let problem): return .failed(problem.body)
        case .fails(let message): task.message = message
        case .succeeds(let change):
            let isPrivate = change.replacesBody ? job.isPrivate : existing?.availability == Self.privateAvailability
            task.posting = try tx.storePosting(
                tenancy: tenancy, job: job.id, isNew: change.isNew, isListed: change.isListed,
                availability: isPrivate ? Self.privateAvailability : "PUBLIC", expires: change.expires,
                settled: ends.millis)
            if change.replacesBody {
                let place = EntityPlace(tenancy: tenancy, kind: .job, id: job.id)
                if try tx.storeEntity(place, EntityContent(body: element.body), keepsManual: false, at: now.millis) {
                    try tx.addToTally(tenancy: tenancy, kind: .job, 1)
                }
            }
            // Which of the two success values a private job gets is UNVERIFIED (protocol reference 9, item 18).
            task.status = isPrivate && switches.privateJobsEndProcessed ? "PROCESSED" : "SUCCEEDED"
        }
        try tx.addTask(tenancy: tenancy, task)
        let urn = "urn:li:simpleJobPostingTask:\(task.id)"
        let segment = KeyCodec.encode(.simple(urn), in: .path, .v2)
        return .created(id: urn, status: 202, location: "/simpleJobPostings/\(segment)")
    }

    private static let privateAvailability = "PRIVATE_TO_ATS_INTEGRATION"

    /// A job that names its company by page or name belongs to the application's own customer (UNVERIFIED).
    private func organization(of job: JobSubmission, _ tx: SQLTransaction) throws -> Int64 {
        if let organization = job.organization { return organization }
        guard let organization = try tx.enabledOrganizations(application: application.number).first else {
            throw GatewayError.accessDenied("POST /simpleJobPostings")
        }
        return organization
    }

    private mutating func sweep(_ tx: SQLTransaction) throws {
        guard !isSwept else { return }
        isSwept = true
        try tx.sweepTasks(createdBefore: (now - .seconds(switches.taskHours * 3600)).millis)
    }
}
