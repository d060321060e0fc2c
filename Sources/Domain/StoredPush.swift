// SPDX-License-Identifier: Apache-2.0

/// What LinkedIn posted to a customer's callback, and what became of it.
package struct StoredPush: Hashable, Sendable {
    package enum State: Int64, CaseIterable, Sendable {
        /// Not read yet, or to be read again.
        case open = 0
        /// What it announced was read and stored.
        case done = 1
        /// LinkedIn forgot what it announced before it could be read.
        case expired = 2
        /// It was not for this customer, or not readable; nothing else was done about it.
        case refused = 3
        /// Of a type that nobody told us about: kept as it came, and shown.
        case unknown = 4

        /// The word for it in our API.
        package var name: String {
            switch self {
            case .open: "open"
            case .done: "done"
            case .expired: "expired"
            case .refused: "refused"
            case .unknown: "unknown"
            }
        }

        package init?(name: String) {
            guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = state
        }
    }

    /// LinkedIn's id, which repeats when LinkedIn delivers twice; `sha256:…` for a body without one.
    package var id: String
    /// LinkedIn's word; empty when the body has none.
    package var type: String
    /// The body as it came; nil once it was erased.
    package var body: [UInt8]?
    package var receivedAt: Millis
    /// When LinkedIn forgets what it announced; nil when it did not say.
    package var expiresAt: Millis?
    package var state: State
    /// Readings that came to nothing.
    package var attempts: Int
    package var nextAt: Millis
    package var settledAt: Millis?
    /// Why it is where it is; without personal data.
    package var reason: String?

    package init(
        id: String, type: String, body: [UInt8]?, receivedAt: Millis, expiresAt: Millis? = nil, state: State = .open,
        attempts: Int = 0, nextAt: Millis? = nil, settledAt: Millis? = nil, reason: String? = nil
    ) {
        self.id = id
        self.type = type
        self.body = body
        self.receivedAt = receivedAt
        self.expiresAt = expiresAt
        self.state = state
        self.attempts = attempts
        self.nextAt = nextAt ?? receivedAt
        self.settledAt = settledAt
        self.reason = reason
    }
}
