// SPDX-License-Identifier: Apache-2.0

/// The known name that a mistyped one most probably means.
enum Nearest {
    /// - Returns: the closest of `names` by edit distance without regard to case and underscores, or nil when none is
    ///   close:
    ///   at most a third of the letters may differ.
    static func name(to word: String, in names: some Sequence<String>) -> String? {
        let wanted = folded(word)
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = distance(wanted, folded(name))
            if distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
        return best.name
    }

    /// "did you mean 'x'?", or the list of what there is when nothing is close.
    static func hint(for word: String, in names: some Collection<String>) -> String {
        if let near = name(to: word, in: names) { return "did you mean '\(near)'?" }
        return names.isEmpty ? "nothing is allowed here" : "known are: " + names.joined(separator: ", ")
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.lowercased().utf8.filter { $0 != UInt8(ascii: "_") }
    }

    /// Edits (insert, delete, replace, swap neighbours) between two words.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var before = [Int](0...b.count)
        var twoBefore = before
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], twoBefore[j - 2] + 1)
                }
            }
            (twoBefore, before) = (before, row)
        }
        return before[b.count]
    }
}
