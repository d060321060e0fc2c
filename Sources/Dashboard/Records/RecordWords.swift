// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

extension RecordKind {
    /// As pages call one of them.
    var label: String {
        switch self {
        case .job: "Job"
        case .candidate: "Candidate"
        case .candidateNote: "Candidate note"
        case .application: "Application"
        case .applicationNote: "Application note"
        case .stage: "Stage"
        case .feedback: "Feedback"
        case .acl: "Job group"
        case .assignee: "Group member"
        }
    }

    /// As pages call many of them.
    var plural: String {
        switch self {
        case .stage: "Stages"
        case .feedback: "Feedback"
        case .job, .candidate, .candidateNote, .application, .applicationNote, .acl, .assignee: label + "s"
        }
    }
}

extension RecordState {
    /// The word of the API and the command line, coloured.
    var badge: Badge {
        switch self {
        case .synced: Badge(.good, "synced")
        case .due: Badge(.info, "due")
        case .confirming: Badge(.info, "confirming")
        case .waiting: Badge(.warn, "waiting")
        case .rejected: Badge(.bad, "rejected")
        }
    }
}

extension RecordFilter {
    var label: String {
        switch self {
        case .wanted: "Wanted"
        case .held: "At LinkedIn"
        case .synced: "Synced"
        case .due: "Due"
        case .confirming: "Confirming"
        case .waiting: "Waiting"
        case .rejected: "Rejected"
        case .deleting: "To be deleted"
        }
    }

    /// What is counted, for whoever points at it.
    var hint: String {
        switch self {
        case .wanted: "what the ATS wants at LinkedIn"
        case .held: "what LinkedIn has some version of"
        case .synced: "LinkedIn has exactly what the ATS last said"
        case .due: "to be sent or deleted next"
        case .confirming: "LinkedIn took it and works on it"
        case .waiting: "its parent is not at LinkedIn yet"
        case .rejected: "LinkedIn refused it"
        case .deleting: "the ATS deleted it, LinkedIn still has it"
        }
    }

    /// How many there are; nil when nobody counts them.
    func count(_ tally: Tally) -> Int? {
        switch self {
        case .wanted: tally.desired
        case .held: tally.observed
        case .synced: nil
        case .due: tally.due
        case .confirming: tally.confirming
        case .waiting: tally.waiting
        case .rejected: tally.rejected
        case .deleting: tally.deleting
        }
    }

    var tone: Tone {
        switch self {
        case .rejected: .bad
        case .waiting: .warn
        case .held: .good
        case .wanted, .synced, .due, .confirming, .deleting: .quiet
        }
    }
}

extension RecordKey {
    /// The record's page. Ids are in the query, because an id may be `..`, which browsers take out of a path.
    func path(of customer: CustomerID, _ below: String = "") -> String {
        "/ui/customers/\(customer)/records/one\(below)?" + fields.query()
    }

    /// As a form sends it.
    var fields: FormFields {
        var pairs = [(name: "type", value: kind.rawValue), (name: "id", value: id)]
        if !parent.isEmpty { pairs.append((name: "parent", value: parent)) }
        return FormFields(pairs)
    }

    /// From a form or a query.
    init?(_ fields: FormFields) {
        guard let kind = fields["type"].flatMap(RecordKind.init(rawValue:)), let id = fields.exact("id"), !id.isEmpty
        else { return nil }
        self.init(kind, parent: kind.parent == nil ? "" : fields.exact("parent") ?? "", id: id)
    }

    /// What it belongs to, when that is a record of its own.
    var owner: RecordKey? {
        guard let kind = kind.owner, !parent.isEmpty else { return nil }
        return RecordKey(kind, id: parent)
    }
}

/// A web address that somebody typed, fit to be a link: nothing but http and https.
enum OutsideLink {
    static func href(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2_000,
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
        else { return nil }
        let folded = text.prefix(8).lowercased()
        return folded.hasPrefix("https://") || folded.hasPrefix("http://") ? text : nil
    }
}

extension LocalPath {
    /// A path with a query made of anything: percent-encoded, so always local.
    static func page(_ path: String) -> LocalPath { LocalPath(path) ?? "/ui" }
}
