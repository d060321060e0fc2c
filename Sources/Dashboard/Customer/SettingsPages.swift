// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import Store
import Web

/// What a customer decides: how records are translated, who sees jobs. How long data is kept is decided under Privacy.
enum SettingsPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/settings", .viewer, show), .post("/ui/customers/{id}/settings", .operator, save),
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let policy = try await call.store.read { try $0.retentionPolicy(customer: customer.number) }
        return call.page(
            SettingsPage(customer, policy, for: call.visitor.account.role), of: customer)
    }

    private static func save(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let form = SettingsForm(call.form)
        let edited = EditedThing(customer.settings)
        if let answer = call.conflict(
            with: edited, back: Link("The settings", "/ui/customers/\(customer.id)/settings"), of: customer)
        {
            return answer
        }
        guard form.errors.isEmpty else {
            let policy = try await call.store.read { try $0.retentionPolicy(customer: customer.number) }
            var page = SettingsPage(customer, policy, for: call.visitor.account.role)
            page.take(call.form, form.errors)
            return call.page(page, of: customer, status: 422)
        }
        try await call.audited("settings.change", of: customer) { tx in
            // Compared once more where it is saved.
            guard let stored = try tx.customer(number: customer.number), stored.settings == customer.settings else {
                throw DashboardProblem.overtaken(customer)
            }
            try tx.setSettings(customer: customer.number, form.settings)
        }
        call.parts.signal.integrationAsked(customer.number)
        return .see("/ui/customers/\(customer.id)/settings?done=saved")
    }
}

extension DashboardProblem {
    /// Somebody saved between our look and our commit.
    static func overtaken(_ customer: Customer) -> Self {
        Self(
            status: 409, title: "Somebody else changed this a moment ago",
            text: "Nothing of yours was saved. Look at what is there now, and change it again.",
            links: [Link("The settings", "/ui/customers/\(customer.id)/settings")])
    }
}

extension EditedThing {
    init(_ settings: CustomerSettings) {
        self.init([
            ("A candidate's page", "profileURL", settings.profileURLTemplate ?? ""),
            ("Jobs are public", "publishes", settings.publishesJobs ? "yes" : ""),
            ("Jobs in no group", "visibility", settings.visibility.name),
        ])
    }
}

struct SettingsPage: Page {
    static let template = PageTemplate("settings", utf8: PackageResources.settings_mustache)

    /// How long one kind of LinkedIn's data is kept.
    struct Row: Sendable {
        var label: String
        var says: String
    }

    var title: String
    var tabs: [PageTab]
    var base: String
    var mayEdit: Bool
    var revision: String
    var profileURL: String
    var profileURLError: String?
    var publishes: Bool
    var hidesJobs: Bool
    var rows: [Row]

    init(_ customer: Customer, _ policy: RetentionPolicy, for role: Role) {
        title = customer.name
        tabs = CustomerTab.all(customer, current: .settings, for: role)
        base = "/ui/customers/\(customer.id)"
        mayEdit = role >= .operator
        revision = EditedThing(customer.settings).revision
        profileURL = customer.settings.profileURLTemplate ?? ""
        publishes = customer.settings.publishesJobs
        hidesJobs = customer.settings.visibility == .acl
        rows = RetentionKind.allCases.map { kind in
            Row(
                label: kind.words,
                says: policy.days[kind].map { Wording.count($0, "day") } ?? "until it is erased")
        }
    }

    /// Shows what was typed, with what is wrong with it.
    mutating func take(_ form: FormFields, _ errors: [String: String]) {
        profileURL = form.exact("profileURL") ?? ""
        profileURLError = errors["profileURL"]
        publishes = form["publishes"] == "yes"
        hidesJobs = form["visibility"] == JobVisibility.acl.name
    }
}
