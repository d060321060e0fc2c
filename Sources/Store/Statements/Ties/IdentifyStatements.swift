// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Finds out which candidate a member of LinkedIn is, and makes the tie: by person URN, then by profile URL, then by e-mail. Whoever
    /// only has the same name and company is suggested to the ATS, as is a candidate that is somebody else by a surer reason.
    ///
    /// The index of traces must be up to date, or the last minutes' candidates are not found by URL and e-mail.
    ///
    /// - Returns: the tie there is now, and the candidates that were suggested now or before.
    package func identify(_ member: CandidateTraces, person: String, customer: Int64, at now: Millis) throws -> (
        tie: PersonTie?, suggested: [String]
    ) {
        if let known = try candidate(ofPerson: person, customer: customer) {
            // Kept, so that it stays when LinkedIn's matching changes its mind.
            try tie(
                person: person, to: known.candidate, how: known.source, reasons: [Self.reason(known.source)],
                customer: customer, at: now)
            return (known, [])
        }
        let alike = try candidates(like: member, customer: customer)
        for (source, isMeant) in Self.rules(member, person: person) {
            for candidate in alike where isMeant(candidate.traces) {
                let others = try persons(ofCandidate: candidate.id, customer: customer)
                if others.contains(where: { $0.person != person && $0.source <= source }) {
                    try suggestTie(
                        person: person, candidate: candidate.id,
                        reasons: [Self.reason(source), "the candidate is tied to another member"], customer: customer,
                        at: now)
                    continue
                }
                let isTied = try tie(
                    person: person, to: candidate.id, how: source, reasons: [Self.reason(source)], customer: customer,
                    at: now)
                if isTied { return (PersonTie(person: person, candidate: candidate.id, source: source, at: now), []) }
            }
        }
        for candidate in alike
        where member.nameAndCompany != nil && candidate.traces.nameAndCompany == member.nameAndCompany {
            try suggestTie(
                person: person, candidate: candidate.id, reasons: ["the same name and the same company"],
                customer: customer, at: now)
        }
        let open = try suggestions(customer: customer, person: person, limit: 20)
        return (nil, open.map(\.candidate))
    }

    private static func rules(_ member: CandidateTraces, person: String) -> [(TieSource, (CandidateTraces) -> Bool)] {
        [
            (.manualMatch, { $0.person == person }),
            (.profileURL, { member.profile != nil && $0.profile == member.profile }),
            (.email, { !$0.emails.isDisjoint(with: member.emails) }),
        ]
    }

    private static func reason(_ source: TieSource) -> String {
        switch source {
        case .ats: "the ATS said so"
        case .manualMatch: "somebody chose the member for the candidate"
        case .match: "LinkedIn matched the candidate to the member"
        case .profileURL: "the same LinkedIn profile"
        case .email: "the same e-mail address"
        }
    }
}
