// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// A member's profile as a recruiter sees it, with what the customer's ATS sent about the same person.
struct ProfilePage: Page {
    static let template = PageTemplate("profile", utf8: PackageResources.profile_mustache)
    static let fragments = [
        MemberHead.fragment, Fragment("ats_entries", utf8: PackageResources.ats_entries_mustache),
        Fragment("ats_application", utf8: PackageResources.ats_application_mustache),
    ]

    struct Fact: Sendable {
        var label: String
        var value: String
    }

    struct System: Sendable {
        var name: String
        /// nil when the ATS knows nobody who is this member.
        var view: IndicatorView?
        var nobody: Nothing?
    }

    let title: String
    var head: MemberHead
    var gone: Nothing?
    var isOpen: Bool
    var facts: [Fact]
    /// Said when the member has not shared contact data.
    var keepsContact: Bool
    var systems: [System]
    var noSystem: Nothing?
    /// The member's own side of the sandbox.
    var actAs: String
    var path: String
    var number: Int64
    var projects: [SeatsPage.Option]

    static let routes: [PageRoute] = [.seatGet("/talent/profile/{member}") { try await show($0) }]

    private static func show(_ call: PageCall) async throws -> WebResponse {
        let recruiter = try call.seated()
        let member = try await call.member()
        let (core, now) = (call.core, call.now)
        let organization = recruiter.contract.organization
        let (systems, isShared, hasTenants, projects) = try await call.read { tx in
            let tenants = try recruiter.tenants(core, tx)
            let systems = try tenants.filter(\.showsIndicator).map { one in
                let seen = try recruiter.sight(through: one.tenant, core)
                    .candidates(of: member, most: IndicatorView.most, tx)
                return (one, seen)
            }
            return (
                systems, try tx.sharesContact(member: member.number, organization: organization), !tenants.isEmpty,
                try tx.projects(contract: recruiter.contract.number, isArchived: false, before: nil, limit: 100)
            )
        }
        var badges = systems.contains { !$0.1.isEmpty } ? [Badge(.info, "In your ATS")] : []
        if member.closed == nil && member.isOpenToWork { badges.append(Badge(.good, "Open to work")) }
        let page = ProfilePage(
            title: member.name,
            head: MemberHead(member, .profile, badges: badges),
            gone: member.closed.map { closed in
                Nothing(
                    title: "This member has closed the account",
                    text:
                        "Since \(Wording.time(closed.millis)) UTC there is no profile: nobody is matched, written to or exported any more. What recruiters said stays under Recruiting activity.",
                    link: nil)
            },
            isOpen: member.closed == nil, facts: facts(member, isShared), keepsContact: !isShared,
            systems: systems.map { one, seen in
                System(
                    name: one.name,
                    view: seen.isEmpty
                        ? nil
                        : IndicatorView(
                            one.name, seen, records: "/talent/profile/\(member.number)/records?ats=\(one.key)", now: now
                        ),
                    nobody: seen.isEmpty
                        ? Nothing(
                            title: "Not in \(one.name)",
                            text:
                                "No candidate that the ATS sent has this member's e-mail or profile address, and nobody linked one by hand.",
                            link: one.takesExports
                                ? Link(
                                    "Export to \(one.name)", "/talent/profile/\(member.number)/export?ats=\(one.key)")
                                : nil) : nil)
            },
            noSystem: systems.isEmpty
                ? Nothing(
                    title: "No ATS is connected",
                    text: hasTenants
                        ? "The In-ATS indicator is not switched on. An admin does it in the ATS tab."
                        : "An admin asks for the integration in the ATS and switches it on in the ATS tab.",
                    link: Link("To the ATS tab", "/talent/admin/ats")) : nil,
            actAs: "/talent/as/\(member.number)", path: "/talent/profile/\(member.number)", number: member.number,
            projects: projects.map {
                SeatsPage.Option(value: String($0.number), label: $0.name, isChosen: false)
            })
        return call.page(page)
    }

    private static func facts(_ member: Member, _ isShared: Bool) -> [Fact] {
        var facts = [
            Fact(label: "Title", value: member.title), Fact(label: "Company", value: member.company),
            Fact(label: "Place", value: member.place),
            Fact(label: "Skills", value: member.skills.joined(separator: ", ")),
        ]
        if isShared {
            facts += [Fact(label: "E-mail", value: member.email), Fact(label: "Telephone", value: member.phone)]
        }
        return facts.filter { !$0.value.isEmpty }
    }
}
