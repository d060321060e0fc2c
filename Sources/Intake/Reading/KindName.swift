// SPDX-License-Identifier: Apache-2.0

package import Domain

/// The word for a kind of record, as people write it: `candidates`, `job_application`, `note`.
package enum KindName: Hashable, Sendable {
    case kind(RecordKind)
    /// Of a candidate or of an application; the parent's id tells.
    case note

    /// - Returns: nil for a word that means no kind. Case, spaces, `-`, `_` and a plural s do not matter.
    package init?(_ word: String) {
        if let kind = RecordKind(rawValue: word) {
            self = .kind(kind)
            return
        }
        guard word.utf8.count <= 64 else { return nil }
        var folded = ChoiceTable.fold(word)
        if folded.hasSuffix("s") { folded.removeLast() }
        switch folded {
        case "job", "jobposting", "jobrequisition", "requisition", "vacancy", "vacancie": self = .kind(.job)
        case "candidate": self = .kind(.candidate)
        case "candidatenote": self = .kind(.candidateNote)
        case "application", "jobapplication": self = .kind(.application)
        case "applicationnote", "jobapplicationnote": self = .kind(.applicationNote)
        case "stage", "applicationstage", "jobapplicationstage": self = .kind(.stage)
        case "feedback", "interviewfeedback", "applicationfeedback": self = .kind(.feedback)
        case "acl", "entityacl", "jobacl": self = .kind(.acl)
        case "assignee", "member", "aclmember", "aclassignee": self = .kind(.assignee)
        case "note": self = .note
        default: return nil
        }
    }

    func covers(_ kind: RecordKind) -> Bool {
        switch self {
        case .kind(let named): named == kind
        case .note: kind == .candidateNote || kind == .applicationNote
        }
    }

    /// Every kind's name, for messages.
    static let known = RecordKind.allCases.map(\.rawValue).joined(separator: ", ")
}
