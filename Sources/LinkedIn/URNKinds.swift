// SPDX-License-Identifier: Apache-2.0

package enum OrganizationKind: URNKind {
    package static let type = "organization"
    package static let isNumeric = true
}

package enum ContractKind: URNKind {
    package static let type = "contract"
    package static let isNumeric = true
}

package enum PersonKind: URNKind {
    package static let type = "person"
    package static let isNumeric = false
}

package enum DeveloperApplicationKind: URNKind {
    package static let type = "developerApplication"
    package static let isNumeric = true
}

package enum SeatKind: URNKind {
    package static let type = "seat"
    package static let isNumeric = true
}

package enum MessagingThreadKind: URNKind {
    package static let type = "messagingThread"
    package static let isNumeric = false
}

package enum TaskKind: URNKind {
    package static let type = "simpleJobPostingTask"
    package static let isNumeric = false
}

package enum JobPostingKind: URNKind {
    package static let type = "jobPosting"
    package static let isNumeric = true
}

package enum JobPostingPartnerKind: URNKind {
    package static let type = "jobPostingPartner"
    package static let isNumeric = true
}

/// A company page: the context of jobs, candidates and applications. Source: integration-types (documented).
package typealias OrganizationURN = TypedURN<OrganizationKind>
/// A Recruiter contract: the context of `CSA_API`. Source: integration-types (documented).
package typealias ContractURN = TypedURN<ContractKind>
/// A member as one application sees them; ids differ per application. Source: Profile API (documented).
package typealias PersonURN = TypedURN<PersonKind>
/// A Recruiter seat: one licensed user on one contract. Source: recruiter-seatholders (documented).
package typealias SeatURN = TypedURN<SeatKind>
/// One InMail conversation. Source: inmail-history (documented).
package typealias MessagingThreadURN = TypedURN<MessagingThreadKind>
/// A child application. Source: Provisioning API, SDK fixture (sdk).
package typealias DeveloperApplicationURN = TypedURN<DeveloperApplicationKind>
/// The asynchronous handling of one submitted job. Source: check-job-taskstatus (documented).
package typealias TaskURN = TypedURN<TaskKind>
/// A job as LinkedIn numbers it. Source: check-job-taskstatus (documented).
package typealias JobPostingURN = TypedURN<JobPostingKind>
/// The partner in messages of failed tasks. Source: check-job-taskstatus (documented).
package typealias JobPostingPartnerURN = TypedURN<JobPostingPartnerKind>
