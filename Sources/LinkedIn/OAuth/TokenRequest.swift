// SPDX-License-Identifier: Apache-2.0

/// `POST https://www.linkedin.com/oauth/v2/accessToken`, 2-legged: client credentials in a form body.
/// Source: Client Credentials Flow (documented).
package struct TokenRequest: Hashable, Sendable {
    package var clientID: String
    package var clientSecret: String

    package static let path = "/oauth/v2/accessToken"
    package static let contentType = "application/x-www-form-urlencoded"
    package static let grantType = "client_credentials"

    package init(clientID: String, clientSecret: String) {
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// The form; secrets may hold `=`, `+` and `/` and are therefore encoded.
    package var body: [UInt8] {
        FormText.encode([("grant_type", Self.grantType), ("client_id", clientID), ("client_secret", clientSecret)])
    }

    /// Reads a form. Unknown parameters are ignored.
    ///
    /// - Throws: `OAuthError.missing` for the first of `grant_type`, `client_id`, `client_secret` that is absent or
    ///   empty, `OAuthError.unsupportedGrant` for any other grant.
    package init(form: [UInt8]) throws(OAuthError) {
        let fields = FormText.decode(form)
        guard let grant = fields["grant_type"], !grant.isEmpty else { throw .missing("grant_type") }
        guard grant == Self.grantType else { throw .unsupportedGrant }
        guard let id = fields["client_id"], !id.isEmpty else { throw .missing("client_id") }
        guard let secret = fields["client_secret"], !secret.isEmpty else { throw .missing("client_secret") }
        self.init(clientID: id, clientSecret: secret)
    }
}
