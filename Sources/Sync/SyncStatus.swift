// SPDX-License-Identifier: Apache-2.0

package import Domain

/// Where one customer's synchronisation stands, for the API, the status page and `crosswalk sync status`.
package struct SyncStatus: Sendable {
    package var integration: IntegrationState
    /// Nothing is sent since then, because a person said so.
    package var pausedAt: Millis?
    package var records: [RecordKind: Tally]
    /// Nothing is to be sent, on the wire or being confirmed. Records may still wait for a parent that nobody sent or that was rejected.
    package var isIdle: Bool
    package var budgets: [BudgetLine]
    package var lanes: [LaneLine]
    /// How long the record that should have gone first is overdue; zero when nothing is.
    package var lag: Duration
    /// Whether this process works on the customer; false while another one does, or none yet.
    package var isWorkedHere: Bool

    package struct BudgetLine: Hashable, Sendable {
        /// `EndpointGroup.rawValue`.
        package var group: String
        package var usage: BudgetUsage
    }

    /// One lane that LinkedIn does not answer, or that waits.
    package struct LaneLine: Hashable, Sendable {
        package var group: String
        package var inFlight: Int
        /// When it goes on; nil when only new work makes it.
        package var nextAt: Millis?
        /// Five calls in a row failed: calls are tried ever less often.
        package var isCircuitOpen: Bool
        package var failures: Int
        package var reason: String?
    }
}

extension RecordStatus {
    /// Why it is where it is, in one sentence that also knows about the customer.
    package func because(_ integration: IntegrationState, lane: SyncStatus.LaneLine? = nil) -> String {
        guard state == .due else { return because }
        switch integration {
        case .pending:
            return
                "the customer's administrator has not asked for the integration in LinkedIn's configuration plugin yet"
        case .requested: return "the integration is not enabled in LinkedIn Recruiter yet"
        case .disabled:
            return "the integration was disabled in LinkedIn Recruiter; everything is sent again once it is enabled"
        case .enabled: break
        }
        if let lane, lane.isCircuitOpen, let reason = lane.reason {
            return "LinkedIn does not take calls at the moment: \(reason)"
        }
        return because
    }
}
