// SPDX-License-Identifier: Apache-2.0

internal import Domain

/// The compiled language of one kind of record, with the slots that have a meaning of their own.
final class KindTable: Sendable {
    let kind: RecordKind
    let object: ObjectTable
    let id: Int
    let parent: Int?
    /// The member `type` of a bulk line.
    let type: Int
    let deleted: Int
    let created: Int?
    let updated: Int?

    private init(_ kind: RecordKind) {
        self.kind = kind
        let object = ObjectTable(
            name: kind.title, fields: ATSLanguage.fields(of: kind), schema: ATSLanguage.schema(of: kind),
            controls: [("type", .recordType), ("deleted", .flag)])
        self.object = object
        id = object.slot("id") ?? 0
        parent = kind.parent.flatMap { object.slot("\($0.rawValue)Id") }
        type = object.slot("type") ?? 0
        deleted = object.slot("deleted") ?? 0
        created = object.slot("createdAt")
        updated = object.slot("updatedAt")
    }

    static func of(_ kind: RecordKind) -> KindTable {
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

    private static let job = KindTable(.job)
    private static let candidate = KindTable(.candidate)
    private static let candidateNote = KindTable(.candidateNote)
    private static let application = KindTable(.application)
    private static let applicationNote = KindTable(.applicationNote)
    private static let stage = KindTable(.stage)
    private static let feedback = KindTable(.feedback)
    private static let acl = KindTable(.acl)
    private static let assignee = KindTable(.assignee)
}

extension RecordKind {
    /// What people call it, in a sentence.
    package var title: String {
        switch self {
        case .job: "job"
        case .candidate: "candidate"
        case .candidateNote: "candidate note"
        case .application: "application"
        case .applicationNote: "application note"
        case .stage: "stage"
        case .feedback: "interview feedback"
        case .acl: "ACL"
        case .assignee: "ACL member"
        }
    }
}
