// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// `/developers/…`: what a developer of an integration looks at instead of reading logs. Everything a page does is done by the control
/// API's own functions, so that a click and a `curl` come to the same.
enum DeveloperPages {
    static let routes: [PageRoute] =
        DeveloperOverview.routes + ApplicationPage.routes + RequestsPage.routes + WebhooksPage.routes + QuotaPage.routes
        + ClockPage.routes + SnapshotsPage.routes + MembersPage.routes

    /// What is sent alone to open pages.
    static let fragments = [RequestList.fragment, PushList.fragment]

    static let notices: [String: String] = [
        "secret-added": "The application has a second secret. Both are valid; remove the old one once nobody uses it.",
        "secret-removed": "The secret is gone. The other one stays.",
        "application-saved": "The application is changed.",
        "journal-cleared": "The journal is empty. Numbers go on.",
        "push-resent": "The notification was sent again; the row says what came of it.",
        "callbacks-validated": "The callback was challenged; the row says how it answered.",
        "callback-blocked": "The callback is blocked: nothing is sent to it.",
        "callback-unblocked": "The callback is unblocked.", "quota-set": "The limits are set.",
        "quota-reset": "LinkedIn's own figures apply again.", "quotas-on": "Limits are enforced.",
        "quotas-off": "Limits are off: everything is counted and nothing refused.",
        "clock-moved": "The clock was moved on.",
        "faults-set": "The fault plan is in force.", "faults-cleared": "Nothing goes wrong by plan any more.",
        "snapshot-taken": "The snapshot is taken.", "restored": "The world is that of the snapshot again.",
        "reset": "The world is new: no customers, tokens, records or counters.", "member-added": "The member is added.",
        "member-closed": "The member closed the account.", "privacy-set": "The member's privacy setting is changed.",
    ]
}

/// A choice of a select.
struct FormOption: Sendable {
    var value: String
    var label: String
    var isSelected: Bool

    init(_ value: String, _ label: String, selected: String?) {
        self.value = value
        self.label = label
        isSelected = value == selected ?? ""
    }
}

/// What a list without rows says.
struct EmptyNote: Sendable {
    var title: String
    var text: String
    var link: Link?

    init(_ title: String, _ text: String, link: Link? = nil) {
        self.title = title
        self.text = text
        self.link = link
    }
}

/// Asks before something is done that cannot be taken back.
struct ConfirmPage: Page {
    static let template = PageTemplate("confirm", utf8: PackageResources.confirm_mustache)

    struct Field: Sendable {
        var name: String
        var value: String
    }

    let title: String
    /// What is lost.
    let texts: [String]
    /// Where the form goes.
    let action: String
    /// What the button says.
    let button: String
    let fields: [Field]
    /// Where whoever changes their mind goes.
    let back: String

    init(_ title: String, _ texts: [String], action: String, button: String, fields: [Field] = [], back: String) {
        self.title = title
        self.texts = texts
        self.action = action
        self.button = button
        self.fields = fields
        self.back = back
    }
}

extension PageCall {
    /// What an application is called on pages: the customer it was provisioned for, or its name.
    func label(ofApplication clientID: String) -> String {
        sandbox.core.applications.application(clientID: clientID)?.label ?? clientID
    }

    func label(ofApplication number: Int64) -> String {
        sandbox.core.applications.application(number: number)?.label ?? String(number)
    }
}

extension DeveloperApplication {
    var label: String { uniqueForeignID ?? name }
}

extension ControlRequest {
    /// What a form asks for.
    init(rest: String = "", _ body: JSONObject = [:]) {
        self.rest = rest
        query = ControlInput([:])
        self.body = ControlInput(body)
    }
}

extension ControlError {
    /// For a person who filled in a form.
    var sentence: String { "\(field.map { $0 + " " } ?? "")\(message): \(remedy)." }
}
