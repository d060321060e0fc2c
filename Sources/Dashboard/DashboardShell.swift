// SPDX-License-Identifier: Apache-2.0

import Domain
import Web

/// What stands around the dashboard's pages.
enum DashboardShell {
    static func shell(for call: DashboardCall, customer: Customer?) -> Shell {
        let path = call.path
        func item(_ label: String, _ href: String, exactly: Bool = false, and others: [String] = []) -> NavItem {
            NavItem(
                label, href,
                isCurrent: path == href || (!exactly && path.hasPrefix(href + "/"))
                    || others.contains { path == href + $0 })
        }
        var groups = [NavGroup(nil, [item("Overview", "/ui", exactly: true)])]
        if let customer {
            let base = "/ui/customers/\(customer.id)"
            groups.append(
                NavGroup(
                    customer.name,
                    [
                        item(
                            "Customer", base, exactly: true,
                            and: ["/plugin", "/settings", "/keys", "/secret", "/disconnect", "/remove"]),
                        item("Sync", base + "/sync"),
                        item("Records", base + "/records"), item("Rejected", base + "/rejected"),
                        item("Matches", base + "/matches"), item("Inbox", base + "/inbox"),
                        item("Events and webhooks", base + "/events"), item("Sources", base + "/sources"),
                        item("Privacy", base + "/privacy"),
                    ]))
        }
        var own: [NavItem] = []
        if call.may(.operator) { own += [item("Audit", "/ui/audit"), item("System", "/ui/system")] }
        if call.may(.admin) { own.append(item("Accounts", "/ui/accounts")) }
        if !own.isEmpty { groups.append(NavGroup("Crosswalk", own)) }
        return Shell(
            product: "Crosswalk", home: "/ui", groups: groups,
            person: Shell.Person(
                name: call.visitor.account.name, detail: call.visitor.account.role.label, signOut: "/ui/sign-out",
                account: "/ui/account"),
            csrf: FormToken.make(session: call.visitor.secret))
    }

    /// What pages say after a redirect, by the word in `?done=`.
    static let notices: [String: String] = [
        "saved": "Saved.",
        "tied": "Tied. What came for the member belongs to the candidate now.",
        "untied": "The tie was undone. The export waits for the ATS's id again.",
        "declined": "The suggestion was declined and is not made again.",
        "removed": "Removed.",
        "switched-on": "Switched on. It goes on where it stopped.",
        "switched-off": "Switched off. Events are held back, none is lost.",
        "replayed": "These events are delivered again, beside what is new.",
        "nothing-to-replay": "There is no event in this range.",
        "dead-retried": "They are delivered again, on a whole new schedule.",
        "erasing": "What was held here is gone. LinkedIn is being told.",
        "closing": "It does not wait for LinkedIn any longer. The receipt is made in a moment.",
        "source-saved": "The mapping is saved.",
        "source-asked": "It runs in a moment.",
        "source-stopped": "It is being stopped.",
        "secret-saved": "The secret is sealed. It is never shown again.",
        "role-changed": "The role was changed.",
        "account-disabled": "The account is disabled and signed out everywhere.",
        "account-enabled": "The account is enabled. Without a password it needs a new link.",
        "password-changed": "Your password was changed. Your other browsers are signed out.",
        "signed-out-there": "Signed out there.",
        "retried": "It is sent again now.",
        "linked": "The two are linked.",
        "unlinked": "The two are not linked any more.",
        "answered": "Your answer is kept.",
        "asked": "LinkedIn is asked now; what it says is shown here.",
        "requested": "Thank you. LinkedIn is asked now, and the rest goes by itself.",
        "revoked": "The key is withdrawn.",
        "secret": "Calls use the new secret from now on.",
        "customer-removed": "The customer is gone from the connector.",
        "paused": "Sending is paused.",
        "resumed": "Sending goes on.",
        "running": "Whatever is due goes now.",
        "resync": "The records become due again; watch them here.",
    ]
}
