// SPDX-License-Identifier: Apache-2.0

/// A set of endpoints that LinkedIn counts together, per application. Also the name of a lane and of a budget.
package enum EndpointGroup: String, CaseIterable, Sendable {
    case provisioning
    case integrations
    case jobs
    case jobTasks
    case candidates
    case candidateNotes
    case applications
    case applicationNotes
    case feedback
    case stages
    case profile
    /// One-click exports and closed profiles.
    case exports
    /// Seats, stub profiles and recruiter notes; a call for InMail history counts here too.
    case recruiter
    /// InMail history.
    case inMail
    /// Permissions: entity ACLs and their assignees.
    case acls

    package var quota: Quota { Quota.table[self] ?? Quota.none }
}

/// LinkedIn's limits for one endpoint group and one child application. Days are UTC; a nil has no documented limit.
package struct Quota: Hashable, Sendable {
    package var requestsPerDay: Int?
    package var recordsPerMinute: Int?
    package var recordsPerDay: Int?
    /// The most records one call may carry.
    package var batch: Int
    package var source: Source

    /// Source: throttle tables of the pages named on each line. UNVERIFIED: that integrations and their configurations
    /// share one counter.
    package static let table: [EndpointGroup: Quota] = [
        .integrations: Quota(5_000, nil, nil, 100, .documented("rsc-customer-configuration 2026-03")),
        // Basic jobs: the figures of the premium page, taken as representative. UNVERIFIED for basic jobs.
        .jobs: Quota(100_000, 2_000, 60_000, 100, .documented("sync-premium-api-jobs")),
        .jobTasks: Quota(300_000, nil, nil, 100, .documented("check-job-taskstatus")),
        .candidates: Quota(100_000, 10_000, nil, 100, .documented("sync-candidates")),
        .candidateNotes: Quota(100_000, 10_000, nil, 100, .documented("sync-candidate-notes")),
        .applications: Quota(100_000, 10_000, nil, 100, .documented("sync-applications")),
        .applicationNotes: Quota(100_000, 10_000, nil, 100, .documented("sync-application-notes")),
        .feedback: Quota(100_000, 10_000, nil, 100, .documented("sync-application-interview-feedback")),
        .stages: Quota(100_000, 10_000, nil, 100, .documented("sync-application-stages")),
        .provisioning: Quota(nil, nil, nil, 1, .inferred("no throttle found")),  // UNVERIFIED
        .profile: Quota(nil, nil, nil, 1, .inferred("no throttle found")),  // UNVERIFIED
        .exports: Quota(nil, nil, nil, 1, .inferred("no throttle found")),  // UNVERIFIED
        // The four prospect-interaction APIs share 100,000 calls a day and application. InMail has a counter of its own besides.
        .recruiter: Quota(100_000, nil, nil, 1, .documented("recruiter-prospect-interactions")),
        .inMail: Quota(100_000, nil, nil, 1, .documented("inmail-history")),
        // UNVERIFIED: that ACLs and assignees share one counter.
        .acls: Quota(100_000, 10_000, nil, 100, .documented("sync-acls")),
    ]

    /// UNVERIFIED for whatever has no row.
    static let none = Quota(nil, nil, nil, 1, .inferred("no throttle found"))

    private init(
        _ requestsPerDay: Int?, _ recordsPerMinute: Int?, _ recordsPerDay: Int?, _ batch: Int, _ source: Source
    ) {
        self.requestsPerDay = requestsPerDay
        self.recordsPerMinute = recordsPerMinute
        self.recordsPerDay = recordsPerDay
        self.batch = batch
        self.source = source
    }
}
