// SPDX-License-Identifier: Apache-2.0

/// What a recruiter wrote down about a member.
struct RecruiterNote: Sendable, Hashable {
    /// Who sees it in Recruiter; a vendor receives only what the organization sees [third party].
    enum Visibility: String, CaseIterable, Sendable {
        case organization = "ORGANIZATION"
        case onlyAuthor = "PRIVATE"
    }

    var number: Int64
    var contract: Int64
    var seat: Int64
    var member: Int64
    var text: String
    var visibility: Visibility
    /// False once deleted [documented: the reader then deletes it too].
    var isActive: Bool
    var created: Moment
    /// Of the last edit, or of the deletion.
    var modified: Moment

    /// The first note of a world.
    static let firstNumber: Int64 = 1_323_073_443
}
