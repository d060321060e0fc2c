// SPDX-License-Identifier: Apache-2.0

/// An answer that LinkedIn's gateway gives before, or instead of, a resource: the whole request failed.
///
/// Source: error tables of the protocol reference, jobs-oauth-restli 3.3, with their confidence on each line below.
package struct GatewayError: Error, Sendable, Hashable {
    package var status: Int
    package var message: String
    /// Word code of newer answers, such as `ACCESS_DENIED`.
    package var code: String?
    package var serviceErrorCode: Int?
    /// Seconds for `Retry-After`, when one is sent.
    package var retryAfter: Int?

    package init(
        _ status: Int, _ message: String, code: String? = nil, serviceErrorCode: Int? = nil, retryAfter: Int? = nil
    ) {
        self.status = status
        self.message = message
        self.code = code
        self.serviceErrorCode = serviceErrorCode
        self.retryAfter = retryAfter
    }
}

extension GatewayError {
    /// [D] message and number, [T] code.
    package static let invalidToken = Self(
        401, "Invalid access token", code: "INVALID_ACCESS_TOKEN", serviceErrorCode: 65600)
    /// [D] message and number, [T] code.
    package static let expiredToken = Self(
        401, "The token used in the request has expired", code: "EXPIRED_ACCESS_TOKEN", serviceErrorCode: 65602)
    /// [T]; an older page shows serviceErrorCode 401 and "Empty oauth2_access_token" (jobs section 9, row 15).
    package static let emptyToken = Self(
        401, "Empty oauth2 access token", code: "EMPTY_ACCESS_TOKEN", serviceErrorCode: 65604)

    /// [D] the older form of the text, which the job pages print; [T] code and number.
    ///
    /// - Parameter access: "POST /simpleJobPostings", or "POST (Name)" when the parent's token was used.
    package static func accessDenied(_ access: String) -> Self {
        Self(403, "Not enough permissions to access: \(access)", code: "ACCESS_DENIED", serviceErrorCode: 100)
    }

    /// [D].
    package static func noResource(_ name: String) -> Self {
        Self(404, "Resource \(name) does not exist", serviceErrorCode: 0)
    }

    /// [T], measured on another LinkedIn product.
    package static let versionMissing = Self(
        400, "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
        code: "VERSION_MISSING")

    /// [T]. - Parameter version: the header's value; printed as a full date, as captures show.
    package static func noVersion(_ version: String) -> Self {
        Self(426, "Requested version \(version)01 is not active", code: "NONEXISTENT_VERSION")
    }

    /// [D] text and number, [T] code and the words of the scope.
    package static func tooManyRequests(scope: String, retryAfter: Int?) -> Self {
        Self(
            429, "Resource level throttle \(scope) limit for calls to this resource is reached.",
            code: "TOO_MANY_REQUESTS",
            serviceErrorCode: 101, retryAfter: retryAfter)
    }

    /// [D].
    package static let internalError = Self(500, "Internal Server Error")
}
