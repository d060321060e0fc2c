// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: reproducible from its seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension String {
    /// Texts with everything that some place of the protocol reserves.
    static func awkward(_ random: inout SeededRandom) -> String {
        let pieces = [
            "a", "B", "7", "&", "=", ",", "(", ")", "%", "/", "+", "'", "''", " ", ":", ";", "~", ".", "[", "]", "#",
            "?", "!", "*",
            "@", "$", "\"", "\\", "{", "|", "^", "`", "<", "%41", "%zz", "%", "List(", "é", "e\u{301}", "😀", "日本",
            "\u{1}", "\n", "\u{7F}",
        ]
        if Int.random(in: 0..<20, using: &random) == 0 {
            return String(repeating: pieces.randomElement(using: &random)!, count: 500)
        }
        return (0..<Int.random(in: 0..<12, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
    }
}
