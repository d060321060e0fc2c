// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The value of `X-LI-Signature`, and the answer to an ownership challenge. Written again here and not shared with
/// the client, so that
/// the two cannot agree on a mistake.
///
/// Source: webhook-validation page [D]; its wording allows three readings (jobs section 9, row 21).
package enum PushSignature {
    package static func header(_ body: [UInt8], secret: String, form: Switches.SignatureForm) -> String {
        switch form {
        case .prefixedMessage: hex(Array("hmacsha256=".utf8) + body, secret)
        case .prefixedMessageAndHeader: "hmacsha256=" + hex(Array("hmacsha256=".utf8) + body, secret)
        case .prefixedHeader: "hmacsha256=" + hex(body, secret)
        }
    }

    /// What an ATS must answer to `challengeCode`.
    package static func challengeResponse(_ code: String, secret: String) -> String { hex(Array(code.utf8), secret) }

    private static func hex(_ message: [UInt8], _ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(secret.utf8)))
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
