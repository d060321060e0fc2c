// SPDX-License-Identifier: Apache-2.0

/// A place of the ATS's that is told of events by itself.
package struct Webhook: Sendable, Hashable {
    package var customer: Int64
    /// `wh_` and random letters; unique among the customer's.
    package var id: String
    package var url: String
    /// `EventType`'s raw values; empty for all.
    package var types: [String]
    /// Signs every delivery; sealed, see `secretPurpose`.
    package var secret: SealedSecret
    /// The one before, which signs along while the receiver changes over.
    package var oldSecret: SealedSecret?
    package var oldSecretUntil: Millis?
    /// Why nothing is delivered; nil while it is enabled.
    package var disabledBecause: String?
    /// Every event up to this number was delivered, or is in a letter.
    package var cursor: Int64
    package var health: Health
    package var createdAt: Millis

    package var isEnabled: Bool { disabledBecause == nil }

    /// How the receiver did lately.
    package struct Health: Sendable, Hashable {
        /// First attempts that failed since the last delivery.
        package var failures: Int64
        /// When the first attempt since then failed; nil when the last one delivered.
        package var failingSince: Millis?
        /// New events are held back until then, because the receiver seems to be down; nil when they are not.
        package var pausedUntil: Millis?

        package init(failures: Int64 = 0, failingSince: Millis? = nil, pausedUntil: Millis? = nil) {
            self.failures = failures
            self.failingSince = failingSince
            self.pausedUntil = pausedUntil
        }
    }

    package init(
        customer: Int64, id: String, url: String, types: [String], secret: SealedSecret,
        oldSecret: SealedSecret? = nil, oldSecretUntil: Millis? = nil, disabledBecause: String? = nil, cursor: Int64,
        health: Health = Health(), createdAt: Millis
    ) {
        self.customer = customer
        self.id = id
        self.url = url
        self.types = types
        self.secret = secret
        self.oldSecret = oldSecret
        self.oldSecretUntil = oldSecretUntil
        self.disabledBecause = disabledBecause
        self.cursor = cursor
        self.health = health
        self.createdAt = createdAt
    }

    /// What the secrets of a webhook are sealed for, so that one moved to another row does not open.
    package static func secretPurpose(_ customer: CustomerID, _ id: String) -> String {
        "customer/\(customer)/webhook/\(id)"
    }
}
