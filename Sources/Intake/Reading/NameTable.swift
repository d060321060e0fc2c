// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes

/// Spelling → slot, without making a `String` per member: a small open-addressing hash table over the name's bytes.
struct NameTable: Sendable {
    /// All names behind each other; `ends[i]` is where name `i` ends.
    private var text: [UInt8] = []
    private var ends: [Int] = [0]
    private var slots: [Int] = []
    /// Power of two in size; 0 is free, otherwise a name's position plus one.
    private var buckets: [UInt16]

    init(_ spellings: [(String, Int)]) {
        var size = 16
        while size < spellings.count * 3 { size *= 2 }
        buckets = Array(repeating: 0, count: size)
        for (spelling, slot) in spellings {
            let name = Array(spelling.utf8)
            guard find(name) == nil else { continue }
            text += name
            ends.append(text.count)
            slots.append(slot)
            var bucket = name.withUnsafeBytes(Self.hash) & (size - 1)
            while buckets[bucket] != 0 { bucket = (bucket + 1) & (size - 1) }
            buckets[bucket] = UInt16(slots.count)
        }
    }

    func find(_ name: JSONName) -> Int? {
        name.hasEscapes ? find(Array(name.string.utf8)) : find(name.raw)
    }

    private func find(_ bytes: [UInt8]) -> Int? { bytes.withUnsafeBytes(find) }

    private func find(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let mask = buckets.count - 1
        var bucket = Self.hash(bytes) & mask
        while buckets[bucket] != 0 {
            let position = Int(buckets[bucket]) - 1
            if isSame(bytes, from: ends[position], to: ends[position + 1]) { return slots[position] }
            bucket = (bucket + 1) & mask
        }
        return nil
    }

    private func isSame(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Bool {
        guard bytes.count == end - start else { return false }
        for index in 0..<bytes.count where bytes[index] != text[start + index] { return false }
        return true
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hash: UInt32 = 2_166_136_261  // FNV-1a: the names are short
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash)
    }
}
