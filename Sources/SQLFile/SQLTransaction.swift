// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import GRDBSQLite

/// An open transaction: what statements run in. It is synchronous on purpose, so that no network call can happen inside.
///
/// Statements are prepared once per connection and kept. Values are bound, never spliced; `sql` is a constant of the calling file.
package struct SQLTransaction {
    let db: GRDB.Database

    /// Runs a statement that returns no rows.
    ///
    /// - Returns: how many rows it inserted, updated or deleted.
    /// - Throws: `SQLError`.
    @discardableResult
    package func run(_ sql: String, _ values: SQLValue...) throws -> Int {
        try run(sql, values)
    }

    @discardableResult
    package func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let before = sqlite3_total_changes64(db.sqliteConnection)
        try step(sql, values) { _ in false }
        return Int(sqlite3_total_changes64(db.sqliteConnection) - before)
    }

    /// Every row of a result, in order.
    package func rows<Value>(_ sql: String, _ values: [SQLValue] = [], _ map: (borrowing SQLRow) throws -> Value) throws
        -> [Value]
    {
        var result: [Value] = []
        try step(sql, values) { row in
            result.append(try map(row))
            return true
        }
        return result
    }

    /// The first row of a result, or nil. The statement runs to its end, so that an `INSERT … RETURNING` is whole.
    package func first<Value>(_ sql: String, _ values: [SQLValue] = [], _ map: (borrowing SQLRow) throws -> Value)
        throws -> Value?
    {
        var result: Value?
        try step(sql, values) { row in
            if result == nil { result = try map(row) }
            return true
        }
        return result
    }

    /// Visits the rows of a result without keeping them; `visit` returns false to stop.
    package func each(_ sql: String, _ values: [SQLValue] = [], _ visit: (borrowing SQLRow) throws -> Bool) throws {
        try step(sql, values, visit)
    }

    private func step(_ sql: String, _ values: [SQLValue], _ visit: (borrowing SQLRow) throws -> Bool) throws {
        let statement = try SQLError.wrapping { try db.cachedStatement(sql: sql) }.sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (offset, value) in values.enumerated() {
            bind(value, to: statement, at: Int32(offset + 1))
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                guard try visit(SQLRow(statement: statement)) else { return }
            case SQLITE_DONE:
                return
            case let code:
                throw SQLError(sqlite: code, String(cString: sqlite3_errmsg(db.sqliteConnection)), in: sql)
            }
        }
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at index: Int32) {
        // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null:
            sqlite3_bind_null(statement, index)
        case .int(let value):
            sqlite3_bind_int64(statement, index, value)
        case .text(var value):
            value.withUTF8 { bytes in
                // An empty buffer has no address, and a null address would bind NULL.
                if let start = bytes.baseAddress {
                    start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                        _ = sqlite3_bind_text(statement, index, $0, Int32(bytes.count), transient)
                    }
                } else {
                    sqlite3_bind_text(statement, index, "", 0, transient)
                }
            }
        case .blob(let value):
            if value.isEmpty {
                sqlite3_bind_zeroblob(statement, index, 0)
            } else {
                _ = value.withUnsafeBytes {
                    sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), transient)
                }
            }
        }
    }
}

extension SQLError {
    /// Turns the engine's errors into ours.
    static func wrapping<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as GRDB.DatabaseError {
            throw SQLError(sqlite: error.resultCode.rawValue, error.message ?? "no message", in: error.sql)
        }
    }

    init(sqlite code: Int32, _ message: String, in sql: String?) {
        let place = sql.map { " in: \($0.prefix(200))" } ?? ""
        let own: Code =
            switch code & 0xFF {
            case SQLITE_FULL: .full
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_CONSTRAINT: .constraint
            case SQLITE_CORRUPT, SQLITE_NOTADB: .schema
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY: .io
            default: .other
            }
        self.init(own, "SQLite error \(code): \(message)\(place)")
    }
}
