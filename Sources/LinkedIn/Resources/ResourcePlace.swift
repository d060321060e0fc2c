// SPDX-License-Identifier: Apache-2.0

/// Where a resource lives on one surface and how its entities are keyed there.
package struct ResourcePlace: Hashable, Sendable {
    /// `v2` or `rest`.
    package var base: String
    /// The resource whose key stands in front in the path; nil when the resource is a root.
    package var parent: Resource?
    /// The last fixed segment: `atsCandidates`, `notes`.
    package var segment: String
    package var key: KeyShape
    package var source: Source
}

extension Resource {
    /// Paths and keys. `provisionedApplications`, secret rotation and `me` have no versioned form and stay on `/v2`.
    package func place(on surface: Surface) -> ResourcePlace {
        surface.isVersioned ? versionedPlace : unversionedPlace
    }

    private var unversionedPlace: ResourcePlace {
        switch self {
        case .provisionedApplications: v2("provisionedApplications", .simple, .documented("Provisioning API"))
        case .developerApplicationsSecurity:
            v2("developerApplicationsSecurity", .simple, .documented("application-secret-management"))
        case .integrations:
            v2("atsIntegrations", .parts(integrationParts + [dataProvider]), .postman("Modules 1-2 collection"))
        case .configurations:
            v2("configurations", .simple, .postman("Modules 1-2 collection"), under: .integrations)
        case .jobs: v2("simpleJobPostings", .simple, .documented("create-jobs"))
        case .jobTasks: v2("simpleJobPostingTasks", .simple, .documented("check-job-taskstatus"))
        case .candidates:
            v2(
                "atsCandidates", .parts([KeyPart("atsCandidateId", .id), dataProvider, context]),
                .documented("sync-candidates"))
        case .candidateNotes: v2("notes", .simple, .documented("sync-candidate-notes"), under: .candidates)
        case .applications:
            v2(
                "atsApplications", .parts([KeyPart("atsJobApplicationId", .id), dataProvider, context]),
                .documented("sync-applications"))
        case .applicationNotes: v2("notes", .simple, .documented("sync-application-notes"), under: .applications)
        case .feedback:
            v2("interviewFeedback", .simple, .documented("sync-application-interview-feedback"), under: .applications)
        case .stages: v2("stages", .simple, .documented("sync-application-stages"), under: .applications)
        case .me: v2("me", .keyless, .documented("Profile API"))
        case .exportedCandidates: v2("exportedCandidates", .simple, .documented("retrieve-exported-candidates"))
        case .seats: v2("seatsV2", .simple, .documented("recruiter-seatholders"))
        case .legacySeats: v2("seats", .simple, .postman("Modules 3-5 collection"))
        case .conversationEvents: v2("conversationEvents", .simple, .documented("inmail-history"))
        case .mailStubs: v2("mailStubs", .simple, .documented("inmail-stub-profiles"))
        case .prospectNotes: v2("prospectNotes", .simple, .documented("prospect-notes"))
        case .entityACLs:
            v2(
                "atsEntityAcls",
                .parts([
                    KeyPart("atsEntityAclId", .id), dataProvider, context, KeyPart("atsEntityType", .entityType),
                    KeyPart("atsEntityId", .ownerID),
                ]), .documented("sync-acls"))
        case .aclAssignees:
            v2(
                "atsEntityAclAssignees",
                .parts([
                    KeyPart("atsEntityAclId", .ownerID), dataProvider, context, KeyPart("atsEntityType", .entityType),
                    KeyPart("assignee", .id),
                ]), .postman("Modules 3-5 collection"))
        }
    }

