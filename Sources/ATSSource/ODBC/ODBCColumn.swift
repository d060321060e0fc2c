// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// One column of a result, and how its values are fetched.
struct ODBCColumn {
    enum Form {
        /// UTF-16 of at most so many units; nil when nobody knows.
        case text(units: Int?)
        /// Numbers and the like, whose text is ASCII.
        case ascii
        case timestamp
        case date
        /// A date that SQLite keeps as text.
        case timestampText
    }

    /// From 1.
    var number: SQLUSMALLINT
    var name: String
    var form: Form

    /// Reads the description of a column.
    init(_ statement: SQLHSTMT?, number: Int, isSQLite: Bool) {
        self.number = SQLUSMALLINT(number)
        var name = [SQLWCHAR](repeating: 0, count: 256)
        var type: SQLSMALLINT = 0
        var size: SQLULEN = 0
        SQLDescribeColW(statement, self.number, &name, SQLSMALLINT(name.count), nil, &type, &size, nil, nil)
        self.name = String(decoding: name.prefix { $0 != 0 }, as: UTF16.self)
        switch Int32(type) {
        case SQL_TYPE_TIMESTAMP, SQL_TIMESTAMP: form = isSQLite ? .timestampText : .timestamp
        case SQL_TYPE_DATE: form = isSQLite ? .timestampText : .date
        case SQL_BIGINT, SQL_INTEGER, SQL_SMALLINT, SQL_TINYINT, SQL_BIT, SQL_DECIMAL, SQL_NUMERIC, SQL_REAL, SQL_FLOAT,
            SQL_DOUBLE, SQL_GUID:
            // SQLite lets anything stand in a column of any type.
            form = isSQLite ? .text(units: nil) : .ascii
        case SQL_CHAR, SQL_VARCHAR, SQL_WCHAR, SQL_WVARCHAR:
            // Two units for characters outside the basic plane.
            form = .text(units: isSQLite || size == 0 || size > 2000 ? nil : Int(size) * 2)
        default: form = .text(units: nil)
        }
    }

    /// The C type that values are fetched as.
    var cType: SQLSMALLINT {
        switch form {
        case .text, .timestampText: SQLSMALLINT(SQL_C_WCHAR)
        case .ascii: SQLSMALLINT(SQL_C_CHAR)
        case .timestamp: SQLSMALLINT(SQL_C_TYPE_TIMESTAMP)
        case .date: SQLSMALLINT(SQL_C_TYPE_DATE)
        }
    }

    /// Bytes that any value fits into, with the zero at its end; nil when nobody knows.
    var boundBytes: Int? {
        switch form {
        case .text(let units): units.map { ($0 + 1) * 2 }
        case .timestampText: nil
        case .ascii: 128
        case .timestamp: MemoryLayout<SQL_TIMESTAMP_STRUCT>.size
        case .date: MemoryLayout<SQL_DATE_STRUCT>.size
        }
    }

    /// The cell of a fetched value that is not null.
    func cell(_ bytes: UnsafeRawBufferPointer) -> Cell {
        switch form {
        case .text:
            return .text(UTF16Text.decode(bytes))
        case .timestampText:
            let text = UTF16Text.decode(bytes)
            if let reading = text.trimmed.flatMap({ ISODate.read($0) }), reading.offset == nil {
                return .wall(reading.time)
            }
            return .text(text)
        case .ascii:
            return .text(String(decoding: bytes, as: UTF8.self))
        case .timestamp:
            let value = bytes.loadUnaligned(as: SQL_TIMESTAMP_STRUCT.self)
            return Self.wall(
                WallTime(
                    year: Int(value.year), month: Int(value.month), day: Int(value.day), hour: Int(value.hour),
                    minute: Int(value.minute),
                    second: Int(value.second), microsecond: Int(value.fraction) / 1000))
        case .date:
            let value = bytes.loadUnaligned(as: SQL_DATE_STRUCT.self)
            return Self.wall(WallTime(year: Int(value.year), month: Int(value.month), day: Int(value.day)))
        }
    }

    /// MySQL's "zero date" 0000-00-00 is no date: it means nothing.
    private static func wall(_ time: WallTime) -> Cell { time.isValid ? .wall(time) : .null }
}

/// Text as ODBC hands it out.
enum UTF16Text {
    /// Mostly ASCII in practice, which is worth a path of its own.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        let units = bytes.bindMemory(to: UInt16.self)
        guard units.allSatisfy({ $0 < 0x80 }) else { return String(decoding: units, as: UTF16.self) }
        return String(unsafeUninitializedCapacity: units.count) { target in
            for index in 0..<units.count { target[index] = UInt8(truncatingIfNeeded: units[index]) }
            return units.count
        }
    }
}
