// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import LinkedIn
import Store
import Web

/// A customer's connection to LinkedIn: onboarding, the plugin, contracts.
enum CustomerPages {
    static let routes: [DashboardRoute] =
        [
            .get("/ui/customers/{id}", .viewer, show), .get("/ui/customers/{id}/live", .viewer, live),
            .post("/ui/customers/{id}/ask", .operator, ask),
            .post("/ui/customers/{id}/contracts", .operator, addContract),
            .post("/ui/customers/{id}/contracts/{contract}/remove", .operator, removeContract),
        ] + PluginPages.routes + SettingsPages.routes + KeyPages.routes + DisconnectPages.routes

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let facts = try await CustomerFacts.read(customer, call.parts, mayAct: mayAct(call))
        return call.page(
            CustomerPage(customer, facts, call), of: customer, live: "/ui/customers/\(customer.id)/live")
    }

    private static func live(_ call: DashboardCall) async throws -> WebResponse {
        let (customer, parts, renderer, mayAct) = (try await call.customer(), call.parts, call.renderer, mayAct(call))
        let last = LastLook<CustomerFacts>()
        return .events(
            call.live.listen(to: "customer/\(customer.number)/\(mayAct)") {
                guard let facts = try? await CustomerFacts.read(customer, parts, mayAct: mayAct) else { return nil }
                return last.updates(facts) { facts in
                    [
                        LiveHub.Update("state", renderer.html(.customerState, facts)),
                        LiveHub.Update("steps", renderer.html(.customerSteps, facts.onboarding)),
                        LiveHub.Update("integrations", renderer.html(.customerIntegrations, facts)),
                        LiveHub.Update("callback", renderer.html(.customerCallback, facts.callback)),
                    ]
                }
            })
    }

    private static func mayAct(_ call: DashboardCall) -> Bool { call.visitor.account.role >= .operator }

    /// LinkedIn is asked now how the integrations are.
    private static func ask(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        try await call.audited("integration.ask", of: customer) { _ in }
        call.parts.signal.integrationAsked(customer.number)
        return .see("/ui/customers/\(customer.id)?done=asked")
    }

    private static func addContract(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let back = Link("The customer", "/ui/customers/\(customer.id)")
        guard let contract = number(call.form["contract"]) else {
            throw DashboardProblem(
                status: 422, title: "That is no contract",
                text: "A contract is a positive number, as in urn:li:contract:5000.", links: [back])
        }
        try await call.audited("contract.add", of: customer, "contract \(contract)") { tx in
            try tx.addContract(contract, customer: customer.number)
        }
        call.parts.signal.integrationAsked(customer.number)
        return .see("/ui/customers/\(customer.id)?done=saved")
    }

    private static func removeContract(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard let contract = number(call.values[1]) else { throw DashboardProblem.unknownPage }
        try await call.audited("contract.remove", of: customer, "contract \(contract)") { tx in
            try tx.removeContract(contract, customer: customer.number)
        }
        return .see("/ui/customers/\(customer.id)?done=saved")
    }

    /// `5000`, or the URN that ends with it.
    static func number(_ text: String?) -> Int64? {
        guard let text, let number = Int64(text.split(separator: ":").last ?? ""), number > 0 else { return nil }
        return text.contains(":") && !text.hasPrefix("urn:li:") ? nil : number
    }
}

extension DashboardCall {
    /// Does something and notes who did it, in one commit.
    @discardableResult
    func audited<Value: Sendable>(
        _ action: String, of customer: Customer, _ subject: String = "",
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        let entry = AuditEntry(
            actor: visitor.account.name, action: action, customer: customer.number, subject: subject)
        let now = now
        return try await store.write { tx in
            let value = try body(tx)
            try tx.audit(entry, at: now)
            return value
        }
    }
}
