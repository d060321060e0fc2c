// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The header `X-LI-Signature` on all that LinkedIn posts: HMAC-SHA256 over the raw body, keyed with the client secret.
///
/// The page can be read in three ways, so a receiver accepts all of them and a stand-in emits the first unless told
/// otherwise.
/// Source: Webhook validation (documented, ambiguous).
package enum WebhookSignature: String, CaseIterable, Sendable {
    /// Hex of HMAC(`hmacsha256=` + body). The literal reading.
    case prefixSigned
    /// `hmacsha256=` + hex of HMAC(`hmacsha256=` + body).
    case prefixSignedAndShown
    /// `hmacsha256=` + hex of HMAC(body). How several public clients read the page.
    case prefixShown

    package static let header = "X-LI-Signature"
    private static let prefix = "hmacsha256="

    /// The value of the header for `body`, lower-case hex.
    package func sign(_ body: [UInt8], secret: String) -> String {
        switch self {
        case .prefixSigned: Hex.text(Self.code(Array(Self.prefix.utf8) + body, secret))
        case .prefixSignedAndShown: Self.prefix + Hex.text(Self.code(Array(Self.prefix.utf8) + body, secret))
        case .prefixShown: Self.prefix + Hex.text(Self.code(body, secret))
        }
    }

    /// True when `header` is right in any of the three forms under any of `secrets` (an application may hold two).
    /// Compares in constant time; case of the hex digits does not matter.
    package static func verify(_ header: String, body: [UInt8], secrets: [String]) -> Bool {
        guard let shown = ShownSignature(header) else { return false }
        return body.withUnsafeBytes { bytes in
            secrets.contains { WebhookKey(secret: $0).verifies(shown, body: bytes) }
        }
    }

    private static func code(_ message: [UInt8], _ secret: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(secret.utf8))))
    }
}

/// The ownership check of a webhook: `GET {url}?challengeCode={uuid}&applicationId={id}`, to be answered in 3 seconds.
/// Source: Webhook validation (documented).
package struct WebhookChallenge: Hashable, Sendable {
    package var code: String
    /// Whose secret to use; sent only when the webhook belongs to a parent with children.
    package var applicationID: String?

    package init(code: String, applicationID: String? = nil) {
        self.code = code
        self.applicationID = applicationID
    }

    /// Lower-case hex of HMAC-SHA256(secret, code).
    package func response(secret: String) -> String {
        WebhookKey(secret: secret).response(toChallenge: code)
    }
}

/// Bytes as hexadecimal text.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
