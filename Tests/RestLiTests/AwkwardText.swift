// SPDX-License-Identifier: Apache-2.0

import TestSupport

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
