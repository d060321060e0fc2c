// SPDX-License-Identifier: Apache-2.0

package import Domain

/// How the connector's pages reach LinkedIn on behalf of a member. Whoever starts the server says how; without it there is no sign-in.
package struct MemberSignIn: Sendable {
    /// How browsers reach the connector, without a slash at the end.
    package var publicURL: String
    /// Whether PKCE (RFC 7636, S256) is used. LinkedIn's page does not name it for this flow, so it is a setting.
    package var usesPKCE: Bool
    /// Where the member's browser is sent: customer, redirect, state, PKCE challenge.
    package var address: @Sendable (Customer, String, String, String?) throws -> String
    /// The person URN behind an authorization code: customer, code, redirect, PKCE verifier.
    package var person: @Sendable (Customer, String, String, String?) async throws -> String

    package init(
        publicURL: String, usesPKCE: Bool,
        address: @escaping @Sendable (Customer, String, String, String?) throws -> String,
        person: @escaping @Sendable (Customer, String, String, String?) async throws -> String
    ) {
        self.publicURL = publicURL
        self.usesPKCE = usesPKCE
        self.address = address
        self.person = person
    }

    /// The path of the address that LinkedIn sends members back to. It is registered with the customer's child application, to the letter.
    package static let callbackPath = "/oauth/linkedin/callback"

    var redirect: String { publicURL + Self.callbackPath }
    var isEncrypted: Bool { publicURL.lowercased().hasPrefix("https://") }
}
