// SPDX-License-Identifier: Apache-2.0

package import RestLi

/// Why a call to LinkedIn, as a whole, did not do what was asked.
package struct LinkedInError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// 429.
        case throttled
        /// 401 that a fresh token did not cure.
        case tokenInvalid
        /// The token endpoint refuses the client id or secret.
        case credentialsRefused
        /// 403: the integration is not enabled, or the wrong application asks.
        case forbidden
        /// 400, 422 and other answers that blame the content.
        case rejected
        /// 404 for the whole call: the path, or the parent of the records.
        case notFound
        /// 409 for the whole call.
        case conflict
        /// 413, 414, or a key too long for any request.
        case tooLarge
        /// 5xx.
        case unavailable
        /// No connection, or one that was lost before the answer was complete. The call may have been carried out.
        case unreachable
        /// No answer in time. The call may have been carried out.
        case timedOut
        /// A 2xx that cannot be read, or an answer that is too long. The call may have been carried out.
        case unreadable
        /// An answer that no rule covers: 1xx and redirects.
        case unexpected
        /// An address that is none, or that the profile forbids.
        case misconfigured
    }

    package var code: Code
    /// Safe to show an operator; never a body. For `.rejected` see `answer`, which LinkedIn wrote and which may echo
    /// a value.
    package var message: String
    package var status: Int?
    /// LinkedIn's own id of the request, for its support.
    package var requestID: String?
    /// How long LinkedIn asks us to wait.
    package var retryAfter: Duration?
    /// What LinkedIn wrote. For the customer's eyes, never for a log.
    package var answer: ErrorBody?

    package init(
        _ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, retryAfter: Duration? = nil,
        answer: ErrorBody? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.answer = answer
    }

    package var description: String {
        let id = requestID.map { " (request \($0))" } ?? ""
        return "LinkedIn: \(message)\(id)"
    }

    /// What to do about it.
    package var remedy: Remedy {
        switch code {
        case .throttled: .throttled(retryAfter: retryAfter, isDayLimit: isDayLimit)
        case .tokenInvalid, .credentialsRefused: .reauthenticate
        case .forbidden: .rereadIntegration
        case .rejected, .tooLarge, .conflict, .notFound: .fixData
        case .unavailable, .unreachable, .timedOut, .unreadable: .retry(after: retryAfter)
        case .unexpected, .misconfigured: .giveUp
        }
    }

    /// Whether a 429 names the limit of the UTC day (jobs-oauth-restli 6, confidence T for the word).
    package var isDayLimit: Bool { code == .throttled && answer?.message?.contains(" DAY ") == true }
}

/// What to do about a failure. Callers switch on this, once.
package enum Remedy: Sendable, Hashable {
    /// The same call may work later; `after` if LinkedIn said when.
    case retry(after: Duration?)
    /// Send nothing of this endpoint group for a while; to the next UTC midnight when the day is spent.
    case throttled(retryAfter: Duration?, isDayLimit: Bool)
    /// The credentials must be looked at by a person.
    case reauthenticate
    /// The customer may have switched the integration off: read it again before sending anything else.
    case rereadIntegration
    /// The same data will never be accepted.
    case fixData
    /// A person must look at it.
    case giveUp
}

extension LinkedInError {
    /// The error of an answer that is no 2xx (jobs-oauth-restli 3.3, confidence D).
    ///
    /// - Parameter nowMillis: to turn a date in a header into a wait.
    package init(_ answer: HTTPAnswer, nowMillis: Int64) {
        let body = ErrorBody.decode(answer.body, status: answer.status)
        let code: Code
        let message: String
        switch answer.status {
        case 401: (code, message) = (.tokenInvalid, "the token is not accepted (401)")
        case 403: (code, message) = (.forbidden, "the call is not permitted (403)")
        case 404: (code, message) = (.notFound, "the resource does not exist (404)")
        case 408, 425: (code, message) = (.unavailable, "the call came at a bad moment (\(answer.status))")
        case 409: (code, message) = (.conflict, "the call conflicts with what is there (409)")
        case 413, 414, 431: (code, message) = (.tooLarge, "the call is too long (\(answer.status))")
        case 429: (code, message) = (.throttled, "too many calls (429)")
        case 400..<500: (code, message) = (.rejected, "the call is refused (\(answer.status))")
        case 500..<600: (code, message) = (.unavailable, "the service failed (\(answer.status))")
        default: (code, message) = (.unexpected, "an unexpected answer (\(answer.status))")
        }
        self.init(
            code, message, status: answer.status, requestID: answer.requestID ?? body.requestID,
            retryAfter: RetryAfter.wait(answer.headers, nowMillis: nowMillis), answer: body)
    }
}
