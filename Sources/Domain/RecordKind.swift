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
        }
    }

    package init?(number: Int64) {
        guard let kind = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = kind
    }

    /// The kind whose id a child's key carries in front of its own (a note's candidate, a stage's application).
    package var parent: RecordKind? {
        switch self {
        case .job, .candidate, .application: nil
        case .candidateNote: .candidate
        case .applicationNote, .stage, .feedback: .application
        }
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
}
