// SPDX-License-Identifier: Apache-2.0

import Domain
import Sync

/// Nobody recruits here.
extension ToyLinkedIn {
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
    static var empty: Self { Self(items: [], elements: 0, first: nil, last: nil) }
}
