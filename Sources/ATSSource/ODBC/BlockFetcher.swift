// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// Fetches many rows by one call into column buffers of fixed size.
final class BlockFetcher: RowFetcher {
    private struct Buffer {
        var column: ODBCColumn
        var width: Int
        var values: UnsafeMutableRawPointer
        var lengths: UnsafeMutablePointer<SQLLEN>
    }

    private static let mostBytes = 4 << 20

    private let statement: ODBCStatement
    private var buffers: [Buffer] = []
    private let fetched = UnsafeMutablePointer<SQLULEN>.allocate(capacity: 1)
    private let statuses: UnsafeMutablePointer<SQLUSMALLINT>
    private var row = 0

    /// - Returns: nil when a column's values have no known limit.
    init?(_ statement: ODBCStatement, _ columns: [ODBCColumn], rows: Int) {
        let widths = columns.compactMap(\.boundBytes)
        guard rows > 1, widths.count == columns.count, !columns.isEmpty else { return nil }
        self.statement = statement
        let count = max(1, min(rows, Self.mostBytes / widths.reduce(1, +)))
        fetched.initialize(to: 0)
        statuses = .allocate(capacity: count)
        statuses.initialize(repeating: 0, count: count)
        SQLSetStmtAttr(statement.handle, SQL_ATTR_ROW_BIND_TYPE, ODBC.value(Int(SQL_BIND_BY_COLUMN)), 0)
        SQLSetStmtAttr(statement.handle, SQL_ATTR_ROW_ARRAY_SIZE, ODBC.value(count), 0)
        SQLSetStmtAttr(statement.handle, SQL_ATTR_ROWS_FETCHED_PTR, fetched, 0)
        SQLSetStmtAttr(statement.handle, SQL_ATTR_ROW_STATUS_PTR, statuses, 0)
        for (column, width) in zip(columns, widths) {
            let buffer = Buffer(
                column: column, width: width, values: .allocate(byteCount: width * count, alignment: 16),
                lengths: .allocate(capacity: count))
            buffer.lengths.initialize(repeating: 0, count: count)
            buffers.append(buffer)
            SQLBindCol(statement.handle, column.number, column.cType, buffer.values, SQLLEN(width), buffer.lengths)
        }
    }

    deinit {
        SQLFreeStmt(statement.handle, SQLUSMALLINT(SQL_UNBIND))
        for buffer in buffers {
            buffer.values.deallocate()
            buffer.lengths.deallocate()
        }
        fetched.deallocate()
        statuses.deallocate()
    }

    func next(at place: Place) throws(SourceError) -> FetchedRow? {
        while row == Int(fetched.pointee) {
            let result = SQLFetch(statement.handle)
            if result == SQL_NO_DATA { return nil }
            try statement.check(result, at: place)
            row = 0
        }
        defer { row += 1 }
        guard Int32(statuses[row]) != SQL_ROW_ERROR else {
            throw ODBCDiagnostics(SQL_HANDLE_STMT, statement.handle).queryError(at: place)
        }
        var cells: [Cell] = []
        cells.reserveCapacity(buffers.count)
        for buffer in buffers {
            let length = buffer.lengths[row]
            if length == SQL_NULL_DATA {
                cells.append(.null)
                continue
            }
            // A whole value leaves room for the zero behind it; the structures of dates have none.
            let isStructure = buffer.column.cType == SQL_C_TYPE_TIMESTAMP || buffer.column.cType == SQL_C_TYPE_DATE
            guard length >= 0, isStructure || length < buffer.width else {
                return .unusable(
                    SourceError(
                        .data, at: place.column(buffer.column.name),
                        "the value is longer than the column says it can be",
                        remedy: "set 'block_rows: 1' under source"))
            }
            let start = UnsafeRawPointer(buffer.values + row * buffer.width)
            cells.append(
                buffer.column.cell(UnsafeRawBufferPointer(start: start, count: isStructure ? buffer.width : length)))
        }
        return .cells(cells)
    }
}
