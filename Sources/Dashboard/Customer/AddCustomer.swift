// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import LinkedIn
import Store
import Web

/// Adding a customer, as `crosswalk customer add` does: its application at LinkedIn, and its API key here, shown once.
enum AddCustomer {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/new", .admin) { call in call.page(NewCustomerPage()) },
        .post("/ui/customers/new", .admin, add),
    ]

    private static func add(_ call: DashboardCall) async throws -> WebResponse {
        let reading = CustomerForm(call.form)
        guard let draft = reading.draft else {
            return call.page(NewCustomerPage(call.form, reading.errors), status: 422)
        }
        let (actor, now) = (call.visitor.account.name, call.now)
        do {
            let added = try await call.parts.onboarder.add(draft) { tx, customer in
                try tx.audit(
                    AuditEntry(
                        actor: actor, action: "customer.add", customer: customer.number,
                        subject: "organization \(customer.organization)"), at: now)
            }
            // Of nobody yet: the engine looks for customers that it does not know.
            call.parts.signal.integrationAsked(0)
            // Not a redirect: the key is nowhere but in this answer.
            return call.page(ShownKeyPage(added))
        } catch let refusal as Onboarder.Refusal {
            return call.page(NewCustomerPage(call.form, [:], refusal: refusal.text), status: 422)
        }
    }
}

/// What the form says about a new customer, and what is wrong with it, by field.
struct CustomerForm {
    var draft: Onboarder.Draft?
    var errors: [String: String] = [:]

    init(_ form: FormFields) {
        let id = form["id"].flatMap(CustomerID.init)
        if id == nil { errors["id"] = "1 to 64 characters of a-z, 0-9, - and _." }
        if id?.text == "new" { errors["id"] = "“new” is this page's own address; choose another id." }
        let name = form["name"] ?? ""
        if name.isEmpty {
            errors["name"] = "Say what the customer is called."
        } else if name.count > 200 {
            errors["name"] = "At most 200 characters."
        } else if name.lowercased().contains("linkedin") {
            errors["name"] = "LinkedIn does not allow its own name in the name of an application."
        }
        let organization = CustomerPages.number(form["organization"])
        if organization == nil { errors["organization"] = "A positive number, as in urn:li:organization:1000." }
        let words = (form["contracts"] ?? "").split { ", \n\r\t".contains($0) }
        let contracts = words.compactMap { CustomerPages.number(String($0)) }
        if contracts.count != words.count {
            errors["contracts"] = "Positive numbers with commas, as in urn:li:contract:5000."
        }
        let (client, secret) = (form["client"], form.exact("secret") ?? "")
        if (client == nil) != secret.isEmpty { errors["client"] = "The client id and the secret belong together." }
        let settings = SettingsForm(form)
        errors.merge(settings.errors) { mine, _ in mine }
        guard errors.isEmpty, let id, let organization else { return }
        draft = Onboarder.Draft(
            id: id, name: name, organization: organization, contracts: contracts,
            credentials: client.map { TokenRequest(clientID: $0, clientSecret: secret) }, settings: settings.settings)
    }
}

/// The settings that the two forms share.
struct SettingsForm {
    var settings: CustomerSettings
    var errors: [String: String] = [:]

    init(_ form: FormFields) {
        let template = form["profileURL"]
        if let template {
            if !template.contains("{id}") {
                errors["profileURL"] = "It needs {id} where the candidate's id goes."
            } else if !URLRule.isAbsoluteHTTP(template.replacing("{id}", with: "1")) || template.count > 2_000 {
                errors["profileURL"] = "A web address, such as https://ats.example.com/candidates/{id}."
            }
        }
        settings = CustomerSettings(
            profileURLTemplate: template, publishesJobs: form["publishes"] == "yes",
            visibility: form["visibility"].flatMap(JobVisibility.init(name:)) ?? .everybody)
    }
}

struct NewCustomerPage: Page {
    static let template = PageTemplate("newCustomer", utf8: PackageResources.newCustomer_mustache)
    var title = "Add a customer"
    var refusal: Notice?
    var id: Field
    var name: Field
    var organization: Field
    var contracts: Field
    var client: Field
    var profileURL: Field
    var publishes: Bool
    var hidesJobs: Bool

    /// One field of a form with what was typed and what is wrong with it.
    struct Field: Sendable {
        var value: String
        var error: String?
        /// For `aria-invalid`.
        var isWrong: Bool

        init(_ form: FormFields, _ name: String, _ errors: [String: String]) {
            value = form.exact(name) ?? ""
            error = errors[name]
            isWrong = error != nil
        }
    }

    init(_ form: FormFields = FormFields(), _ errors: [String: String] = [:], refusal: String? = nil) {
        self.refusal = refusal.map { Notice(.bad, $0) }
        func field(_ name: String) -> Field { Field(form, name, errors) }
        id = field("id")
        name = field("name")
        organization = field("organization")
        contracts = field("contracts")
        client = field("client")
        profileURL = field("profileURL")
        publishes = form["publishes"] == "yes"
        hidesJobs = form["visibility"] == JobVisibility.acl.name
    }
}

/// An API key, the only time it can be read.
struct ShownKeyPage: Page {
    static let template = PageTemplate("shownKey", utf8: PackageResources.shownKey_mustache)
    var title: String
    var says: String
    var key: String
    var next: Link

    init(_ added: Onboarder.Added) {
        title = added.isNew ? "The customer is added" : "The customer was there already"
        says =
            added.isNew
            ? "Its application is known to LinkedIn. This is its API key, for the ATS."
            : "Nothing was changed. This is another API key for it."
        key = added.apiKey
        next = Link(added.isNew ? "Go on with onboarding" : "The customer", "/ui/customers/\(added.id)")
    }

    init(_ customer: Customer, key: String) {
        title = "A new API key"
        says = "It opens this connector's API for \(customer.name)."
        self.key = key
        next = Link("All keys", "/ui/customers/\(customer.id)/keys")
    }
}
