// SPDX-License-Identifier: Apache-2.0

package import Domain

/// What recruiters did, as the engine asks LinkedIn for it: every method is one page and one call, and throws `PortFailure`.
package protocol RecruiterPort: Sendable {
    /// Seats of a contract; `isLegacy` asks the finder that was there before.
    func seats(contract: Int64, isLegacy: Bool, _ call: PullCall) async throws -> PulledPage<Seat>
    /// InMails of one seat, sent within the window.
    func inMails(seat: Int64, _ call: PullCall) async throws -> PulledPage<InMail>
    /// Profiles shared with some seats of a contract within the window.
    func sharedProfiles(contract: Int64, owners: [Int64], _ call: PullCall) async throws -> PulledPage<SharedProfile>
    /// Notes of some seats of a contract, changed within the window.
    func recruiterNotes(contract: Int64, owners: [Int64], _ call: PullCall) async throws -> PulledPage<RecruiterNote>
    /// Members who closed the account after they were exported.
    func closedAccounts(_ call: PullCall) async throws -> PulledPage<ClosedAccount>
}
