// SPDX-License-Identifier: Apache-2.0

/// One line of progress as a value: how much is done, how fast, and when it will be over.
struct ProgressLine: Sendable {
    var label: String
    /// How many there will be; nil when nobody knows.
    var total: Int?
    private(set) var done = 0
    /// What else is worth knowing: `8 waiting`.
    var note = ""
    /// Nothing moves: the rate stays what it was at the last change.
    var isStill = false

    private let created: ContinuousClock.Instant
    /// The last moment before something was done: what comes before is somebody else's time.
    private var began: ContinuousClock.Instant
    private var ended: ContinuousClock.Instant?

    init(_ label: String, total: Int?, now: ContinuousClock.Instant = .now) {
        self.label = label
        self.total = total
        created = now
        began = now
    }

    var isFull: Bool { total.map { done >= $0 } ?? false }

    mutating func set(_ count: Int, now: ContinuousClock.Instant = .now) {
        if done == 0, count == 0 { began = now }
        if count != done { ended = now }
        done = count
    }

    /// How long there has been something to tell.
    func age(_ now: ContinuousClock.Instant = .now) -> Duration { now - created }

    /// - Parameters:
    ///   - barWidth: letters of the bar; 0 leaves it away.
    ///   - isOver: nothing more will come, so the time left is of no interest.
    func text(_ style: Style, barWidth: Int = 24, isOver: Bool = false, now: ContinuousClock.Instant = .now) -> String {
        var parts = [label.padded(to: 17)]
        if let total, total > 0 {
            let filled = Int(min(Double(done) / Double(total), 1) * Double(barWidth))
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
            if barWidth > 0 { parts.append(style.green(bar)) }
            parts.append("\(done.grouped)/\(total.grouped)".padded(to: 13))
        } else {
            parts.append(done.grouped.padded(to: 13))
        }
        let isEnd = isOver || isFull || isStill
        let seconds = ((isEnd ? ended ?? now : now) - began) / .seconds(1)
        // A rate over a few milliseconds says nothing.
        if done > 0, seconds >= 0.2 {
            let rate = Double(done) / seconds
            parts.append("\(Int(rate).grouped)/s")
            if let total, !isEnd, seconds >= 1 { parts.append("\(Self.clock(Double(total - done) / rate)) left") }
        }
        if !note.isEmpty { parts.append(style.dim(note)) }
        var line = parts.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// `59 s`, `2 min 5 s`, `1 h 1 min`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60
            ? "\(whole) s"
            : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}

extension String {
    /// Spaces at the end up to a width on the terminal.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - displayWidth)) }
}
