// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Turns wall times of one zone into moments, fast enough for millions of rows: the offset of a day without a change
/// is looked up once.
///
/// A wall time that happens twice (clocks go back) means its first time; one that never happens (clocks go forward)
/// moves on by the gap.
struct Zone {
    let timeZone: TimeZone
    /// Offset in seconds of a whole wall day; a day on which the offset changes is not in here.
    private var steadyDays: [Int64: Int64] = [:]

    init(_ timeZone: TimeZone) { self.timeZone = timeZone }

    /// The moment as ISO 8601 in UTC, `2007-01-17T19:41:32Z`, with milliseconds when there are any.
    mutating func utc(_ time: WallTime) -> String {
        Self.iso(seconds: time.seconds - offset(time.seconds), microsecond: time.microsecond)
    }

    /// ISO 8601 in UTC of seconds since 1970-01-01 UTC.
    static func iso(seconds: Int64, microsecond: Int) -> String {
        let time = WallTime(seconds: seconds)
        let whole = time.description
        let split = whole.utf8.index(whole.startIndex, offsetBy: 10)
        let fraction = microsecond / 1000 == 0 ? "" : "." + WallTime.pad(microsecond / 1000, 3)
        return whole[..<split] + "T" + whole[whole.utf8.index(after: split)...] + fraction + "Z"
    }

    /// Seconds east of UTC at a wall time given in seconds.
    private mutating func offset(_ wall: Int64) -> Int64 {
        let day = wall.flooredDivision(by: 86_400).quotient
        if let steady = steadyDays[day] { return steady }
        let before = zoneOffset(at: (day - 1) * 86_400)
        let after = zoneOffset(at: (day + 2) * 86_400)
        if before == after {
            if steadyDays.count > 20_000 { steadyDays.removeAll(keepingCapacity: true) }
            steadyDays[day] = before
            return before
        }
        return [before, after].first { zoneOffset(at: wall - $0) == $0 } ?? before
    }

    private func zoneOffset(at utc: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))))
    }
}
