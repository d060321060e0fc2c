// SPDX-License-Identifier: Apache-2.0

import Web

/// What stands around the sandbox's pages.
enum SandboxShell {
    static func shell(for call: PageCall) -> Shell {
        let path = call.request.path
        func item(_ label: String, _ href: String) -> NavItem {
            NavItem(label, href, isCurrent: path == href || path.hasPrefix(href + "/"))
        }
        let recruiter = [
            item("Search", "/talent/search"), item("Inbox", "/talent/inbox"), item("Projects", "/talent/projects"),
            item("Recommended matches", "/talent/matches"), item("Unified search", "/talent/unified"),
        ]
        let admin = [
            item("ATS", "/talent/admin/ats"), item("Seats", "/talent/admin/seats"),
            item("Contracts", "/talent/admin/contracts"), item("Product settings", "/talent/admin/products"),
            item("Usage", "/talent/admin/usage"),
        ]
        let developer = [
            NavItem("Overview", "/developers", isCurrent: path == "/developers"),
            item("Applications", "/developers/applications"), item("Requests", "/developers/requests"),
            item("Webhooks", "/developers/webhooks"), item("Quotas", "/developers/quotas"),
            item("Clock and faults", "/developers/clock"), item("Snapshots", "/developers/snapshots"),
            item("Members", "/developers/members"), item("Demo ATS", "/_sandbox/demo-ats"),
        ]
        let groups = [NavGroup("Recruiter", recruiter), NavGroup("Admin", admin), NavGroup("Developer", developer)]
        return Shell(
            product: "Recruiter", home: "/talent", edition: "sandbox", groups: groups,
            person: call.recruiter.map {
                Shell.Person(name: $0.name, detail: $0.contractName, signOut: "/talent/sign-out")
            }, csrf: FormToken.make(session: call.session.secret), face: "recruiter")
    }

    /// What pages say after a redirect, by the word in `?done=`.
    static let notices: [String: String] = [
        "saved": "Saved.",
        "signed-out": "You are signed out.",
        "saved-members": "Saved to the project.",
        "none-chosen": "Nobody was chosen, so nobody was saved.",
        "project-made": "The project is made. Save members to it from the search or a profile.",
        "project-renamed": "The project has its new name.",
        "project-archived": "The project is archived. Nothing in it is lost.",
        "project-restored": "The project is active again.",
        "member-moved": "Moved.",
        "member-back": "The member is back in the project.",
        "saved-to-job": "Saved to the job: the ATS is told and fetches the profile.",
        "interested-again": "The member is recommended again.",
        "sample-seats": "The contract has three seats. Sign in as one of them.",
    ].merging(ProfilePages.notices) { own, _ in own }.merging(AdminPages.notices) { own, _ in own }
        .merging(DeveloperPages.notices) { own, _ in own }
}
