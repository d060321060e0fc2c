// SPDX-License-Identifier: Apache-2.0

/// The highest value of a watermark column that a run has seen.
struct HighWater {
    private enum Value {
        case time(WallTime)
        case number(Int64)
        case text(String)
    }

    private let kind: WatermarkRule.Kind
    /// The watermark column among the cells of a row.
    private let column: Int
    private var highest: Value?

    /// - Parameter before: what the run started from; the watermark never goes back.
    init(rule: WatermarkRule, column: Int, before: String?) {
        kind = rule.kind
        self.column = column
        highest = before.flatMap { Self.value(.text($0), rule.kind) }
    }

    /// What the next run should start from; nil when nothing was seen yet.
    var text: String? {
        switch highest {
        case nil: nil
        case .time(let time)?: time.description
        case .number(let number)?: String(number)
        case .text(let text)?: text
        }
    }

    mutating func see(_ cells: [Cell]) {
        guard let value = Self.value(cells[column], kind) else { return }
        guard let highest else {
            self.highest = value
            return
        }
        if Self.isLess(highest, value) { self.highest = value }
    }

    private static func value(_ cell: Cell, _ kind: WatermarkRule.Kind) -> Value? {
        switch (kind, cell) {
        case (.timestamp, .wall(let time)): .time(time)
        case (.timestamp, _): cell.text.flatMap { ISODate.read($0) }.map { .time($0.time) }
        case (.integer, _): cell.text.flatMap { Int64($0) }.map { .number($0) }
        case (.text, _): cell.text.map { .text($0) }
        }
    }

    private static func isLess(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (.time(let a), .time(let b)): (a.seconds, a.microsecond) < (b.seconds, b.microsecond)
        case (.number(let a), .number(let b)): a < b
        // Byte order, which is how databases with a binary collation compare.
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: false
        }
    }
}
