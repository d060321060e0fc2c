// SPDX-License-Identifier: Apache-2.0

/// Which records go to LinkedIn before which. Decisions only; `Sync` acts on them.
///
/// Order inside a customer (design, section 4): jobs, candidates, candidate notes, applications, then application notes, stages and feedback,
/// then the jobs' groups and the groups' members.
/// No referential check is documented at LinkedIn, but a record whose parent is unknown is invisible or refused (protocol reference 9, items 27, 28).
package enum Plan {
    package enum Verb: String, Hashable, Sendable, CaseIterable {
        case put
        case delete
    }

    /// What must be at LinkedIn before a record of this kind may go.
    package static func parents(of kind: RecordKind) -> [RecordKind] {
        switch kind {
        case .job, .candidate, .assignee: []
        case .candidateNote: [.candidate]
        case .application: [.job, .candidate]
        case .applicationNote, .stage, .feedback: [.application]
        case .acl: [.job]
        }
    }

    /// What may wait for a record of this kind.
    package static func children(of kind: RecordKind) -> [RecordKind] {
        RecordKind.allCases.filter { parents(of: $0).contains(kind) }
    }

    /// Whom a settled call may have set free: after a put the children, after a deletion the parents.
    ///
    /// A group leaves a deleted job last, and another group may take a member whom one has left.
    package static func released(by verb: Verb, of kind: RecordKind) -> [RecordKind] {
        switch (verb, kind) {
        case (.put, _): children(of: kind)
        case (.delete, .job): [.acl]
        case (.delete, .assignee): [.assignee]
        case (.delete, _): parents(of: kind)
        }
    }

    /// The order in which a single worker visits the lanes of a customer.
    package static func order(for verb: Verb) -> [RecordKind] {
        verb == .put ? RecordKind.allCases : RecordKind.allCases.reversed()
    }

    /// What a lane asks for first: the other thing than last time, so that neither history nor deletions starve.
    package static func turn(after last: Verb?) -> [Verb] {
        last == .delete ? [.put, .delete] : [.delete, .put]
    }
}
