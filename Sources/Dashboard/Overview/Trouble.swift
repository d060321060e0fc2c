// SPDX-License-Identifier: Apache-2.0

import Domain
import LinkedIn
import Store
import Sync
import Web

/// What of a customer wants attention first, and where it is mended. Pure.
struct Trouble: Hashable, Sendable {
    /// The order on the page: the worst first.
    enum Rank: Int, Sendable, Comparable {
        case bad, warn, onboarding, well, over

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    var rank: Rank
    var sentence: String
    var link: Link?

    /// A change that should have gone this long ago is late.
    static let patience: Duration = .seconds(900)

    /// - Parameters:
    ///   - lanes: how LinkedIn answers, as far as this process knows.
    ///   - spent: the endpoint groups whose quota of today is used up.
    static func of(_ glance: Glance, lanes: [SyncStatus.LaneLine] = [], spent: [EndpointGroup] = [], at now: Millis)
        -> Self
    {
        let customer = glance.customer
        let base = "/ui/customers/\(customer.id)"
        switch glance.ending {
        case .ended:
            return Self(rank: .over, sentence: "The contract has ended.", link: Link("Receipt", base + "/disconnect"))
        case .going:
            return Self(
                rank: .over, sentence: "Everything of it is being erased.",
                link: Link("Progress", base + "/disconnect"))
        case .no: break
        }
        if customer.status == .disabled {
            return Self(
                rank: .bad, sentence: "The integration was switched off in Recruiter: nothing is sent.",
                link: Link("What to do", base))
        }
        if let lane = lanes.first(where: \.isCircuitOpen) {
            let reason = lane.reason.map { ": \($0)" } ?? "."
            return Self(
                rank: .bad, sentence: "LinkedIn does not take calls (\(lane.group))\(reason)",
                link: Link("Sync", base + "/sync"))
        }
        if glance.tally.rejected > 0 {
            let verb = glance.tally.rejected == 1 ? "was" : "were"
            return Self(
                rank: .bad,
                sentence: "\(Wording.count(glance.tally.rejected, "record")) \(verb) refused by LinkedIn.",
                link: Link("See why", base + "/rejected"))
        }
        if let since = customer.pausedAt {
            return Self(
                rank: .warn, sentence: "Sending is paused since \(Wording.time(since.value)) UTC.",
                link: Link("Resume", base + "/sync"))
        }
        if let group = spent.first {
            return Self(
                rank: .warn, sentence: "Today's quota for \(group.rawValue) is used up; it goes on at 00:00 UTC.",
                link: Link("Quotas", base + "/sync"))
        }
        if let oldest = glance.oldestDue, now - oldest > patience {
            return Self(
                rank: .warn, sentence: "The oldest change waits since \(Wording.time(oldest.value)) UTC.",
                link: Link("Sync", base + "/sync"))
        }
        switch customer.status {
        case .pending:
            return Self(
                rank: .onboarding, sentence: "Its administrator has not asked for the integration yet.",
                link: Link("Go on", base))
        case .requested:
            return Self(
                rank: .onboarding, sentence: "Asked for, and not enabled in Recruiter yet.", link: Link("Go on", base))
        case .enabled, .disabled: break
        }
        if glance.tally.due > 0 || glance.tally.confirming > 0 {
            let open = glance.tally.due + glance.tally.confirming
            return Self(rank: .well, sentence: "\(Wording.count(open, "record")) on the way.", link: nil)
        }
        return Self(rank: .well, sentence: glance.tally.desired == 0 ? "Nothing was sent to us yet." : "All is well.")
    }
}

extension Customer {
    /// The state of the customer as every page shows it.
    func badge(_ ending: Glance.Ending = .no) -> Badge {
        switch (ending, status) {
        case (.ended, _): Badge(.quiet, "ended")
        case (.going, _): Badge(.warn, "ending")
        case (_, .disabled): Badge(.bad, "disabled")
        case _ where pausedAt != nil: Badge(.warn, "paused")
        case (_, .pending): Badge(.quiet, "pending")
        case (_, .requested): Badge(.info, "requested")
        case (_, .enabled): Badge(.good, "enabled")
        }
    }
}
