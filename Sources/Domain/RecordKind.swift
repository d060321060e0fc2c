// SPDX-License-Identifier: Apache-2.0

/// What a record is. The raw value is the name in our API, in mapping files, in metrics and in `sync status`.
///
/// The order of the cases is the order in which records go to LinkedIn, because a child waits for its parent; deletions run the other way.
package enum RecordKind: String, CaseIterable, Sendable, Comparable {
    case job
    case candidate
    case candidateNote
    case application
    case applicationNote
    case stage
    case feedback
    /// A job's group: only the group's members may see the job.
    case acl
    /// A group's member. The ATS names the group and its *user*; the record that LinkedIn gets, and its key, name the group and the
    /// *person* the user is bound to.
    case assignee

    /// The number that stands for the kind in the database. Never reuse or renumber.
    package var number: Int64 {
        switch self {
        case .job: 1
        case .candidate: 2
        case .candidateNote: 3
        case .application: 4
        case .applicationNote: 5
        case .stage: 6
        case .feedback: 7
        case .acl: 8
        case .assignee: 9
        }
    }

    package init?(number: Int64) {
        guard let kind = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = kind
    }

    /// The kind whose id a child's key carries in front of its own (a note's candidate, a stage's application, an assignee's group).
    package var parent: RecordKind? {
        switch self {
        case .job, .candidate, .application: nil
        case .candidateNote: .candidate
        case .applicationNote, .stage, .feedback: .application
        case .acl: .job
        case .assignee: .acl
        }
    }

    /// The kind of the one record that it belongs to: that must be at LinkedIn first, and takes it along when it goes.
    ///
    /// A group is no record of its own, it is an id that many jobs may carry: an assignee belongs to none of them, and LinkedIn takes
    /// it with or without them (modules-3-5, C.4, inferred).
    package var owner: RecordKind? { self == .assignee ? nil : parent }

    /// Its key is all it is, and it belongs under nobody's path.
    package var isPermission: Bool { self == .acl || self == .assignee }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
}
