// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// Proof that a form came from a page of ours, made for this session: a keyed hash of the session's secret, so nothing is stored.
package enum FormToken {
    package static let field = "csrf"

    package static func make(session secret: [UInt8]) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("crosswalk form".utf8), using: SymmetricKey(data: secret))
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Compares in constant time.
    package static func isValid(_ fields: FormFields, session secret: [UInt8]) -> Bool {
        let (shown, wanted) = (Array((fields.exact(field) ?? "").utf8), Array(make(session: secret).utf8))
        guard shown.count == wanted.count else { return false }
        return zip(shown, wanted).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
