// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How pages write numbers and times; English, the same everywhere.
package enum Wording {
    /// `1,204,331`
    package static func count(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return (number < 0 ? "−" : "") + String(digits)
    }

    /// `1 record`, `3 records`
    package static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `340 ms`, `12 s`, `4 min 10 s`, `3 h 5 min`, `2 days 4 h`
    package static func duration(milliseconds: Int64) -> String {
        let seconds = milliseconds / 1_000
        switch milliseconds {
        case ..<1_000: return "\(max(0, milliseconds)) ms"
        case ..<60_000: return "\(seconds) s"
        case ..<3_600_000: return two(seconds / 60, "min", seconds % 60, "s")
        case ..<86_400_000: return two(seconds / 3_600, "h", seconds / 60 % 60, "min")
        default: return two(seconds / 86_400, seconds < 172_800 ? "day" : "days", seconds / 3_600 % 24, "h")
        }
    }

    /// `12 s ago`, `in 4 min`, `3 months ago`, `just now`
    package static func relative(_ time: Int64, now: Int64) -> String {
        let distance = now - time
        if abs(distance) < 1_000 { return "just now" }
        let days = abs(distance) / 86_400_000
        // One unit is enough for a distance.
        let whole =
            switch days {
            case ..<60: duration(milliseconds: abs(distance)).split(separator: " ").prefix(2).joined(separator: " ")
            case ..<730: "\(days / 30) months"
            default: "\(days / 365) years"
            }
        return distance > 0 ? "\(whole) ago" : "in \(whole)"
    }

    /// `2026-11-22 09:14:03` in UTC.
    package static func time(_ milliseconds: Int64) -> String {
        let text = Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(.iso8601)
        return text.replacing("T", with: " ").replacing("Z", with: "")
    }

    /// `1.4 GB`
    package static func bytes(_ count: Int64) -> String {
        switch count {
        case ..<1_000: "\(count) B"
        case ..<1_000_000: decimal(count, 1_000, "kB")
        case ..<1_000_000_000: decimal(count, 1_000_000, "MB")
        default: decimal(count, 1_000_000_000, "GB")
        }
    }

    /// `83 %`; one that is not quite all is never 100 %.
    package static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        let percent = part * 100 / whole
        return part > 0 && percent == 0 ? "< 1 %" : "\(percent) %"
    }

    private static func two(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
    }

    private static func decimal(_ count: Int64, _ unit: Int64, _ name: String) -> String {
        let tenths = count * 10 / unit
        return tenths >= 100 || tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
}

/// A moment as a page shows it: how long ago, and on the spot the exact time.
package struct ShownTime: Sendable, Hashable {
    /// For `<time datetime>`.
    package var iso: String
    package var exact: String
    package var relative: String

    package init(_ milliseconds: Int64, now: Int64) {
        exact = Wording.time(milliseconds) + " UTC"
        iso = Wording.time(milliseconds).replacing(" ", with: "T") + "Z"
        relative = Wording.relative(milliseconds, now: now)
    }
}
