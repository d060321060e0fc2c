// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Store

/// The secrets that sign a webhook's deliveries now: the current one, and the one before while the receiver changes over.
package struct SigningKeys: Sendable {
    private let secrets: [WebhookSecret]

    /// - Throws: `StoreError` `.sealed` when a secret does not open.
    package init(_ webhook: Webhook, customer: CustomerID, vault: Vault, at now: Millis) throws {
        var sealed = [webhook.secret]
        if let old = webhook.oldSecret, let until = webhook.oldSecretUntil, now < until { sealed.append(old) }
        secrets = try sealed.map { box in
            let text = try vault.open(box, for: Webhook.secretPurpose(customer, webhook.id))
            guard let secret = WebhookSecret(text) else {
                throw StoreError(.sealed, "a webhook's secret is not readable")
            }
            return secret
        }
    }

    /// The three headers of Standard Webhooks. The timestamp is that of the attempt.
    package func headers(id: String, body: [UInt8], at now: Millis) -> [(name: String, value: String)] {
        let timestamp = now.value / 1000
        let signatures = secrets.map { $0.signature(id: id, timestamp: timestamp, body: body) }
        return [
            ("webhook-id", id), ("webhook-timestamp", String(timestamp)),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}
