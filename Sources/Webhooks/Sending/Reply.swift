// SPDX-License-Identifier: Apache-2.0

/// What came of one post. Nothing the receiver wrote is in it.
package enum Reply: Sendable, Hashable {
    /// - Parameter retryAfter: what a 429 or 503 asked for.
    case answered(Int, retryAfter: Duration? = nil)
    /// Nothing within the time.
    case timedOut(Duration)
    /// No connection, or it broke.
    case unreachable
    /// TLS failed: the certificate is not for this name, expired, or not trusted.
    case insecure
    /// The name has no address.
    case unresolved
    /// The name leads to an address that webhooks are not sent to.
    case forbidden(IPAddress, String)
    /// The URL is none, or not encrypted.
    case refused(String)

    package var isDelivered: Bool { status.map { (200..<300).contains($0) } ?? false }

    package var status: Int? { if case .answered(let status, _) = self { status } else { nil } }

    package var retryAfter: Duration? {
        if case .answered(429, let wait) = self {
            wait
        } else if case .answered(503, let wait) = self {
            wait
        } else {
            nil
        }
    }

    /// In words, for the log of a webhook.
    package var outcome: String {
        switch self {
        case .answered(200..<300, _): "delivered"
        case .answered(let status, _) where (300..<400).contains(status):
            "answered \(status); redirects are not followed, register the final URL"
        case .answered(let status, _): "answered \(status)"
        case .timedOut(let patience): "no answer within \(patience.components.seconds) s"
        case .unreachable: "the connection failed"
        case .insecure: "the TLS connection failed; look at the certificate"
        case .unresolved: "the host's name has no address"
        case .forbidden(let address, let kind):
            "the host leads to \(address), \(kind); allow it with the setting webhooks.allow if that is meant"
        case .refused(let why): why
        }
    }

    /// For a metric: one of few words.
    var label: String {
        switch self {
        case .answered(200..<300, _): "delivered"
        case .answered: "refused"
        case .timedOut: "timed_out"
        case .unreachable, .insecure, .unresolved: "unreachable"
        case .forbidden, .refused: "forbidden"
        }
    }
}
