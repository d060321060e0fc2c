// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// An id that the ATS gave to a job or a security group. Compared byte by byte, unlike Swift's strings: two ids that
/// only look alike are two.
struct ExactID: Hashable, Sendable {
    private let bytes: [UInt8]

    init(_ id: String) { bytes = Array(id.utf8) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The one rule of who may see which job.
///
/// A job without any ACL is shown to everybody or to nobody, as the feature's configuration says. A job with ACLs is
/// shown to whoever is in at least one of their groups, and to everybody when one of them is the special ACL.
///
/// Source: acl-overview and sync-acls (modules 3–5, C.1): documented, except that membership in any one group is
/// enough, which follows from RSC-401 and RSC-404.
struct Visibility: Hashable, Sendable {
    /// Where the rule applies, each with a configuration of its own.
    enum Feature: Sendable, CaseIterable {
        /// The jobs Recruiter offers when a member is exported.
        case export
        /// The applications a recruiter sees at a member.
        case indicator

        /// Which configuration opens jobs without ACLs [Postman collection].
        var configuration: ConfigurationKey { self == .export ? .jobPostingViewers : .applicationViewers }
    }

    /// Whether the feature's configuration says `ALL_PRODUCT_USERS`.
    var showsUnsecured: Bool
    /// The groups the member is an assignee of.
    var groups: Set<ExactID>
    /// The ACL that shows a job to everybody.
    var everyone: ExactID

    /// - Parameter acls: the groups of the job's ACLs.
    func shows(jobWith acls: some Collection<ExactID>) -> Bool {
        acls.isEmpty ? showsUnsecured : acls.contains { $0 == everyone || groups.contains($0) }
    }
}
