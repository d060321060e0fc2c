// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// The kinds of record an ATS stores at LinkedIn. The number is the one in the world's file.
package enum EntityKind: Int64, Sendable, CaseIterable {
    case job = 1
    case candidate = 2
    case candidateNote = 3
    case application = 4
    case applicationNote = 5
    case stage = 6
    case feedback = 7

    /// - Returns: nil for resources that store no records of an ATS.
    package init?(_ resource: Resource) {
        switch resource {
        case .jobs: self = .job
        case .candidates: self = .candidate
        case .candidateNotes: self = .candidateNote
        case .applications: self = .application
        case .applicationNotes: self = .applicationNote
        case .stages: self = .stage
        case .feedback: self = .feedback
        default: return nil
        }
    }

    /// The name in the control API's `state`: that of the resource.
    package var name: String { resource.rawValue }

    package init?(name: String) {
        guard let resource = Resource(rawValue: name) else { return nil }
        self.init(resource)
    }

    package var resource: Resource {
        switch self {
        case .job: .jobs
        case .candidate: .candidates
        case .candidateNote: .candidateNotes
        case .application: .applications
        case .applicationNote: .applicationNotes
        case .stage: .stages
        case .feedback: .feedback
        }
    }

    /// The kind a record of this kind hangs on.
    package var parent: EntityKind? {
        switch self {
        case .candidateNote: .candidate
        case .applicationNote, .stage, .feedback: .application
        case .job, .candidate, .application: nil
        }
    }

    /// What goes when a record of this kind is deleted (data-deletion page and the collection's README: documented).
    package var children: [EntityKind] { Self.allCases.filter { $0.parent == self } }
}
