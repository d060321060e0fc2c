// SPDX-License-Identifier: Apache-2.0

package import RestLi

/// Why a whole call to LinkedIn did not do what was asked. What went wrong with single records is in the results.
package struct LinkedInError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// 400, 405, 409, 422 …: the content was blamed.
        case refused
        /// 404.
        case notFound
        /// 413, 414.
        case tooLarge
        /// 401 that a new token did not cure, or a token that was refused.
        case unauthorized
        /// 403: not (or no longer) allowed; the customer may have switched the integration off.
        case forbidden
        /// 429.
        case throttled
        /// 5xx.
        case unavailable
        /// No answer at all.
        case unreachable
        case timedOut
        /// A 2xx that cannot be read.
        case unreadable
    }

    package var code: Code
    /// Safe to show an operator: LinkedIn's own message or ours, never a body.
    package var message: String
    package var status: Int?
    /// LinkedIn's id of the request, for its support.
    package var requestID: String?
    /// How long LinkedIn asked us to wait (`Retry-After`, `X-RateLimit-Reset`); neither is documented, both are honoured.
    package var retryAfter: Duration?
    /// A 429 that names the limit of the day.
    package var isDayLimit = false

    package init(_ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.retryAfter = retryAfter
    }

    package var description: String { message }

    /// What to do about it.
    package enum Remedy: Hashable, Sendable {
        /// The same call may work later.
        case retry(after: Duration?)
        /// Credentials must be mended, or the customer must enable the integration.
        case reauthenticate
        /// The data must change.
        case fixData
        case giveUp
    }

    package var remedy: Remedy {
        switch code {
        case .throttled, .unavailable, .unreachable, .timedOut, .unreadable: .retry(after: retryAfter)
        case .unauthorized, .forbidden: .reauthenticate
        case .refused, .tooLarge: .fixData
        case .notFound: .giveUp
        }
    }
}

extension LinkedInError {
    /// From an answer that is no 2xx.
    ///
    /// - Parameter nowSeconds: seconds since 1970, for `X-RateLimit-Reset` and a `Retry-After` that is a date.
    init(_ answer: HTTPAnswer, nowSeconds: Int64) {
        let body = ErrorBody.decode(answer.body, status: answer.status)
        let code: Code =
            switch answer.status {
            case 401: .unauthorized
            case 403: .forbidden
            case 404: .notFound
            case 413, 414: .tooLarge
            case 429: .throttled
            case 500...: .unavailable
            default: .refused
            }
        self.init(
            code, body.message ?? "LinkedIn answered \(answer.status)", status: answer.status,
            requestID: answer.requestID ?? body.requestID, retryAfter: RetryHint.wait(answer, nowSeconds: nowSeconds))
        // "Resource level throttle APPLICATION DAY limit for calls to this resource is reached." (jobs-oauth-restli 6, third party)
        isDayLimit = code == .throttled && (body.message ?? "").contains(" DAY ")
    }
}

extension HTTPAnswer {
    /// `x-li-uuid` is what LinkedIn's support asks for (rsc-support-resources, documented; the header's name is inferred).
    var requestID: String? { header("x-li-uuid") ?? header("x-li-request-id") }
}
