// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

extension JSONWriter {
    /// `"records": {type: counts}` and `"idle"`.
    ///
    /// Idle means that the engine has nothing to do: nothing is due and LinkedIn works on nothing. A record that waits
    /// for a parent nobody sent does not count, because no time will move it; it is shown under `waiting`.
    mutating func tallies(_ tallies: [RecordKind: Tally]) {
        name("records")
        beginObject()
        for kind in RecordKind.allCases {
            let tally = tallies[kind] ?? Tally()
            name(kind.rawValue)
            beginObject()
            let counts = [
                ("desired", tally.desired), ("observed", tally.observed), ("due", tally.due),
                ("rejected", tally.rejected),
                ("waiting", tally.waiting), ("confirming", tally.confirming), ("deleting", tally.deleting),
                ("matched", tally.matched),
            ]
            for (name, count) in counts { member(name, count) }
            endObject()
        }
        endObject()
        member("idle", tallies.values.allSatisfy { $0.due == 0 && $0.confirming == 0 })
    }

    mutating func pause(_ since: Millis?) {
        name("pausedAt")
        if let since { string(since.iso8601) } else { null() }
    }

    mutating func rejection(_ rejection: Rejection) {
        beginObject()
        recordKey(rejection.key)
        member("code", rejection.reason.code.rawValue)
        member("message", rejection.reason.message)
        member("at", rejection.at)
        if let id = rejection.requestID { member("requestId", id) }
        endObject()
    }

    mutating func budgets(_ budgets: [BudgetReport]) {
        beginArray()
        for budget in budgets {
            beginObject()
            member("group", budget.group)
            spent("recordsLastMinute", budget.recordsLastMinute, of: budget.recordsPerMinute)
            spent("requestsToday", budget.requestsToday, of: budget.requestsPerDay)
            member("dayEndsAt", budget.dayEndsAt)
            endObject()
        }
        endArray()
    }

    private mutating func spent(_ name: String, _ spent: Int, of limit: Int?) {
        self.name(name)
        beginObject()
        member("spent", spent)
        self.name("limit")
        if let limit { int(Int64(limit)) } else { null() }
        endObject()
    }
}

extension IntegrationState {
    /// The state's name in our API.
    var name: String {
        switch self {
        case .pending: "pending"
        case .requested: "requested"
        case .enabled: "enabled"
        case .disabled: "disabled"
        }
    }
}
