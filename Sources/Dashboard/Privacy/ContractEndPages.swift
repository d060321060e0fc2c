// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// The end of a contract: everything of the customer is erased, here and at LinkedIn.
enum ContractEndPages {
    static let routes: [DashboardRoute] = [
        .get("/ui/customers/{id}/privacy/end", .viewer, show),
        .get("/ui/customers/{id}/privacy/end/confirm", .admin) { try await ask($0) },
        .post("/ui/customers/{id}/privacy/end", .admin, end),
    ]

    private static func show(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (now, isAdmin) = (call.now, call.visitor.account.role >= .admin)
        let page = try await call.store.read { tx in
            let ending = try tx.erasuresNewest(customer: customer.number, before: nil, limit: 1) {
                $0.kind == .everything
            }.first
            return ContractEndPage(
                tabs: Privacy.tabs(customer, "end"), ending: ending.map { ErasureRow($0, customer, now) },
                tables: Holding.all.filter { $0.end == .delete && $0.origin != .nobody }.map { $0.holds },
                kept: Holding.all.compactMap { holding in
                    switch holding.end {
                    case .delete: nil
                    case .keep(let why): Fact(holding.holds, why)
                    case .outlive("of no customer"): nil
                    case .outlive(let why): Fact(holding.holds, why)
                    }
                }, confirm: isAdmin ? Privacy.base(customer) + "/end/confirm" : nil)
        }
        return call.page(page, of: customer)
    }

    private static func ask(_ call: DashboardCall, error: String? = nil) async throws -> WebResponse {
        let customer = try await call.customer()
        return call.page(
            ConfirmPage(
                title: "End the contract?",
                texts: [
                    "Everything that came from the ATS and from LinkedIn for \(customer.name) is erased, here and at LinkedIn.",
                    "Nothing is taken in any more from now on. Nothing brings it back; a new contract is a new customer.",
                ], typed: .init(label: "Type the customer's id (\(customer.id)) to go on", error: error),
                action: Privacy.base(customer) + "/end", button: "Erase everything for good",
                back: Privacy.base(customer) + "/end"), of: customer, status: error == nil ? 200 : 422)
    }

    /// What `DELETE /api/v1/data` does.
    private static func end(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        guard call.form["confirm"] == customer.id.text else {
            return try await ask(call, error: "This is not the customer's id. Nothing was erased.")
        }
        let id = try await ErasurePages.begin(.everything, customer, call)
        return .see("\(Privacy.base(customer))/erasures/\(id)?done=erasing")
    }
}

struct ContractEndPage: Page {
    static let template = PageTemplate("privacy-end", utf8: PackageResources.privacy_end_mustache)
    var title = "Privacy"
    var tabs: [PageTab]
    var ending: ErasureRow?
    var tables: [String]
    var kept: [Fact]
    var confirm: String?
}
