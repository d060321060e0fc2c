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
        let shown = header.hasPrefix(prefix)
        guard let code = Hex.bytes(shown ? String(header.dropFirst(prefix.count)) : header), code.count == 32 else {
            return false
        }
        return secrets.contains { secret in
            let key = SymmetricKey(data: Array(secret.utf8))
            let prefixed = Array(prefix.utf8) + body
            if HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: prefixed, using: key) { return true }
            return shown && HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
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
        let key = SymmetricKey(data: Array(secret.utf8))
        return Hex.text(Array(HMAC<SHA256>.authenticationCode(for: Array(code.utf8), using: key)))
    }
}

/// Bytes as hexadecimal text.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// - Returns: nil unless `text` is an even number of hexadecimal digits.
    static func bytes(_ text: String) -> [UInt8]? {
        let values = text.utf8.map { $0 < 0x80 ? Character(Unicode.Scalar($0)).hexDigitValue : nil }
        guard values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
        let digits = values.compactMap { $0 }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
