// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: small, fast and the same everywhere. Not for secrets.
package struct Dice: Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// Dice of one item of a series: neighbours have nothing in common.
    package init(seed: UInt64, index: Int) {
        self.init(
            seed: Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
                ^ Self.mix(UInt64(bitPattern: Int64(index)) &+ 0xD1B5_4A32_D192_ED03))
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    package mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(next() % UInt64(values.count))]
    }

    package mutating func chance(of part: UInt64, in whole: UInt64) -> Bool { next() % whole < part }

    /// A fraction in 0 ..< 1.
    package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    package mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(next() % 10)) })
    }

    /// The finalizer of SplitMix64.
    package static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
