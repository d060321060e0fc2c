// SPDX-License-Identifier: Apache-2.0

/// The fields of every entity of Modules 1 and 2, as data. One file per entity.
///
/// An entity's key parts (ids, `dataProvider`, `integrationContext`) are not fields: they are in `Resource.place(on:)`.
package enum Catalogue {
    /// What a write to `resource` carries per entity; nil for resources that are only read or take parameters.
    package static func schema(of resource: Resource) -> EntitySchema? {
        switch resource {
        case .provisionedApplications: provisionedApplication
        case .integrations: integration
        case .configurations: configuration
        case .jobs: job
        case .candidates: candidate
        case .candidateNotes, .applicationNotes: note
        case .applications: application
        case .feedback: feedback
        case .stages: stage
        case .entityACLs, .aclAssignees: entityACL
        case .jobTasks, .developerApplicationsSecurity, .me: nil
        case .exportedCandidates, .seats, .legacySeats, .conversationEvents, .mailStubs, .prospectNotes: nil
        }
    }

    /// An ACL is its key; the body's value is `{}` (modules-3-5, C.3).
    package static let entityACL = EntitySchema("EntityACL", [])

    /// A person by name: author of a note, interviewer.
    /// Source: sync-candidate-notes, sync-application-interview-feedback.
    package static let actor = EntitySchema(
        "Actor",
        [
            Field("firstName", .string(), .required, .documented("sync-candidate-notes")),
            Field("lastName", .string(), .required, .documented("sync-candidate-notes")),
        ])
}
