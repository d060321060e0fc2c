// SPDX-License-Identifier: Apache-2.0

/// A member whom a recruiter exported to a job of the ATS.
package struct CandidateExport: Hashable, Sendable {
    /// LinkedIn's id of the request; the same member exported to another job is another one.
    package var request: String
    /// `urn:li:person:…`
    package var person: String
    /// The ATS's job, as the recruiter chose it.
    package var job: String?
    /// The ATS's candidate: tied, or the ATS's answer; nil until one is known.
    package var candidate: String?
    /// The ATS's application of that candidate to that job, when there is one.
    package var application: String?
    /// How the candidate was found.
    package var tiedBy: TieSource?
    /// The member's profile in our API's words, one JSON object; nil once it was erased.
    package var profile: [UInt8]?
    package var at: Millis
    package var answeredAt: Millis?

    package init(
        request: String, person: String, job: String?, candidate: String? = nil, application: String? = nil,
        tiedBy: TieSource? = nil, profile: [UInt8]?, at: Millis, answeredAt: Millis? = nil
    ) {
        self.request = request
        self.person = person
        self.job = job
        self.candidate = candidate
        self.application = application
        self.tiedBy = tiedBy
        self.profile = profile
        self.at = at
        self.answeredAt = answeredAt
    }

    package enum State: String, CaseIterable, Sendable {
        /// Nobody knows the candidate yet: the ATS shall answer.
        case open
        /// The candidate is known.
        case tied
    }

    package var state: State { candidate == nil ? .open : .tied }
}
