// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Several bars that move at the same time: redrawn in place on a terminal, one line for each when it is over anywhere else.
final class ProgressBoard: Sendable {
    struct Row {
        var done: Int
        /// Nothing moves at the moment, so that a rate would only fall.
        var isStill = false
        var note = ""
    }

    private struct State {
        var lines: [ProgressLine]
        var isTold: [Bool]
        /// Lines of the last drawing, over which the next one goes.
        var drawn = 0
        var nextDraw = ContinuousClock.now
        var isFinished = false
    }

    private let isTerminal = isatty(2) == 1
    private let width = Terminal.width(2)
    private let state: Mutex<State>

    init(_ rows: [(label: String, total: Int?)]) {
        let now = ContinuousClock.now
        let lines = rows.map { ProgressLine("  " + $0.label, total: $0.total, now: now) }
        state = Mutex(State(lines: lines, isTold: lines.map { _ in false }))
    }

    /// How far each row is, in the order of `init`.
    func set(_ rows: [Row]) {
        let text: String = state.withLock { state in
            for (index, row) in rows.enumerated() {
                state.lines[index].set(row.done)
                state.lines[index].note = row.note
                state.lines[index].isStill = row.isStill
            }
            let now = ContinuousClock.now
            guard !state.isFinished, now >= state.nextDraw else { return "" }
            state.nextDraw = now + .milliseconds(80)
            return isTerminal ? redraw(&state, isOver: false) : tell(&state) { $0.isFull }
        }
        if !text.isEmpty { Terminal.write(text, to: 2) }
    }

    func finish() {
        let text: String = state.withLock { state in
            guard !state.isFinished else { return "" }
            state.isFinished = true
            return isTerminal ? redraw(&state, isOver: true) : tell(&state) { _ in true }
        }
        Terminal.write(text, to: 2)
    }

    private func redraw(_ state: inout State, isOver: Bool) -> String {
        let up = state.drawn > 0 ? "\u{1B}[\(state.drawn)A" : ""
        state.drawn = state.lines.count
        return up
            + state.lines.map {
                "\r\u{1B}[K" + $0.text(Terminal.errorStyle, barWidth: width < 100 ? 0 : 24, isOver: isOver) + "\n"
            }.joined()
    }

    private func tell(_ state: inout State, where isOver: (ProgressLine) -> Bool) -> String {
        var text = ""
        for index in state.lines.indices where !state.isTold[index] && isOver(state.lines[index]) {
            state.isTold[index] = true
            text += state.lines[index].text(Terminal.errorStyle, isOver: true) + "\n"
        }
        return text
    }
}
