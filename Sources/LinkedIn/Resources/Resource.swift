// SPDX-License-Identifier: Apache-2.0

/// Every resource of Modules 1 to 5. Where it lives and how it is keyed on each surface is `place(on:)`.
package enum Resource: String, CaseIterable, Sendable {
    /// Child applications, one per customer. Parent token.
    case provisionedApplications
    /// Rotation of a client secret (action `rollDeveloperApplicationSecret`). Parent token, or the application's own.
    case developerApplicationsSecurity
    /// The integrations a customer asked for and their status.
    case integrations
    /// Settings of one integration: `CALLBACK_URL`, `JOB_POSTING_VIEWERS`, `APPLICATION_VIEWERS`.
    case configurations
    /// Job submissions, answered with a task each.
    case jobs
    case jobTasks
    case candidates
    case candidateNotes
    case applications
    case applicationNotes
    case feedback
    case stages
    /// The member behind a 3-legged token.
    case me
    /// What a recruiter exported (finder `request`), and who of them left LinkedIn (finder `closedProfiles`).
    case exportedCandidates
    /// Who holds a seat on a contract (finder `attributes`).
    case seats
    /// The same in the older form (finder `seatsByAttributes`), deprecated and still served.
    case legacySeats
    /// InMails, sent and received (finder `criteria`).
    case conversationEvents
    /// Profiles of members who agreed to share their contact data (finder `contract`).
    case mailStubs
    /// Recruiters' notes about members (finder `criteria`).
    case prospectNotes
    /// Which security groups may see a job.
    case entityACLs
    /// Which members belong to a security group.
    case aclAssignees

    /// Which quota a call to it counts against.
    package var group: EndpointGroup {
        switch self {
        case .provisionedApplications, .developerApplicationsSecurity: .provisioning
        case .integrations, .configurations: .integrations
        case .jobs: .jobs
        case .jobTasks: .jobTasks
        case .candidates: .candidates
        case .candidateNotes: .candidateNotes
        case .applications: .applications
        case .applicationNotes: .applicationNotes
        case .feedback: .feedback
        case .stages: .stages
        case .me: .profile
        case .exportedCandidates: .exports
        case .seats, .legacySeats, .mailStubs, .prospectNotes: .recruiter
        case .conversationEvents: .inMail
        case .entityACLs, .aclAssignees: .acls
        }
    }

    /// Every quota a call counts against: InMail history counts with the other recruiter data and for itself.
    /// Source: recruiter-prospect-interactions and inmail-history (documented).
    package var groups: [EndpointGroup] { self == .conversationEvents ? [.inMail, .recruiter] : [group] }

    /// Who may call it. Source: rsc-customer-configuration and create-jobs error table (documented).
    package var token: TokenKind {
        switch self {
        case .provisionedApplications: .parent
        case .developerApplicationsSecurity: .either
        case .me: .member
        default: .child
        }
    }

    /// The resource whose records these hang on, on every surface: a note's candidate, a stage's application.
    package var owner: Resource? {
        switch self {
        case .candidateNotes: .candidates
        case .applicationNotes, .feedback, .stages: .applications
        case .configurations: .integrations
        default: nil
        }
    }
}

/// Which application's token a resource accepts; the wrong one is answered with 403.
package enum TokenKind: Sendable {
    /// The partner's own application.
    case parent
    /// The application of one customer.
    case child
    /// Either application, for itself; a parent also for its children.
    case either
    /// A member's 3-legged token.
    case member
}
