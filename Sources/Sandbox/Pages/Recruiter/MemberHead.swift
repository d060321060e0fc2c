// SPDX-License-Identifier: Apache-2.0

import Web

/// What stands on top of every page about one member: who it is, what can be done, and the tabs.
struct MemberHead: Sendable {
    static let fragment = Fragment("member_head", utf8: PackageResources.member_head_mustache)

    struct Tab: Sendable {
        var label: String
        var href: String
        var isCurrent: Bool
    }

    var headline: String?
    var place: String?
    var address: String?
    var badges: [Badge]
    /// The account is open: one can write, export, take notes.
    var isOpen: Bool
    var path: String
    var tabs: [Tab]

    enum Part: String { case profile, activity, other }

    init(_ member: Member, _ part: Part, badges: [Badge] = []) {
        let isOpen = member.closed == nil
        let path = "/talent/profile/\(member.number)"
        headline = isOpen ? member.headline.orNil : nil
        place = isOpen ? member.place.orNil : nil
        address = isOpen ? member.profileURL : nil
        self.badges = badges + (isOpen ? [] : [Badge(.bad, "Account closed")])
        self.isOpen = isOpen
        self.path = path
        tabs = [
            Tab(label: "Profile", href: path, isCurrent: part == .profile),
            Tab(label: "Recruiting activity", href: path + "/activity", isCurrent: part == .activity),
        ]
    }
}
