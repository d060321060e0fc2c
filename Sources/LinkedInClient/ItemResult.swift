// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import RestLi

/// What LinkedIn said about one record of a batch.
package struct ItemResult: Sendable, Hashable {
    package enum Code: Sendable, Hashable {
        /// Any 2xx.
        case accepted
        /// In neither map of the answer, so nothing is known: send it again.
        case missing
        /// The record was to be deleted and is not there.
        case gone
        /// 404 for a record that hangs on another: LinkedIn does not know the other one.
        /// UNVERIFIED: that it is a 404 (modules-1-2 9 item 28).
        case parentUnknown
        /// 400, 422 and the like.
        case rejected
        case throttled
        /// 401 and 403 about one record.
        case forbidden
        /// 409 and 5xx.
        case unavailable
    }

    package var code: Code
    /// HTTP's, for this record; 0 when the answer did not mention it.
    package var status: Int
    /// LinkedIn's own words; may echo a value, so never for a log.
    package var message: String?
    /// LinkedIn's id of the call.
    package var requestID: String?

    package init(_ code: Code, status: Int, message: String? = nil, requestID: String? = nil) {
        self.code = code
        self.status = status
        self.message = message
        self.requestID = requestID
    }

    /// - Parameters:
    ///   - outcome: nil when the answer did not mention the record.
    ///   - resource: tells whether a 404 can be the parent's.
    init(_ outcome: BatchAnswer.Outcome?, _ resource: Resource, isDeletion: Bool, requestID: String?) {
        switch outcome {
        case nil: self.init(.missing, status: 0, requestID: requestID)
        case .result(let status, _):
            // A result without a status is a result: it is not among the errors.
            let status = status ?? 200
            self.init(Self.code(status, resource, isDeletion), status: status, requestID: requestID)
        case .failed(let error):
            // An error cannot be a success, whatever number it carries.
            let status = error.status < 400 ? 500 : error.status
            self.init(
                Self.code(status, resource, isDeletion), status: status, message: error.message ?? error.code,
                requestID: error.requestID ?? requestID)
        }
    }

    static func code(_ status: Int, _ resource: Resource, _ isDeletion: Bool) -> Code {
        switch status {
        case 200..<300: .accepted
        case 404 where isDeletion: .gone
        case 404 where resource.owner != nil: .parentUnknown
        case 401, 403: .forbidden
        case 429: .throttled
        case 400..<409, 410..<429, 430..<500: .rejected
        default: .unavailable
        }
    }

    /// What to do about it; nil when there is nothing to do.
    package var remedy: Remedy? {
        switch code {
        case .accepted, .gone: nil
        case .missing, .unavailable, .parentUnknown: .retry(after: nil)
        case .rejected: .fixData
        case .throttled: .throttled(retryAfter: nil, isDayLimit: false)
        case .forbidden: .rereadIntegration
        }
    }
}
