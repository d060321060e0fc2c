// SPDX-License-Identifier: Apache-2.0

/// The rows of one file or query, one at a time, never more than a few in memory.
protocol RowStream: AnyObject {
    /// The next row; nil after the last.
    ///
    /// - Throws: `SourceError` when the rest cannot be read. Nothing comes after it.
    func next() throws(SourceError) -> RowEvent?

    func place(row: Int) -> Place
}

enum RowEvent {
    /// The number of a query's row or the line of a file, and the values of the wanted columns.
    case row(number: Int, cells: [Cell])
    /// A row that cannot be used; reading goes on behind it.
    case unusable(SourceError)
}

/// Finds the columns a mapping asks for among those a source has.
enum ColumnFinder {
    /// - Returns: for each wanted column its index in `columns`; the case of letters matters only where two columns
    ///   differ by nothing else.
    /// - Throws: `.mapping` at the line that asks for a column that is not there, with the nearest that is.
    static func indexes(
        of wanted: [(name: String, line: Int)], in columns: [String], source: String, mapping file: String
    ) throws(SourceError) -> [Int] {
        var result: [Int] = []
        for (name, line) in wanted {
            guard
                let index = columns.firstIndex(of: name)
                    ?? columns.firstIndex(where: { $0.lowercased() == name.lowercased() })
            else {
                throw SourceError(
                    .mapping, at: Place(file: file, line: line), "there is no column '\(name)' in \(source)",
                    remedy: Nearest.hint(for: name, in: columns))
            }
            result.append(index)
        }
        return result
    }
}
