// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// A webhook's secret: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0.0: 24 to 64 bytes).
package struct WebhookSecret: Sendable, CustomStringConvertible {
    private let key: SymmetricKey

    /// A new one.
    package init() { key = SymmetricKey(size: .bits256) }

    /// - Returns: nil when `text` is no such secret.
    package init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let bytes = Data(base64Encoded: String(text.dropFirst(6))),
            (24...64).contains(bytes.count)
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// What the receiver is given, once.
    package var text: String { "whsec_" + key.withUnsafeBytes { Data($0).base64EncodedString() } }

    /// For logs.
    package var description: String { "webhook secret" }

    /// `v1,` and the HMAC-SHA256 over `id.timestamp.body` in base64 (Standard Webhooks 1.0.0, "Signature scheme").
    ///
    /// - Parameter timestamp: seconds since 1970.
    package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array("\(id).\(timestamp).".utf8))
        code.update(data: body)
        return "v1," + Data(code.finalize()).base64EncodedString()
    }
}
