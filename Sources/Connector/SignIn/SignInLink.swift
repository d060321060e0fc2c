// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Store
import Web

/// A link by which one user signs in with LinkedIn. It is a secret that works once; only its hash is stored.
package struct SignInLink: Sendable {
    package var url: String
    package var expiresAt: Millis

    /// How long a link works.
    static let lifetime: Duration = .seconds(86_400)

    /// - Parameters:
    ///   - publicURL: how browsers reach the connector, without a slash at the end.
    ///   - entry: who makes it.
    /// - Returns: nil when the customer has no such user.
    package static func make(
        user: String, customer: Int64, id: CustomerID, store: Store, publicURL: String, by entry: AuditEntry,
        at now: Millis
    ) async throws -> SignInLink? {
        let (token, until) = (OneTimeSecret(), now + lifetime)
        let isKnown = try await store.write { tx in
            guard try tx.user(user, customer: customer) != nil else { return false }
            try tx.addSignIn(token: token.hash, user: user, customer: customer, until: until, at: now)
            try tx.audit(entry, at: now)
            return true
        }
        return isKnown ? SignInLink(url: "\(publicURL)/sign-in/\(id)/\(token.text)", expiresAt: until) : nil
    }
}
