// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import SQLFile
import Store

/// What a customer spent of one of LinkedIn's quotas.
struct BudgetReport: Sendable {
    var group: String
    var recordsLastMinute: Int
    var recordsPerMinute: Int?
    var requestsToday: Int
    var requestsPerDay: Int?
    var dayEndsAt: Millis

    /// One report per endpoint group that has a quota.
    static func read(_ tx: SQLTransaction, customer: Int64, at now: Millis) throws -> [Self] {
        try EndpointGroup.allCases.compactMap { group in
            let quota = group.quota
            guard quota.requestsPerDay != nil || quota.recordsPerMinute != nil else { return nil }
            let spending = try tx.spending(customer: customer, group: group.rawValue, since: now - .seconds(60))
            return Self(
                group: group.rawValue, recordsLastMinute: spending.reduce(0) { $0 + $1.records },
                recordsPerMinute: quota.recordsPerMinute,
                requestsToday: try tx.requestsToday(customer: customer, group: group.rawValue, day: now.utcDay),
                requestsPerDay: quota.requestsPerDay, dayEndsAt: now.nextUTCMidnight)
        }
    }
}