    private var versionedPlace: ResourcePlace {
        switch self {
        case .provisionedApplications, .developerApplicationsSecurity, .me: unversionedPlace
        case .integrations: rest("integrations", .parts(integrationParts), .documented("rsc-release-notes 2026-03"))
        case .configurations:  // UNVERIFIED: the page names the resource, not its key
            rest(
                "integrationConfigurations", .parts(integrationParts + [KeyPart("configurationKey", .id)]),
                .inferred("rsc-release-notes 2026-03"))
        case .jobs: rest("simpleJobPostings", .simple, .documented("create-jobs, view 2026-03"))
        case .jobTasks: rest("simpleJobPostingTasks", .simple, .documented("check-job-taskstatus, view 2026-03"))
        case .candidates:
            rest(
                "candidates", .parts([KeyPart("externalCandidateId", .id), context]),
                .documented("rsc-release-notes 2026-03"))
        case .candidateNotes:
            rest(
                "candidateNotes",
                .parts([KeyPart("externalCandidateId", .ownerID), KeyPart("externalNoteId", .id), context]),
                .documented("rsc-release-notes 2026-03"))
        case .applications:
            rest(
                "atsApplications", .parts([KeyPart("atsJobApplicationId", .id), context]),
                .documented("sync-applications 2025-12"))
        case .applicationNotes:
            rest(
                "applicationNotes",
                .parts([KeyPart("externalJobApplicationId", .ownerID), KeyPart("externalNoteId", .id), context]),
                .documented("rsc-release-notes 2026-03"))
        case .feedback:
            rest(
                "applicationInterviewFeedbacks",
                .parts([KeyPart("interviewFeedbackId", .id), KeyPart("jobApplicationId", .ownerID), context]),
                .thirdParty("newer Postman workspace, rendered"))
        case .stages:
            rest(
                "applicationStage",
                .parts([KeyPart("jobApplicationId", .ownerID), KeyPart("jobApplicationStageId", .id), context]),
                .thirdParty("newer Postman workspace, rendered"))
        case .exportedCandidates:
            rest("exportedCandidates", .simple, .thirdParty("a public connector, LinkedIn-Version 202603"))
        case .seats: rest("seatsV2", .simple, .documented("rsc-release-notes 2026-03"))
        // Rows of the migration table that could not be read; the same names are assumed (modules-3-5, 1.5).
        case .legacySeats: rest("seats", .simple, .inferred("rsc-release-notes 2026-03"))  // UNVERIFIED
        case .conversationEvents: rest("conversationEvents", .simple, .inferred("rsc-release-notes 2026-03"))  // UNVERIFIED
        case .mailStubs: rest("mailStubs", .simple, .inferred("rsc-release-notes 2026-03"))  // UNVERIFIED
        case .prospectNotes: rest("prospectNotes", .simple, .inferred("rsc-release-notes 2026-03"))  // UNVERIFIED
        case .entityACLs:
            rest(
                "entityAcls",
                .parts([
                    KeyPart("entityAclId", .id), context, KeyPart("entityType", .entityType),
                    KeyPart("entityId", .ownerID),
                ]), .thirdParty("newer Postman workspace, rendered"))
        case .aclAssignees:
            rest(
                "entityAclAssignees",
                .parts([
                    KeyPart("entityAclId", .ownerID), context, KeyPart("entityType", .entityType),
                    KeyPart("assignee", .id),
                ]), .inferred("by analogy with entityAcls"))  // UNVERIFIED
        }
    }

    private func v2(_ segment: String, _ key: KeyShape, _ source: Source, under parent: Resource? = nil)
        -> ResourcePlace
    {
        ResourcePlace(base: "v2", parent: parent, segment: segment, key: key, source: source)
    }

    private func rest(_ segment: String, _ key: KeyShape, _ source: Source) -> ResourcePlace {
        ResourcePlace(base: "rest", parent: nil, segment: segment, key: key, source: source)
    }
}

private let context = KeyPart("integrationContext", .context)
private let dataProvider = KeyPart("dataProvider", .dataProvider)
private let integrationParts = [
    context, KeyPart("integrationType", .integrationType), KeyPart("tenantType", .tenantType),
]
