// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// The answer to a token request: `{"access_token":"…","expires_in":1800}`. No scope, no refresh token.
/// Source: Client Credentials Flow (documented).
package struct TokenResponse: Hashable, Sendable {
    package var accessToken: String
    /// Seconds from now; 30 minutes for 2-legged tokens.
    package var expiresIn: Int64

    /// The life of a 2-legged token. Source: Client Credentials Flow (documented).
    package static let lifeSeconds: Int64 = 1800

    package init(accessToken: String, expiresIn: Int64 = lifeSeconds) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
    }

    /// Accepts `expires_in` as a number or as a string, because LinkedIn's page shows the one, its clients the other;
    /// a missing or unreadable one counts as the documented 30 minutes.
    ///
    /// - Returns: nil when there is no token in it.
    package init?(json: JSONValue) {
        guard let token = json["access_token"]?.string, !token.isEmpty else { return nil }
        let life = json["expires_in"]?.int ?? json["expires_in"]?.string.flatMap { Int64($0) }
        self.init(accessToken: token, expiresIn: life ?? Self.lifeSeconds)
    }

    package var json: JSONValue { ["access_token": .string(accessToken), "expires_in": .int(expiresIn)] }
}
