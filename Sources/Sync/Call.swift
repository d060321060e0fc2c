// SPDX-License-Identifier: Apache-2.0

import Domain

/// Records that go to LinkedIn in one call: one kind, one verb, one parent.
struct Call: Sendable {
    var verb: Plan.Verb
    var parent: String
    var records: [DueRecord]

    /// Splits what was claimed into calls, in the order claimed.
    ///
    /// Notes, stages and feedback live under their parent's path (protocol reference 4.3, 4.5–4.7), so each parent is a call of its own.
    /// Permissions have all of their key in one place, so any of them go together.
    static func split(_ records: [DueRecord], verb: Plan.Verb, most: Int) -> [Call] {
        var calls: [Call] = []
        var open: [String: Int] = [:]
        for record in records {
            let parent = record.key.kind.isPermission ? "" : record.key.parent
            if let index = open[parent], calls[index].records.count < most {
                calls[index].records.append(record)
            } else {
                open[parent] = calls.count
                calls.append(Call(verb: verb, parent: parent, records: [record]))
            }
        }
        return calls
    }

    var halves: [Call] {
        let middle = records.count / 2
        return [
            Call(verb: verb, parent: parent, records: Array(records[..<middle])),
            Call(verb: verb, parent: parent, records: Array(records[middle...])),
        ]
    }
}

/// What sending some calls came to.
struct SendReport: Sendable {
    var outcomes: [Outcome] = []
    /// Parents that LinkedIn does not know although we thought so.
    var unknownParents: Set<RecordKey> = []
    /// Why the rest was not sent; nil when everything was.
    var pause: Pause?

    struct Pause: Sendable {
        /// nil: when somebody rings.
        var until: Millis?
    }
}
