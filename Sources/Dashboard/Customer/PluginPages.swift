// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import LinkedIn
import Store
import Web

/// LinkedIn's configuration plugin, embedded as LinkedIn documents it (modules-1-2, 2.3).
enum PluginPages {
    static let routes: [DashboardRoute] = [
        .post("/ui/customers/{id}/plugin", .operator, prepare), .get("/ui/customers/{id}/plugin", .operator, show),
        .post("/ui/customers/{id}/integrated", .operator, integrated),
    ]
    static let script = Asset("plugin.js", type: "text/javascript; charset=utf-8", PackageResources.plugin_js)
    /// Under the dashboard's own address: `/assets` serves what all pages share.
    static let scriptPath = "/ui" + script.path

    /// LinkedIn shows the plugin only on origins that it was told of; so it is told first.
    private static func prepare(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, now) = (try await call.customer(), call.now)
        do {
            try await call.parts.onboarder.allowPlugin(customer, origins(call))
        } catch let refusal as Onboarder.Refusal {
            throw DashboardProblem(
                status: 502, title: "The plugin cannot be shown", text: refusal.text,
                links: [Link("The customer", "/ui/customers/\(customer.id)")])
        }
        try await call.audited("plugin.show", of: customer) { tx in
            try tx.noteShown(customer: customer.number, at: now)
        }
        return .see("/ui/customers/\(customer.id)/plugin")
    }

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let page = PluginPage(customer, address: call.parts.onboarder.address(customer))
        return call.page(page, of: customer, policy: ContentPolicy(widgetOrigins: page.origins))
    }

    /// What the plugin's callback said. It is only a hint: LinkedIn itself is asked at once, so saying it twice does no harm.
    private static func integrated(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let said = PluginAnswer(call.form.exact("integrations") ?? "")
        let others = said.organizations.filter { $0 != customer.organization }
        guard others.isEmpty else {
            throw DashboardProblem(
                status: 409, title: "Another company was chosen",
                text:
                    "The plugin was confirmed for organization \(others[0]), but this customer is organization \(customer.organization). Ask for the right company in the plugin, or add a customer for the other one.",
                links: [Link("The plugin", "/ui/customers/\(customer.id)/plugin")])
        }
        let new = said.contracts.filter { !customer.contracts.contains($0) }
        let subject = new.isEmpty ? "" : "contracts " + new.map { String($0) }.joined(separator: " ")
        try await call.audited("plugin.confirmed", of: customer, subject) { tx in
            for contract in new { try tx.addContract(contract, customer: customer.number) }
        }
        call.parts.signal.integrationAsked(customer.number)
        return .see("/ui/customers/\(customer.id)?done=requested")
    }

    /// Where the dashboard's pages are shown: its public address and, on this machine, what the browser calls it.
    private static func origins(_ call: DashboardCall) -> [String] {
        var origins = [Dashboard.origin(call.parts.publicURL)].compactMap(\.self)
        // Compared with the address before anything else is done (`SameSite`).
        if let shown = call.call.request.headers[.origin].flatMap(Dashboard.origin), !origins.contains(shown),
            shown.contains(/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/)
        {
            origins.append(shown)
        }
        return origins
    }

}

extension Dashboard {
    /// `https://host:port` of an address; nil when LinkedIn would not take it for `validJsSdkDomains`.
    package static func origin(_ url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let origin = url[..<scheme.upperBound] + url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        return ScriptDomainRule.isValid(String(origin)) ? String(origin) : nil
    }
}

struct PluginPage: Page {
    static let template = PageTemplate("plugin", utf8: PackageResources.plugin_mustache)
    var title = "Ask for the integration"
    var base: String
    var script: String
    /// The loader, and what it loads.
    var loader: String
    var extensionURL: String
    var apiKey: String
    /// For the ATS's own page.
    var snippet: String
    /// Where scripts and frames come from.
    var origins: [String]

    init(_ customer: Customer, address: String) {
        base = "/ui/customers/\(customer.id)"
        script = PluginPages.scriptPath
        let isLinkedIn = address.contains("linkedin.com")
        let host = isLinkedIn ? "https://platform.linkedin.com" : Dashboard.origin(address) ?? address
        loader = host + "/xdoor/scripts/in.js"
        extensionURL = host + "/rsc/extensions/onboarding-widget"
        // UNVERIFIED: from where LinkedIn's own loader loads more.
        origins = isLinkedIn ? ["https://*.linkedin.com", "https://*.licdn.com"] : [host]
        apiKey = customer.clientID
        snippet = """
            <script type="text/javascript" src="\(loader)">
            api_key: \(apiKey)
            extensions: ATSIntegrationWidget@\(extensionURL)
            </script>
            <script type="IN/ATSIntegrationWidget"
                data-supported-bundled-integration-types="\(PluginPage.bundles)"
                data-onintegrate="yourFunction" data-width="500"></script>
            """
    }

    static let bundles = "RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT"
}

/// What the plugin hands to `onintegrate`: an array of integrations, with LinkedIn's own field names (modules-1-2, 2.3, third party).
struct PluginAnswer: Hashable, Sendable {
    var organizations: [Int64] = []
    var contracts: [Int64] = []

    /// Whatever is unreadable says nothing.
    init(_ json: String) {
        for one in (try? JSONValue(parsing: Array(json.utf8)))?.array ?? [] {
            guard let context = one["integrationContext"]?.string, let number = CustomerPages.number(context) else {
                continue
            }
            if context.hasPrefix("urn:li:organization:"), !organizations.contains(number) {
                organizations.append(number)
            } else if context.hasPrefix("urn:li:contract:"), !contracts.contains(number) {
                contracts.append(number)
            }
        }
    }
}
