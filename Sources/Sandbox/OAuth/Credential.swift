// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Random texts that look like LinkedIn's.
enum Credential {
    /// Fourteen lower-case letters and digits that begin with 78, as in LinkedIn's samples.
    static func clientID() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return "78" + String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }

    /// With `=`, `+` and `/` among the characters, so that a client that forgets to URL-encode it is found out
    /// [sdk: up to 256 characters, non-alphanumeric ones included].
    static func secret() -> String { "WPL_AP1." + base64(bytes: 12) + "." + base64(bytes: 4) }

    /// About 350 characters, opaque [doc: tokens are about 500 characters].
    static func token() -> String {
        "AQ" + base64(bytes: 258).replacing("+", with: "-").replacing("/", with: "_")
    }

    /// A type-4 UUID, lower case: challenge codes and such.
    static func uuid() -> String { UUID().uuidString.lowercased() }

    private static func base64(bytes: Int) -> String {
        Data((0..<bytes).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
    }
}
