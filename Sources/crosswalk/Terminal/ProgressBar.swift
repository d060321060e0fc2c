// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A bar on standard error for work that takes longer than two seconds; plain lines, one every ten seconds, when it is no terminal.
final class ProgressBar: Sendable {
    private struct State {
        var line: ProgressLine
        var nextDraw: ContinuousClock.Instant
        var isShown = false
        var isFinished = false
    }

    private let isTerminal = isatty(2) == 1
    private let state: Mutex<State>

    /// Shorter work says what it did by its result.
    private static let quiet: Duration = .seconds(2)

    /// - Parameter total: how many there will be; nil when nobody knows.
    init(_ label: String, total: Int?) {
        state = Mutex(State(line: ProgressLine(label, total: total), nextDraw: .now + Self.quiet))
    }

    func set(_ done: Int) { change { $0.set(done) } }
    func add(_ count: Int) { change { $0.set($0.done + count) } }

    private func change(_ body: (inout ProgressLine) -> Void) {
        let text: String? = state.withLock { state in
            body(&state.line)
            let now = ContinuousClock.now
            guard now >= state.nextDraw, !state.isFinished else { return nil }
            state.nextDraw = now + (isTerminal ? .milliseconds(80) : .seconds(10))
            state.isShown = true
            return state.line.text(Terminal.errorStyle)
        }
        if let text { draw(text, isLast: false) }
    }

    func finish() {
        let text: String? = state.withLock { state in
            defer { state.isFinished = true }
            guard !state.isFinished, state.isShown else { return nil }
            return state.line.text(Terminal.errorStyle, isOver: true)
        }
        if let text { draw(text, isLast: true) }
    }

    private func draw(_ line: String, isLast: Bool) {
        if isTerminal {
            Terminal.write("\r\u{1B}[K" + line + (isLast ? "\n" : ""), to: 2)
        } else {
            Terminal.note(line)
        }
    }
}
