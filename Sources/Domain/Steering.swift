// SPDX-License-Identifier: Apache-2.0

/// A key to our API as it is stored: the key itself was shown once and is kept nowhere.
package struct StoredKey: Hashable, Sendable {
    package var hash: [UInt8]
    /// What somebody called it.
    package var label: String
    package var createdAt: Millis

    package init(hash: [UInt8], label: String, createdAt: Millis) {
        self.hash = hash
        self.label = label
        self.createdAt = createdAt
    }

    /// Enough of the hash to tell keys apart.
    package var fingerprint: String { Self.fingerprint(hash) }

    package static func fingerprint(_ hash: [UInt8]) -> String {
        hash.prefix(6).hex
    }
}

/// What of a customer's onboarding cannot be read off anything else.
package struct OnboardingMarks: Hashable, Sendable {
    /// When the configuration plugin was shown for the first time.
    package var shownAt: Millis?
    /// When everything was at LinkedIn for the first time.
    package var finishedAt: Millis?

    package init(shownAt: Millis? = nil, finishedAt: Millis? = nil) {
        self.shownAt = shownAt
        self.finishedAt = finishedAt
    }
}

/// Whether LinkedIn reaches a customer's callback address.
package struct CallbackHealth: Hashable, Sendable {
    /// The last challenge that was answered.
    package var challengedAt: Millis?
    /// The last push that was stored, to the minute.
    package var pushedAt: Millis?

    package init(challengedAt: Millis? = nil, pushedAt: Millis? = nil) {
        self.challengedAt = challengedAt
        self.pushedAt = pushedAt
    }
}
