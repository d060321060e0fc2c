// SPDX-License-Identifier: Apache-2.0

import People

/// Person ids as one application sees them: opaque, and another application sees others [doc: person ids are
/// application-scoped].
///
/// A Feistel network over the member's number, keyed by the world's seed and the application: reversible without a
/// table, so that
/// `urn:li:person:{id}` in a candidate can be checked. Not meant to withstand an attacker; this is a sandbox.
package struct PersonIDs: Sendable {
    private let keys: [UInt32]

    package init(seed: UInt64, application: Int64) {
        var dice = Dice(seed: Dice.mix(seed) ^ UInt64(bitPattern: application) &* 0x9E37_79B9_7F4A_7C15)
        keys = (0..<6).map { _ in UInt32(truncatingIfNeeded: dice.next()) }
    }

    /// Eleven characters of base64url.
    package func id(ofMember number: Int64) -> String {
        var left = UInt32(truncatingIfNeeded: number >> 32)
        var right = UInt32(truncatingIfNeeded: number)
        for key in keys { (left, right) = (right, left ^ Self.round(right, key)) }
        return Self.text(UInt64(left) << 32 | UInt64(right))
    }

    /// The member's number; whether there is such a member is the world's business. Nil when `id` has another form.
    package func member(ofID id: String) -> Int64? {
        guard let value = Self.value(id) else { return nil }
        var left = UInt32(truncatingIfNeeded: value >> 32)
        var right = UInt32(truncatingIfNeeded: value)
        for key in keys.reversed() { (left, right) = (right ^ Self.round(left, key), left) }
        return Int64(bitPattern: UInt64(left) << 32 | UInt64(right))
    }

    package func urn(ofMember number: Int64) -> String { "urn:li:person:" + id(ofMember: number) }

    package func member(ofURN urn: String) -> Int64? {
        let prefix = "urn:li:person:"
        return urn.hasPrefix(prefix) ? member(ofID: String(urn.dropFirst(prefix.count))) : nil
    }

    private static func round(_ half: UInt32, _ key: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: Dice.mix(UInt64(half) << 32 | UInt64(key)) >> 16)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func text(_ value: UInt64) -> String {
        String(decoding: (0..<11).map { alphabet[Int(value >> (60 - 6 * UInt64($0)) & 63)] }, as: UTF8.self)
    }

    private static func value(_ text: String) -> UInt64? {
        guard text.utf8.count == 11, let first = text.utf8.first, let top = alphabet.firstIndex(of: first), top < 16
        else { return nil }
        var value: UInt64 = 0
        for byte in text.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            value = value << 6 | UInt64(digit)
        }
        return value
    }
}
