// SPDX-License-Identifier: Apache-2.0

/// That a member agreed to share contact data with the first reply to a recruiter's InMail.
struct MailStub: Sendable, Hashable {
    var number: Int64
    var contract: Int64
    /// Whose InMail it was.
    var seat: Int64
    var created: Moment
    var member: Int64
}
