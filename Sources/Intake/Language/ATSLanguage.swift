// SPDX-License-Identifier: Apache-2.0

package import Domain
package import LinkedIn

/// The language in which an ATS tells us its records: one table per kind.
package enum ATSLanguage {
    /// The fields of a record of that kind, key parts first. A test compares `docs/ats-fields.md` with them.
    package static func fields(of kind: RecordKind) -> [ATSField] {
        switch kind {
        case .job: job
        case .candidate: candidate
        case .candidateNote: candidateNote
        case .application: application
        case .applicationNote: applicationNote
        case .stage: stage
        case .feedback: feedback
        case .acl: acl
        case .assignee: assignee
        }
    }

    /// What LinkedIn's side of that kind looks like.
    package static func schema(of kind: RecordKind) -> EntitySchema {
        switch kind {
        case .job: Catalogue.job
        case .candidate: Catalogue.candidate
        case .candidateNote, .applicationNote: Catalogue.note
        case .application: Catalogue.application
        case .stage: Catalogue.stage
        case .feedback: Catalogue.feedback
        case .acl, .assignee: Catalogue.entityACL
        }
    }

    /// The field that `spelling` names: by its name, an alias, or either in snake_case.
    package static func field(_ spelling: String, of kind: RecordKind) -> ATSField? {
        fields(of: kind).first { $0.spellings.contains(spelling) }
    }

    /// The known field that a wrong name most probably means; nil when none is near.
    package static func nearest(to name: String, of kind: RecordKind) -> String? {
        NearestName.find(name, among: fields(of: kind).flatMap { field in field.spellings.map { ($0, field.name) } })
    }

    /// LinkedIn's field name → ours, to show LinkedIn's complaints to people: `emailAddresses` → `email`.
    package static func name(forLinkedIn linkedIn: String, of kind: RecordKind) -> String? {
        for field in fields(of: kind) {
            if field.linkedIn == linkedIn { return field.name }
            if case .record(let record) = field.type, record.schema == nil,
                let inner = record.fields.first(where: { $0.linkedIn == linkedIn })
            {
                return "\(field.name).\(inner.name)"
            }
        }
        return nil
    }
}
