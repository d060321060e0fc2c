// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// The name under which one request is found in logs and tickets.
enum RequestIdentity {
    static let header = HTTPField.Name("X-Request-Id")!

    /// The caller's own id when it is harmless (1…64 letters, digits, `-`, `_`, `.`), else sixteen random hex digits.
    static func id(for request: Request) -> String {
        if let sent = request.headers[header], (1...64).contains(sent.utf8.count), sent.utf8.allSatisfy(isHarmless) {
            return sent
        }
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - random.utf8.count) + random
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
