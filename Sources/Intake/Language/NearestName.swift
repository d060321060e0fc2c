// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelled name was meant to be.
package enum NearestName {
    /// - Parameter known: spellings, each with the name to answer.
    /// - Returns: the answer of the nearest spelling, when at most a third of the letters differ; nil otherwise.
    package static func find(_ name: String, among known: [(spelling: String, answer: String)]) -> String? {
        let wanted = folded(name)
        guard (1...64).contains(wanted.count) else { return nil }
        var best: (distance: Int, answer: String)?
        for candidate in known {
            let spelling = folded(candidate.spelling)
            let limit = max(1, min(wanted.count, spelling.count) / 3)
            guard abs(spelling.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, spelling)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate.answer) }
        }
        return best?.answer
    }

    /// Lower case without separators: `E_Mail` and `email` are the same word.
    private static func folded(_ name: String) -> [Character] {
        name.lowercased().filter { !"_- ".contains($0) }
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in 1...max(1, a.count) where i <= a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...max(1, b.count) where j <= b.count {
                row[j] = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], rows[i - 2][j - 2] + 1)
                }
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
