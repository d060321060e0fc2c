// SPDX-License-Identifier: Apache-2.0

/// An error that LinkedIn's gateway makes before any resource sees the request.
///
/// `code` and the newer forms come from captures (third party), message and number from LinkedIn's pages (documented)
/// unless a line says otherwise.
package struct GatewayError: Error, Hashable, Sendable {
    package var status: Int
    package var serviceErrorCode: Int?
    package var code: String?
    package var message: String

    package init(_ status: Int, _ serviceErrorCode: Int?, _ code: String?, _ message: String) {
        self.status = status
        self.serviceErrorCode = serviceErrorCode
        self.code = code
        self.message = message
    }
}

// MARK: - Token. Source: error handling and create-jobs error table.
extension GatewayError {
    package static let invalidToken = Self(401, 65600, "INVALID_ACCESS_TOKEN", "Invalid access token")
    package static let revokedToken = Self(
        401, 65601, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user")
    package static let expiredToken = Self(
        401, 65602, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired")
    /// The wording varies between captures.
    package static let emptyToken = Self(401, 65604, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token")
    /// The older answer to a missing token. Source: an older sample (documented).
    package static let emptyTokenOlder = Self(401, 401, nil, "Empty oauth2_access_token")
}

// MARK: - Permission
extension GatewayError {
    /// - Parameters:
    ///   - resource: the resource's name in the path, `simpleJobPostings`.
    ///   - method: the Rest.li method in capitals, `BATCH_CREATE`.
    ///   - version: nil on v2, `202603` on the versioned surface.
    package static func accessDenied(_ resource: String, method: String, version: String? = nil) -> Self {
        let suffix = version.map { "\($0.prefix(6))01" } ?? "NO_VERSION"
        return Self(403, 100, "ACCESS_DENIED", "Not enough permissions to access: \(resource).\(method).\(suffix)")
    }

    /// The older form: `… access: POST /simpleJobPostings`. Source: create-jobs (documented).
    package static func accessDeniedOlder(_ http: String, _ resource: String) -> Self {
        Self(403, 100, "ACCESS_DENIED", "Not enough permissions to access: \(http) /\(resource)")
    }

    /// What a batch_create without its method header meets. Source: create-jobs (documented).
    package static func unpermittedFields(_ fields: [String]) -> Self {
        Self(
            403, nil, nil,
            "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields "
                + "[\(fields.joined(separator: ", "))]")
    }
}

// MARK: - Path, version, size, throttle, failure
extension GatewayError {
    package static func noSuchResource(_ name: String) -> Self { Self(404, 0, nil, "Resource \(name) does not exist") }

    /// Source: capture of 2026-08 on another product (third party).
    package static let versionMissing = Self(
        400, nil, "VERSION_MISSING",
        "A version must be present. Please specify a version by adding the LinkedIn-Version header.")

    /// The version is shown as a full date. Source: captures (third party).
    package static func nonexistentVersion(_ version: String) -> Self {
        Self(426, nil, "NONEXISTENT_VERSION", "Requested version \(version.prefix(6))01 is not active")
    }

    /// 414. UNVERIFIED: no body is documented, so the words are ours.
    package static func tooLong(_ what: String) -> Self { Self(414, nil, nil, "Request \(what) is too long") }

    /// A body that is not JSON by its content type. UNVERIFIED: status and words.
    package static let unsupportedMediaType = Self(415, nil, nil, "Content-Type must be application/json")

    /// Source: rate limits page (documented: number and plain text); the scope in the text from captures (third party).
    package static let throttledByDay = Self(
        429, 101, "TOO_MANY_REQUESTS",
        "Resource level throttle APPLICATION DAY limit for calls to this resource is reached.")

    /// The same for records per minute, in the documented plain text. UNVERIFIED: that the whole request gets a 429.
    package static let throttledByMinute = Self(
        429, 101, "TOO_MANY_REQUESTS", "Resource level throttle limit for calls to this resource is reached.")

    package static let internalError = Self(500, nil, nil, "Internal Server Error")
    package static let gatewayTimeout = Self(504, nil, nil, "Gateway Timeout")
}
