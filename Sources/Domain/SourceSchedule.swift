// SPDX-License-Identifier: Apache-2.0

/// When a source runs by itself.
package enum SourceSchedule: Hashable, Sendable {
    /// So many minutes after the last run began, 1…10,080.
    case every(minutes: Int)
    /// Every day at a time of UTC, in minutes after midnight.
    case daily(minute: Int)

    /// A week.
    package static let longest = 10_080

    /// `every 15` or `daily 02:30`, as it is stored.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2 else { return nil }
        switch words[0] {
        case "every":
            guard let minutes = Int(words[1]), (1...Self.longest).contains(minutes) else { return nil }
            self = .every(minutes: minutes)
        case "daily":
            let parts = words[1].split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
                let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
            else { return nil }
            self = .daily(minute: hour * 60 + minute)
        default: return nil
        }
    }

    package var text: String {
        switch self {
        case .every(let minutes): "every \(minutes)"
        case .daily: "daily \(clock ?? "")"
        }
    }

    /// `02:30`; nil for anything but daily.
    package var clock: String? {
        guard case .daily(let minute) = self else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    /// The first moment after `moment`. What was missed meanwhile is not made up for: a run reads everything since the last.
    package func next(after moment: Millis) -> Millis {
        switch self {
        case .every(let minutes): return moment + .seconds(minutes * 60)
        case .daily(let minute):
            let today = Millis(moment.utcDay * 86_400_000) + .seconds(minute * 60)
            return today > moment ? today : today + .seconds(86_400)
        }
    }
}
