// SPDX-License-Identifier: Apache-2.0

import People
import Synchronization

/// Makes `x-li-uuid` values: sixteen bytes as base64, as captures show them. Unique, not secret, and cheap.
final class RequestIDs: Sendable {
    private let counter = Atomic<UInt64>(0)
    private let seed = UInt64.random(in: .min ... .max)

    func next() -> String {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let halves = (Dice.mix(seed &+ number), Dice.mix(seed ^ number &* 0x9E37_79B9_7F4A_7C15))
        return Self.base64(halves.0, halves.1)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 24) { text in
            // 128 bits are 21 sextets and two bits.
            for index in 0..<21 {
                let shift = 122 - 6 * index
                let value: UInt64 =
                    if shift >= 64 {
                        high >> UInt64(shift - 64)
                    } else if shift > 58 {
                        high << UInt64(64 - shift) | low >> UInt64(shift)
                    } else {
                        low >> UInt64(shift)
                    }
                text[index] = alphabet[Int(value & 63)]
            }
            text[21] = alphabet[Int(low & 3) << 4]
            text[22] = UInt8(ascii: "=")
            text[23] = UInt8(ascii: "=")
            return 24
        }
    }
}
