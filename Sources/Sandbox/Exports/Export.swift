// SPDX-License-Identifier: Apache-2.0

/// A member's profile that a recruiter exported to a job of the ATS. Source: retrieve-exported-candidates (modules 3–5,
/// A.5).
struct Export: Sendable, Hashable {
    /// The id of the push notification, and what the ATS asks with.
    var requestID: String
    var tenancy: Int64
    var member: Int64
    /// The ATS's id.
    var job: String
    /// Of the recruiter who exported.
    var seat: Int64
    var created: Moment
    /// From then on the ATS finds nothing under the id.
    var expires: Moment
    /// When the ATS first asked for it.
    var fetched: Moment?

    /// What the push notification is called [doc: retrieve-exported-candidates].
    static let pushType = "EXPORT_CANDIDATE_PROFILE"
}

extension Moment {
    /// Calendar months since January 1970, UTC: exports are counted per month. UNVERIFIED: that LinkedIn means the
    /// calendar month (J-6).
    var utcMonth: Int64 {
        // Days since 0000-03-01, so that the leap day is the last of its year; then by era of 400 years.
        let days = utcDay + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let day = days - era * 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        return (year + era * 400 - 1970) * 12 + monthFromMarch + 2
    }
}
