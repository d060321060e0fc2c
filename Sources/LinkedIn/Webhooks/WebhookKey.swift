// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// One client secret, prepared to sign and to check many bodies: the key's blocks and the prefix are hashed once and not for each of them.
package struct WebhookKey: Sendable {
    private static let prefix = "hmacsha256="
    private let plain: HMAC<SHA256>
    private let prefixed: HMAC<SHA256>

    package init(secret: String) {
        plain = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        var prefixed = plain
        prefixed.update(data: Array(Self.prefix.utf8))
        self.prefixed = prefixed
    }

    /// Whether `header` is the signature of `body` in any form that the page can be read as (`WebhookSignature`).
    ///
    /// - Parameter body: the raw bytes as they came.
    package func verifies(_ header: String, body: UnsafeRawBufferPointer) -> Bool {
        guard let shown = ShownSignature(header) else { return false }
        return verifies(shown, body: body)
    }

    /// The same for a header that was taken apart already, because several keys may have to be tried.
    package func verifies(_ shown: ShownSignature, body: UnsafeRawBufferPointer) -> Bool {
        if Self.code(prefixed, body, is: shown.code) { return true }
        return shown.hasPrefix && Self.code(plain, body, is: shown.code)
    }

    /// Lower-case hex of HMAC-SHA256(secret, code): the answer to an ownership challenge.
    package func response(toChallenge code: String) -> String {
        var hmac = plain
        hmac.update(data: Array(code.utf8))
        return Hex.text(Array(hmac.finalize()))
    }

    /// Compares all bytes whatever the first ones are, so that the time taken tells nothing.
    private static func code(_ begun: HMAC<SHA256>, _ body: UnsafeRawBufferPointer, is code: [UInt8]) -> Bool {
        var hmac = begun
        hmac.update(data: body)
        return hmac.finalize().withUnsafeBytes { expected in
            var difference: UInt8 = 0
            for index in 0..<32 { difference |= expected[index] ^ code[index] }
            return difference == 0
        }
    }
}

/// What the header `X-LI-Signature` shows, taken apart.
package struct ShownSignature: Sendable {
    /// 32 bytes.
    let code: [UInt8]
    /// It begins with `hmacsha256=`.
    let hasPrefix: Bool

    /// - Returns: nil unless it is 64 hexadecimal digits, with or without the prefix.
    package init?(_ header: String) {
        var digits = Array(header.utf8)[...]
        hasPrefix = digits.starts(with: "hmacsha256=".utf8)
        if hasPrefix { digits = digits.dropFirst(11) }
        guard digits.count == 64 else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(32)
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            code.append(high << 4 | low)
            index += 2
        }
        self.code = code
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
