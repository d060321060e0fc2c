// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// `POST /oauth/v2/introspectToken`: what a token is worth. Times in seconds, unlike everywhere else.
/// Source: Token Introspection (documented).
package struct TokenIntrospection: Hashable, Sendable {
    package enum Status: String, Sendable { case active, expired, revoked }

    package var clientID: String
    package var status: Status
    package var createdAtSeconds: Int64
    package var expiresAtSeconds: Int64

    package static let path = "/oauth/v2/introspectToken"

    package init(clientID: String, status: Status, createdAtSeconds: Int64, expiresAtSeconds: Int64) {
        self.clientID = clientID
        self.status = status
        self.createdAtSeconds = createdAtSeconds
        self.expiresAtSeconds = expiresAtSeconds
    }

    package var json: JSONValue {
        [
            "active": .bool(status == .active), "client_id": .string(clientID), "authorized_at": .int(createdAtSeconds),
            "created_at": .int(createdAtSeconds), "status": .string(status.rawValue),
            "expires_at": .int(expiresAtSeconds),
            "auth_type": "2L",
        ]
    }

    /// The answer about somebody else's token.
    package static let foreign: JSONValue = ["active": false]
}
