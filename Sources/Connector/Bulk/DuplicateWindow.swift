// SPDX-License-Identifier: Apache-2.0

import Domain

/// Notices a record that comes twice in one bulk body, in bounded memory: surely when the two are less than 50,000
/// records apart, by luck up to 100,000, and not beyond. The last one wins in any case, because changes are stored in
/// the order of the lines.
///
/// Keys are remembered as 64-bit hashes; two keys with one hash would cost a wrong warning, once in about 10^9 bodies.
struct DuplicateWindow {
    private var recent: [Int: Int] = [:]
    private var older: [Int: Int] = [:]
    private let size: Int

    init(size: Int = 50_000) { self.size = size }

    /// - Returns: the line that named the same record before, if it is known.
    mutating func see(_ key: RecordKey, line: Int) -> Int? {
        let hash = key.hashValue
        let earlier = recent.updateValue(line, forKey: hash) ?? older[hash]
        if recent.count >= size {
            older = recent
            recent = [:]
        }
        return earlier
    }
}
