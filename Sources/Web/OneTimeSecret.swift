// SPDX-License-Identifier: Apache-2.0

import Crypto

/// 256 random bits as text that is safe in a path, a query and a cookie. Only its hash is stored.
package struct OneTimeSecret: Sendable {
    package let text: String

    package init() {
        var generator = SystemRandomNumberGenerator()
        text = Self.base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Somebody shows one.
    package init(shown text: String) { self.text = text }

    package var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// PKCE's S256 challenge for this verifier. Source: RFC 7636, 4.2.
    package var challenge: String { Self.base64URL(hash) }

    /// Compared in a time that does not depend on where they differ.
    package static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Without padding. Source: RFC 4648, section 5.
    package static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(alphabet[bits >> count & 63])
            }
            bits &= 63
        }
        if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }
}
