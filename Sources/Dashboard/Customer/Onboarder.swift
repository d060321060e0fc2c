// SPDX-License-Identifier: Apache-2.0

package import Domain
package import LinkedIn
package import Store

/// What pages ask of LinkedIn about a customer's application. The process does it that knows addresses, the profile's rules and the
/// partner's credentials; pages do not.
package struct Onboarder: Sendable {
    /// A customer as the form describes it.
    package struct Draft: Sendable, Hashable {
        package var id: CustomerID
        package var name: String
        package var organization: Int64
        package var contracts: [Int64]
        /// Of an application that exists; nil provisions one.
        package var credentials: TokenRequest?
        package var settings: CustomerSettings
    }

    package struct Added: Sendable, Hashable {
        package var id: CustomerID
        /// To be shown once.
        package var apiKey: String
        /// False: the customer was there, and got another key.
        package var isNew: Bool
        /// Whether LinkedIn knows where members are sent back to.
        package var isRedirectAllowed: Bool

        package init(id: CustomerID, apiKey: String, isNew: Bool, isRedirectAllowed: Bool) {
            self.id = id
            self.apiKey = apiKey
            self.isNew = isNew
            self.isRedirectAllowed = isRedirectAllowed
        }
    }

    /// Why it was not done; fit to be shown.
    package struct Refusal: Error, Hashable {
        package var text: String

        package init(_ text: String) { self.text = text }
    }

    /// Notes who did it, in the transaction that stores the customer or the key.
    package typealias Note = @Sendable (StoreTransaction, Customer) throws -> Void

    /// The address that stands for LinkedIn's hosts.
    package var address: @Sendable (Customer) -> String
    /// Provisions and stores a customer, as `crosswalk customer add` does. Throws `Refusal`.
    package var add: @Sendable (Draft, @escaping Note) async throws -> Added
    /// Tells LinkedIn that its plugin may be shown on pages of these origins. Throws `Refusal`.
    package var allowPlugin: @Sendable (Customer, [String]) async throws -> Void

    package init(
        address: @escaping @Sendable (Customer) -> String,
        add: @escaping @Sendable (Draft, @escaping Note) async throws -> Added,
        allowPlugin: @escaping @Sendable (Customer, [String]) async throws -> Void
    ) {
        self.address = address
        self.add = add
        self.allowPlugin = allowPlugin
    }

    /// Of a dashboard that was not told how to reach LinkedIn.
    package static let unreachable = Self(
        address: { $0.linkedInURL }, add: { _, _ in throw Refusal("This dashboard cannot reach LinkedIn.") },
        allowPlugin: { _, _ in throw Refusal("This dashboard cannot reach LinkedIn.") })
}
