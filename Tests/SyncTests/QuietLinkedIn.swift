// SPDX-License-Identifier: Apache-2.0

import Domain
import Sync

/// A far side where nobody exports and nobody recruits, unless it says otherwise.
protocol QuietLinkedIn: LinkedInPort {}

extension QuietLinkedIn {
    func exports(request: String) async throws -> [PortExport] { [] }
    func integrations(request: String) async throws -> [PortIntegration] { [] }
    func choose(_ choices: [(candidate: String, person: String?)]) async throws -> [PortAnswer] {
        choices.map { _ in PortAnswer(status: 204) }
    }

    func seats(contract: Int64, isLegacy: Bool, _ call: PullCall) async throws -> PulledPage<Seat> { .empty }
    func inMails(seat: Int64, _ call: PullCall) async throws -> PulledPage<InMail> { .empty }
    func sharedProfiles(contract: Int64, owners: [Int64], _ call: PullCall) async throws -> PulledPage<SharedProfile> {
        .empty
    }
    func recruiterNotes(contract: Int64, owners: [Int64], _ call: PullCall) async throws -> PulledPage<RecruiterNote> {
        .empty
    }
    func closedAccounts(_ call: PullCall) async throws -> PulledPage<ClosedAccount> { .empty }
}

extension PulledPage {
    fileprivate static var empty: Self { Self(items: [], elements: 0, first: nil, last: nil) }
}
