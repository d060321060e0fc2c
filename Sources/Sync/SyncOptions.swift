// SPDX-License-Identifier: Apache-2.0

package import Domain
package import LinkedIn

/// How the engine behaves. The defaults are LinkedIn's published limits and a pace that suits production.
package struct SyncOptions: Sendable {
    package var pace: Pace = .linkedIn
    package var quotas: Quotas = .documented
    /// Calls that may be under way at once, all customers together.
    package var callsAtOnce = 16
    /// After this long a call has been given up; a restart reckons with it (`Budget.resumed`).
    package var longestCall: Duration = .seconds(60)
    /// A lane with nothing to do looks again after this long, so that what another process stored is found.
    package var idlePoll: Duration = .seconds(2)
    package var leaseLifetime: Duration = Lease.lifetime
    /// Unique per process and start.
    package var holder: String
    /// Where LinkedIn reaches us, without a trailing slash: `https://sync.example.com`. Without it no CALLBACK_URL is set.
    package var callbackBase: String?
    /// 0 ≤ value < 1, spreads retries.
    package var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    package init(holder: String, callbackBase: String? = nil) {
        self.holder = holder
        self.callbackBase = callbackBase
    }

    /// When things are looked at again.
    package struct Pace: Sendable {
        package var jobTasks: PollSchedule
        package var matches: PollSchedule
        package var integrationsPending: PollSchedule
        package var integrationsEnabled: PollSchedule
        /// What recruiters do.
        package var pulls: PullPace

        package init(
            jobTasks: PollSchedule, matches: PollSchedule, integrationsPending: PollSchedule,
            integrationsEnabled: PollSchedule, pulls: PullPace
        ) {
            self.jobTasks = jobTasks
            self.matches = matches
            self.integrationsPending = integrationsPending
            self.integrationsEnabled = integrationsEnabled
            self.pulls = pulls
        }

        package static let linkedIn = Self(
            jobTasks: .jobTasks, matches: .matches, integrationsPending: .integrationsPending,
            integrationsEnabled: .integrationsEnabled, pulls: .linkedIn)
        package static let sandbox = Self(
            jobTasks: .sandboxJobTasks, matches: .sandboxMatches, integrationsPending: .sandboxIntegrationsPending,
            integrationsEnabled: .sandboxIntegrationsEnabled, pulls: .sandbox)
    }

    /// Which limits are kept.
    package enum Quotas: Sendable {
        case documented
        /// For measuring against a sandbox that counts nothing.
        case off
        /// The documented ones, with these in place of some.
        case overridden([EndpointGroup: Budget.Limits])

        package func limits(of group: EndpointGroup) -> Budget.Limits {
            switch self {
            case .off: .none
            case .documented: Budget.Limits(group.quota)
            case .overridden(let own): own[group] ?? Budget.Limits(group.quota)
            }
        }
    }
}

extension Budget.Limits {
    package init(_ quota: Quota) {
        self.init(
            recordsPerMinute: quota.recordsPerMinute, recordsPerDay: quota.recordsPerDay,
            requestsPerDay: quota.requestsPerDay)
    }
}

extension RecordKind {
    /// The group of endpoints whose quota records of this kind spend.
    package var group: EndpointGroup { resource.group }

    /// Where such records live at LinkedIn.
    package var resource: Resource {
        switch self {
        case .job: .jobs
        case .candidate: .candidates
        case .candidateNote: .candidateNotes
        case .application: .applications
        case .applicationNote: .applicationNotes
        case .stage: .stages
        case .feedback: .feedback
        case .acl: .entityACLs
        case .assignee: .aclAssignees
        }
    }
}
