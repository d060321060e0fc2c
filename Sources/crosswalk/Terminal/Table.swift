// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Rows for a person, or the same as JSON for a program.
struct Table {
    struct Column {
        var title: String
        var isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    var columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: Column...) { self.columns = columns }

    mutating func add(_ cells: String...) { rows.append(cells) }
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table as lines: header, a rule, rows; numbers to the right.
    func lines(style: Style) -> [String] {
        let widths = columns.indices.map { column in
            ([columns[column].title] + rows.map { $0[column] }).map(\.displayWidth).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let gap = String(repeating: " ", count: widths[column] - cell.displayWidth)
                text += columns[column].isNumber ? gap + cell : cell + gap
                if column < cells.count - 1 { text += "  " }
            }
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        return [
            style.bold(line(columns.map(\.title))),
            style.dim(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")),
        ]
            + rows.map(line)
    }
}

extension String {
    /// Columns on a terminal: wide letters and emoji take two, combining marks and colours none.
    var displayWidth: Int {
        replacing(/\u{1B}\[[0-9;]*m/, with: "").reduce(0) { width, character in
            guard let scalar = character.unicodeScalars.first else { return width }
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0x1F300...0x1FAFF:
                return width + 2
            default: return width + 1
            }
        }
    }
}

extension Int {
    /// `1 row`, `2 rows`.
    func of(_ thing: String, _ many: String? = nil) -> String {
        "\(grouped) \(self == 1 ? thing : many ?? thing + "s")"
    }

    /// 1,234,567
    var grouped: String {
        var digits = String(magnitude)
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
            index -= 3
        }
        return self < 0 ? "-" + digits : digits
    }
}
