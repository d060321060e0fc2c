// SPDX-License-Identifier: Apache-2.0

/// How many records were accepted lately: either in the last 60 seconds or in the running UTC minute.
///
/// Sixty buckets of a second. A record counts for between 59 and 60 seconds, so the window is never stricter than an
/// exact one.
struct MinuteWindow: Sendable {
    private var buckets: [Int32] = []
    /// The second the newest bucket stands for.
    private var newest: Int64 = 0
    private var sum = 0

    /// Records that still count at `second`.
    mutating func records(at second: Int64, sliding: Bool) -> Int {
        guard !buckets.isEmpty else { return 0 }
        move(to: second)
        guard !sliding else { return sum }
        // Seconds since the beginning of the UTC minute, this one included.
        let recent = Int(newest % 60) + 1
        return (0..<recent).reduce(0) { $0 + Int(buckets[Int((newest - Int64($1)) % 60)]) }
    }

    mutating func add(_ records: Int, at second: Int64) {
        if buckets.isEmpty {
            buckets = Array(repeating: 0, count: 60)
            newest = second
        }
        move(to: second)
        buckets[Int(newest % 60)] += Int32(clamping: records)
        sum += records
    }

    /// Seconds until a full window has room for one record more: until its oldest bucket leaves.
    func secondsUntilRoom(sliding: Bool) -> Int {
        guard sliding, !buckets.isEmpty else { return 60 - Int(newest % 60) }
        for age in stride(from: 59, through: 0, by: -1)
        where newest - Int64(age) >= 0 && buckets[Int((newest - Int64(age)) % 60)] > 0 {
            return 60 - age
        }
        return 1
    }

    private mutating func move(to second: Int64) {
        guard second > newest else { return }
        for step in 1...min(60, second - newest) {
            let slot = Int((newest + step) % 60)
            sum -= Int(buckets[slot])
            buckets[slot] = 0
        }
        newest = second
    }
}
