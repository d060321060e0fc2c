// SPDX-License-Identifier: Apache-2.0

/// Small CSV files that people load down and up: RFC 4180, commas, quotes where needed, CRLF.
package enum CSVText {
    /// What is wrong with a file as a whole.
    package struct Mistake: Error, Hashable, Sendable {
        /// From 1.
        package var line: Int
        package var message: String

        package init(line: Int, message: String) {
            self.line = line
            self.message = message
        }
    }

    /// One row, with the line it begins on.
    package struct Row: Hashable, Sendable {
        package var line: Int
        package var fields: [String]
    }

    /// A cell that a spreadsheet would run as a formula gets an apostrophe in front, as spreadsheets themselves mark text.
    package static func line(_ cells: [String]) -> String {
        cells.map { quoted(startsFormula($0[...]) ? "'" + $0 : $0) }.joined(separator: ",") + "\r\n"
    }

    /// The cell without the apostrophe that `line` put there.
    package static func plain(_ cell: String) -> String {
        cell.first == "'" && startsFormula(cell.dropFirst()) ? String(cell.dropFirst()) : cell
    }

    private static func startsFormula(_ cell: Substring) -> Bool {
        cell.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
    }

    private static func quoted(_ field: String) -> String {
        // By scalar: a quote and an accent behind it are one character.
        let scalars = field.unicodeScalars
        guard scalars.contains(where: { $0 == "\"" || $0 == "," || $0 == "\n" || $0 == "\r" }) else { return field }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }

    /// Reads a whole text. A byte order mark is skipped, blank lines are left out, and commas or semicolons separate:
    /// whichever the first line has.
    ///
    /// - Throws: `Mistake` for a quote that is never closed, or one that stands in the middle of a field.
    package static func rows(_ text: String) throws(Mistake) -> [Row] {
        var scalars = text.unicodeScalars[...]
        if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
        let head = scalars.prefix { $0 != "\n" && $0 != "\r" }
        var reader = Reader(separator: !head.contains(",") && head.contains(";") ? ";" : ",")
        for scalar in scalars { try reader.read(scalar) }
        return try reader.end()
    }

    private struct Reader {
        let separator: Unicode.Scalar
        private var rows: [Row] = []
        private var fields: [String] = []
        private var field = String.UnicodeScalarView()
        private var line = 1
        private var start = 1
        private var isQuoted = false
        /// A quote was read inside quotes: it ends them, or stands for itself before another.
        private var sawQuote = false
        private var wasQuoted = false
        private var sawReturn = false

        init(separator: Unicode.Scalar) { self.separator = separator }

        mutating func read(_ scalar: Unicode.Scalar) throws(Mistake) {
            defer { sawReturn = scalar == "\r" }
            if isQuoted && !sawQuote {
                if scalar == "\r" || (scalar == "\n" && !sawReturn) { line += 1 }
                if scalar == "\"" { sawQuote = true } else { field.append(scalar) }
                return
            }
            if sawQuote {
                sawQuote = false
                if scalar == "\"" {
                    field.append(scalar)
                    return
                }
                isQuoted = false
            }
            switch scalar {
            case "\"":
                guard field.isEmpty, !wasQuoted else {
                    throw Mistake(line: line, message: "a quote stands in the middle of a field")
                }
                isQuoted = true
                wasQuoted = true
            case separator: endField()
            case "\n" where sawReturn: break
            case "\n", "\r":
                endRow()
                line += 1
                start = line
            default:
                guard !wasQuoted else {
                    throw Mistake(line: line, message: "something follows a closing quote")
                }
                field.append(scalar)
            }
        }

        mutating func end() throws(Mistake) -> [Row] {
            guard !isQuoted || sawQuote else {
                throw Mistake(line: start, message: "a quote is opened in this row and never closed")
            }
            endRow()
            return rows
        }

        private mutating func endField() {
            fields.append(String(field))
            field.removeAll()
            wasQuoted = false
        }

        private mutating func endRow() {
            endField()
            if fields.count > 1 || !fields[0].isEmpty { rows.append(Row(line: start, fields: fields)) }
            fields = []
        }
    }
}
