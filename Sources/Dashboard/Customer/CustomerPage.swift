// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// One customer: its onboarding, integrations, contracts and callback.
struct CustomerPage: Page {
    static let template = PageTemplate("customer", utf8: PackageResources.customer_mustache)

    struct Contract: Sendable {
        var number: String
        var remove: String
    }

    var title: String
    var tabs: [PageTab]
    var base: String
    var facts: CustomerFacts
    var organization: String
    var clientID: String
    var application: String
    var linkedIn: String
    var callbackURL: String
    var redirectURL: String
    var created: ShownTime
    var contracts: [Contract]
    var noContracts: EmptyBox?
    var mayAct: Bool
    /// Onboarding is over: then it stands at the end.
    var isDone: Bool

    init(_ customer: Customer, _ facts: CustomerFacts, _ call: DashboardCall) {
        title = customer.name
        base = "/ui/customers/\(customer.id)"
        tabs = CustomerTab.all(customer, current: .overview, for: call.visitor.account.role)
        self.facts = facts
        organization = "urn:li:organization:\(customer.organization)"
        clientID = customer.clientID
        application = customer.applicationURN ?? "given by hand"
        linkedIn = call.parts.onboarder.address(customer)
        callbackURL = call.parts.publicURL + "/callbacks/linkedin/\(customer.id)"
        redirectURL = call.parts.publicURL + "/oauth/linkedin/callback"
        created = ShownTime(customer.createdAt.value, now: call.now.value)
        let base = base
        contracts = customer.contracts.map { Contract(number: String($0), remove: base + "/contracts/\($0)/remove") }
        noContracts =
            customer.contracts.isEmpty
            ? EmptyBox(
                "No contract yet",
                "Notes of recruiters, InMail and seats belong to a Recruiter contract. The plugin names it, or add its number."
            )
            : nil
        mayAct = call.visitor.account.role >= .operator
        isDone = facts.onboarding.isFinished
    }
}

/// The pages about one customer's connection.
enum CustomerTab: String, CaseIterable {
    case overview = ""
    case settings = "/settings"
    case keys = "/keys"
    case disconnect = "/disconnect"

    private var label: String {
        switch self {
        case .overview: "Connection"
        case .settings: "Settings"
        case .keys: "Keys and secret"
        case .disconnect: "Disconnect"
        }
    }

    static func all(_ customer: Customer, current: Self, for role: Role) -> [PageTab] {
        allCases.filter { $0 != .keys || role >= .admin }.map {
            PageTab($0.label, "/ui/customers/\(customer.id)\($0.rawValue)", $0 == current)
        }
    }
}

extension Fragment {
    static let customerTabs = Fragment("customerTabs", utf8: PackageResources.customerTabs_mustache)
    static let customerState = Fragment("customerState", utf8: PackageResources.customerState_mustache)
    static let customerSteps = Fragment("customerSteps", utf8: PackageResources.customerSteps_mustache)
    static let customerIntegrations = Fragment(
        "customerIntegrations", utf8: PackageResources.customerIntegrations_mustache)
    static let customerCallback = Fragment("customerCallback", utf8: PackageResources.customerCallback_mustache)
    static let customer = [
        customerTabs, customerState, customerSteps, customerIntegrations, customerCallback, disconnectProgress,
    ]
}
