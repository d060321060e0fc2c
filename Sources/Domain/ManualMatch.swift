// SPDX-License-Identifier: Apache-2.0

/// A choice to write to LinkedIn: the member that a candidate is.
package struct ManualMatch: Hashable, Sendable {
    /// The candidate's id in the ATS.
    package var candidate: String
    /// The person URN; nil: the choice is to be taken back.
    package var person: String?
    /// Calls that failed already.
    package var attempts: Int
    /// The candidate's row and what it was when the choice was claimed.
    package var rid: Int64
    package var revision: Int64

    /// What became of writing it.
    package enum Result: Hashable, Sendable {
        case written
        case refused(String)
        case retry(at: Millis, String)
    }

    package init(candidate: String, person: String?, attempts: Int, rid: Int64, revision: Int64) {
        self.candidate = candidate
        self.person = person
        self.attempts = attempts
        self.rid = rid
        self.revision = revision
    }
}
