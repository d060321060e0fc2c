// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Web

/// How one customer stands now: what the first page, the customer's page and the one about sending all start from.
struct Standing: Sendable {
    var glance: Glance
    /// How LinkedIn answers, as far as this process knows.
    var lanes: [SyncStatus.LaneLine]
    /// What was spent of today's quotas, by the name of the endpoint group.
    var spent: [String: Spend]
    var trouble: Trouble

    var customer: Customer { glance.customer }
    var badge: Badge { customer.badge(glance.ending) }

    /// Groups whose quota sending can use up.
    static let groups = Array(Set(RecordKind.allCases.map(\.group))).sorted { $0.rawValue < $1.rawValue }

    /// - Throws: `DashboardProblem` when the customer is gone.
    static func read(
        _ customer: Customer, _ parts: Dashboard.Parts, _ tx: StoreTransaction, groups: [EndpointGroup] = groups,
        at now: Millis
    ) throws -> Self {
        guard let glance = try tx.glance(customer: customer.number, at: now) else {
            throw DashboardProblem.unknownCustomer
        }
        return Self(glance, parts, spent: try tx.spent(customer.number, of: groups, at: now), at: now)
    }

    /// Every customer. What was spent is read only where something waits for a quota: only there can one be missing.
    static func all(_ parts: Dashboard.Parts, _ tx: StoreTransaction, at now: Millis) throws -> [Self] {
        try tx.glances(at: now).map { glance in
            let isBusy = glance.oldestDue != nil
            return Self(
                glance, parts, spent: isBusy ? try tx.spent(glance.customer.number, of: groups, at: now) : [:], at: now)
        }
    }

    private init(_ glance: Glance, _ parts: Dashboard.Parts, spent: [String: Spend], at now: Millis) {
        self.glance = glance
        self.spent = spent
        lanes = parts.lanes(glance.customer.number)
        let usedUp = Self.groups.filter { spent[$0.rawValue]?.isUsedUp(parts.quotas.limits(of: $0)) ?? false }
        trouble = Trouble.of(glance, lanes: lanes, spent: usedUp, at: now)
    }
}

extension StoreTransaction {
    /// What a customer spent of today's quotas, by the name of the endpoint group.
    func spent(_ customer: Int64, of groups: [EndpointGroup], at now: Millis) throws -> [String: Spend] {
        try spentToday(customer: customer, groups: groups.map(\.rawValue), day: now.utcDay)
    }
}

extension Spend {
    /// Whether a limit of the day is reached.
    func isUsedUp(_ limits: Budget.Limits) -> Bool { left(of: limits).contains { $0.left == 0 } }

    /// What is left of the limit of the day that is nearest to its end; nil without such a limit.
    func percentLeft(of limits: Budget.Limits) -> Int? {
        left(of: limits).map { $0.left * 100 / max(1, $0.limit) }.min()
    }

    private func left(of limits: Budget.Limits) -> [(left: Int, limit: Int)] {
        [(requests, limits.requestsPerDay), (records, limits.recordsPerDay)].compactMap { spent, limit in
            limit.map { (max(0, $0 - spent), $0) }
        }
    }
}

extension LagHistogram {
    /// `2 s · 14 s`: half of the changes, and 19 of 20.
    var words: String {
        guard let half = percentile(0.5), let most = percentile(0.95) else { return "–" }
        return Wording.duration(milliseconds: half.milliseconds) + " · "
            + Wording.duration(milliseconds: most.milliseconds)
    }
}
