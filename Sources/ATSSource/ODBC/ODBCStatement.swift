// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// A query that runs: parameters bound, cursor forward-only.
final class ODBCStatement {
    private(set) var handle: SQLHSTMT?
    private let connection: ODBCConnection
    private let canceller: ODBCCanceller
    /// The bytes of bound parameters; they must stay where they are while the query runs.
    private var parameters: [UnsafeMutableRawPointer] = []
    private var lengths: [UnsafeMutablePointer<SQLLEN>] = []

    /// Runs `query` to where its first row can be fetched.
    ///
    /// - Throws: `SourceError` `.query` or `.disconnected`, without the SQL.
    init(_ connection: ODBCConnection, _ query: SourceQuery.Statement, at place: Place, canceller: ODBCCanceller)
        throws(SourceError)
    {
        self.connection = connection
        self.canceller = canceller
        guard ODBC.succeeded(SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_STMT), connection.handle, &handle)) else {
            throw ODBCDiagnostics(SQL_HANDLE_DBC, connection.handle).queryError(at: place)
        }
        guard canceller.watch(handle) else { throw SourceError(.query, at: place, "the reading was cancelled") }
        SQLSetStmtAttr(handle, SQL_ATTR_CURSOR_TYPE, ODBC.value(Int(SQL_CURSOR_FORWARD_ONLY)), 0)
        SQLSetStmtAttr(handle, SQL_ATTR_CONCURRENCY, ODBC.value(Int(SQL_CONCUR_READ_ONLY)), 0)
        var text = ODBC.utf16(query.sql)
        if query.bound.isEmpty {
            try check(SQLExecDirectW(handle, &text, SQLINTEGER(text.count)), at: place)
        } else {
            try check(SQLPrepareW(handle, &text, SQLINTEGER(text.count)), at: place)
            for (index, value) in query.bound.enumerated() { try check(bind(value, index + 1), at: place) }
            try check(SQLExecute(handle), at: place)
        }
    }

    deinit {
        canceller.forget()
        SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_STMT), handle)
        for parameter in parameters { parameter.deallocate() }
        for length in lengths { length.deallocate() }
    }

    /// The result's columns; none when the query gives no rows.
    func columns() -> [ODBCColumn] {
        var count: SQLSMALLINT = 0
        SQLNumResultCols(handle, &count)
        return (0..<Int(max(count, 0))).map { ODBCColumn(handle, number: $0 + 1, isSQLite: connection.isSQLite) }
    }

    /// - Throws: what the driver says when `result` is a failure.
    func check(_ result: SQLRETURN, at place: Place) throws(SourceError) {
        guard !ODBC.succeeded(result) else { return }
        throw ODBCDiagnostics(SQL_HANDLE_STMT, handle).queryError(at: place)
    }

    private func bind(_ value: SourceQuery.Bound, _ number: Int) -> SQLRETURN {
        switch value {
        case .timestamp(let time):
            let stamp = SQL_TIMESTAMP_STRUCT(
                year: SQLSMALLINT(time.year), month: SQLUSMALLINT(time.month), day: SQLUSMALLINT(time.day),
                hour: SQLUSMALLINT(time.hour),
                minute: SQLUSMALLINT(time.minute), second: SQLUSMALLINT(time.second),
                fraction: SQLUINTEGER(time.microsecond * 1000))
            return withUnsafeBytes(of: stamp) {
                bind($0, number, SQL_C_TYPE_TIMESTAMP, SQL_TYPE_TIMESTAMP, size: 26, digits: 6)
            }
        case .integer(let integer):
            return withUnsafeBytes(of: integer) { bind($0, number, SQL_C_SBIGINT, SQL_BIGINT, size: 20, digits: 0) }
        case .text(let text):
            return ODBC.utf16(text).withUnsafeBytes {
                bind($0, number, SQL_C_WCHAR, SQL_WVARCHAR, size: max(1, text.utf16.count), digits: 0)
            }
        }
    }

    private func bind(
        _ bytes: UnsafeRawBufferPointer, _ number: Int, _ cType: Int32, _ type: Int32, size: Int, digits: Int
    ) -> SQLRETURN {
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 2, alignment: 8)
        buffer.initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count + 2)
        if let start = bytes.baseAddress { buffer.copyMemory(from: start, byteCount: bytes.count) }
        let length = UnsafeMutablePointer<SQLLEN>.allocate(capacity: 1)
        length.initialize(to: SQLLEN(bytes.count))
        parameters.append(buffer)
        lengths.append(length)
        return SQLBindParameter(
            handle, SQLUSMALLINT(number), SQLSMALLINT(SQL_PARAM_INPUT), SQLSMALLINT(cType), SQLSMALLINT(type),
            SQLULEN(size),
            SQLSMALLINT(digits), buffer, SQLLEN(bytes.count), length)
    }
}
