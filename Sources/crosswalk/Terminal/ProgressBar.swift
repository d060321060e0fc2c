// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A bar on standard error with rate and time left; plain lines, at most one every two seconds, when it is no terminal.
final class ProgressBar: Sendable {
    private struct State {
        var done = 0
        var lastDrawn = ContinuousClock.now
        var isFinished = false
    }

    private let label: String
    private let total: Int?
    private let started = ContinuousClock.now
    private let isTerminal = isatty(2) == 1
    private let state = Mutex(State())

    /// - Parameter total: how many there will be; nil when nobody knows.
    init(_ label: String, total: Int?) {
        self.label = label
        self.total = total
    }

    func set(_ done: Int) {
        let line: String? = state.withLock { state in
            state.done = done
            // Work that is over in two seconds gets its last line only where nobody watches.
            let pause: Duration = isTerminal ? .milliseconds(80) : .seconds(2)
            guard ContinuousClock.now - state.lastDrawn >= pause else { return nil }
            state.lastDrawn = .now
            return render(done)
        }
        if let line { draw(line, isLast: false) }
    }

    func add(_ count: Int) { set(state.withLock { $0.done } + count) }

    func finish() {
        let done: Int? = state.withLock { state in
            defer { state.isFinished = true }
            return state.isFinished ? nil : state.done
        }
        if let done { draw(render(done), isLast: true) }
    }

    private func draw(_ line: String, isLast: Bool) {
        if isTerminal {
            Terminal.write("\r\u{1B}[K" + line + (isLast ? "\n" : ""), to: 2)
        } else {
            Terminal.note(line)
        }
    }

    private func render(_ done: Int) -> String {
        let seconds = max((ContinuousClock.now - started) / .seconds(1), 0.001)
        let rate = Double(done) / seconds
        let name = label.padding(toLength: 18, withPad: " ", startingAt: 0)
        guard let total, total > 0 else { return "\(name) \(done.grouped)  \(Int(rate).grouped)/s" }
        let share = min(Double(done) / Double(total), 1)
        let filled = Int(share * 24)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
        let left = rate > 0 && done < total ? "  \(Self.clock(Double(total - done) / rate)) left" : ""
        return "\(name) \(Terminal.errorStyle.green(bar)) \(done.grouped)/\(total.grouped)  \(Int(rate).grouped)/s\(left)"
    }

    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
