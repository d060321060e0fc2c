// SPDX-License-Identifier: Apache-2.0

import Domain
import Store

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
    /// Calls that LinkedIn answered with 429.
    var throttled = 0

    struct Pause: Sendable {
        /// nil: when somebody rings.
        var until: Millis?
    }
}

extension SendReport {
    var isEmpty: Bool { outcomes.isEmpty && unknownParents.isEmpty && throttled == 0 }

    /// Writes down what became of the batch, and adds it to the history.
    func settle(
        _ tx: StoreTransaction, _ customer: Int64, _ kind: RecordKind, at now: Millis, matchPollAfter: Duration
    ) throws {
        try tx.settle(outcomes, customer: customer, kind: kind, at: now, matchPollAfter: matchPollAfter)
        for parent in unknownParents { try tx.retry(customer: customer, key: parent, at: now) }
        var count = HistoryCount()
        for outcome in outcomes { count.count(outcome, at: now) }
        count.throttled = throttled
        try tx.addHistory(count, kind: kind, customer: customer, at: now)
    }
}
