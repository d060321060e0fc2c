// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile

/// Who a candidate is on LinkedIn, as the profile plugin sees it. Source: modules 3–5, B.1; that a person's choice comes before the
/// algorithm's is inferred (modules 1–2, section 9, row 22).
struct CandidateMatch: Sendable {
    var member: Member
    /// Chosen by a person, and not found by the algorithm.
    var isManual: Bool
    /// Others that the algorithm found.
    var others: [Member] = []

    /// - Returns: nil when LinkedIn knows nobody who is this candidate.
    static func find(
        _ candidate: StoredEntity, _ place: EntityPlace, _ core: SandboxCore, _ tenant: Tenant, _ tx: SQLTransaction
    )
        throws -> CandidateMatch?
    {
        if let number = candidate.manual.flatMap(core.personIDs(application: tenant.application).member(ofURN:)),
            let member = try tx.member(number: number)
        {
            // Who closed the account has no profile to show.
            return member.closed == nil ? CandidateMatch(member: member, isManual: true) : nil
        }
        let unlinked = try tx.unlinkedMembers(place)
        let found = try tx.matchedMembers(
            candidate, delay: .seconds(core.settings.switches.matchSeconds), at: core.clock.now()
        ).filter { !unlinked.contains($0) }.compactMap { try tx.member(number: $0) }
        return found.first.map { CandidateMatch(member: $0, isManual: false, others: Array(found.dropFirst())) }
    }
}
