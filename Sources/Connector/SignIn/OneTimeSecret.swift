// SPDX-License-Identifier: Apache-2.0

import Crypto
import HTTPTypes
import Hummingbird

/// 256 random bits as text that is safe in a path, a query and a cookie. Only its hash is stored.
struct OneTimeSecret: Sendable {
    let text: String

    init() {
        var generator = SystemRandomNumberGenerator()
        text = Self.base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Somebody shows one.
    init(shown text: String) { self.text = text }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// PKCE's S256 challenge for this verifier. Source: RFC 7636, 4.2.
    var challenge: String { Self.base64URL(hash) }

    /// A value that only who has the secret can make: the form's token, from the cookie's secret.
    var formToken: String { Self.base64URL(Array(SHA256.hash(data: Array("form:\(text)".utf8)))) }

    /// Compared in a time that does not depend on where they differ.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Without padding. Source: RFC 4648, section 5.
    private static func base64URL(_ bytes: [UInt8]) -> String {
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

/// The cookie that binds an attempt to the browser that began it.
enum SignInCookie {
    static let name = "crosswalk_sign_in"
    /// As long as a state lives.
    static let lifetime: Duration = .seconds(1800)

    /// Lax, because the way back from LinkedIn is a navigation from another site.
    static func header(_ secret: OneTimeSecret, isEncrypted: Bool) -> String {
        "\(name)=\(secret.text); Path=/; Max-Age=\(lifetime.components.seconds); HttpOnly; SameSite=Lax"
            + (isEncrypted ? "; Secure" : "")
    }

    static func read(_ request: Request) -> OneTimeSecret? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard pair.hasPrefix("\(name)="), pair.utf8.count <= 200 else { continue }
                return OneTimeSecret(shown: String(pair.dropFirst(name.utf8.count + 1)))
            }
        }
        return nil
    }
}
