// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// Fetches one row at a time and reads each value to its end, however long it is.
final class ValueFetcher: RowFetcher {
    /// A longer value is not a field of a record but a document that got into the query by mistake.
    private static let longestValue = 16 << 20

    private let statement: ODBCStatement
    private let columns: [ODBCColumn]
    /// The order in which values are read: drivers want columns to go up.
    private let order: [Int]
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 32 << 10, alignment: 16)

    init(_ statement: ODBCStatement, _ columns: [ODBCColumn]) {
        self.statement = statement
        self.columns = columns
        order = columns.indices.sorted { columns[$0].number < columns[$1].number }
    }

    deinit { buffer.deallocate() }

    func next(at place: Place) throws(SourceError) -> FetchedRow? {
        let result = SQLFetch(statement.handle)
        if result == SQL_NO_DATA { return nil }
        try statement.check(result, at: place)
        var cells = [Cell](repeating: .null, count: columns.count)
        var previous: (number: SQLUSMALLINT, index: Int)?
        for index in order {
            // Two fields may read one column; ODBC gives a value only once.
            if let previous, previous.number == columns[index].number {
                cells[index] = cells[previous.index]
                continue
            }
            guard let cell = try read(columns[index], at: place.column(columns[index].name)) else {
                return .unusable(
                    SourceError(
                        .data, at: place.column(columns[index].name),
                        "the value is longer than \(Self.longestValue >> 20) MB",
                        remedy: "leave documents out of the query"))
            }
            cells[index] = cell
            previous = (columns[index].number, index)
        }
        return .cells(cells)
    }

    /// - Returns: nil when the value is too long.
    private func read(_ column: ODBCColumn, at place: Place) throws(SourceError) -> Cell? {
        var whole: [UInt8] = []
        let zero = column.cType == SQL_C_WCHAR ? 2 : column.cType == SQL_C_CHAR ? 1 : 0
        while true {
            var length: SQLLEN = 0
            let result = SQLGetData(
                statement.handle, column.number, column.cType, buffer.baseAddress, SQLLEN(buffer.count), &length)
            // The piece before was the last.
            if result == SQL_NO_DATA { break }
            try statement.check(result, at: place)
            if length == SQL_NULL_DATA { return .null }
            let isWhole =
                result == SQL_SUCCESS && length != SQL_NO_TOTAL && (zero == 0 || length <= buffer.count - zero)
            let count = zero == 0 ? buffer.count : isWhole ? length : buffer.count - zero
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            if isWhole, whole.isEmpty { return column.cell(piece) }
            whole.append(contentsOf: piece)
            guard whole.count <= Self.longestValue else { return nil }
            if isWhole { break }
        }
        return whole.withUnsafeBytes(column.cell)
    }
}
