// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// Why no token was given: `{"error":"…","error_description":"…"}`.
/// Source: Client Credentials Flow, error table (documented texts; the JSON form is from captures, third party).
package struct OAuthError: Error, Hashable, Sendable, CustomStringConvertible {
    package var status: Int
    /// `invalid_client`, …; a client decides by the status, because spellings differ.
    package var error: String
    package var description: String

    package init(_ status: Int, _ error: String, _ description: String) {
        self.status = status
        self.error = error
        self.description = description
    }

    package static func missing(_ parameter: String) -> Self {
        Self(400, "invalid_request", "A required parameter \"\(parameter)\" is missing")
    }

    package static func unknownClient(_ id: String) -> Self {
        Self(400, "invalid_client_id", "The passed in client_id is invalid \"\(id)\"")
    }

    /// The page's table spells the error `invalid_client_id`, captures `invalid_client`.
    package static let wrongSecret = Self(401, "invalid_client", "Client authentication failed")
    package static let notAllowed = Self(
        401, "access_denied", "This application is not allowed to create application tokens")
    /// UNVERIFIED: an unknown grant is not in the table; the error name is OAuth 2's.
    package static let unsupportedGrant = Self(400, "unsupported_grant_type", "The grant_type is not supported")

    /// Any subset of the two members is accepted.
    package init(status: Int, json: JSONValue?) {
        self.init(status, json?["error"]?.string ?? "", json?["error_description"]?.string ?? "")
    }

    package var json: JSONValue { ["error": .string(error), "error_description": .string(description)] }
}
