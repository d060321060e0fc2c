// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// What a driver says went wrong.
struct ODBCDiagnostics {
    struct Record {
        /// Five characters, ISO/IEC 9075.
        var state: String
        /// The database's own number.
        var native: Int32
        var text: String
    }

    var records: [Record] = []

    /// Everything the driver has to say about the last call on a handle.
    init(_ type: Int32, _ handle: SQLHANDLE?) {
        var state = [SQLWCHAR](repeating: 0, count: 6)
        var message = [SQLWCHAR](repeating: 0, count: 1024)
        for number in 1...8 {
            var native: SQLINTEGER = 0
            var length: SQLSMALLINT = 0
            let result = SQLGetDiagRecW(
                SQLSMALLINT(type), handle, SQLSMALLINT(number), &state, &native, &message, SQLSMALLINT(message.count),
                &length)
            guard ODBC.succeeded(result) else { break }
            let text = message[..<min(Int(max(length, 0)), message.count - 1)]
            records.append(
                Record(
                    state: String(decoding: state.prefix(5), as: UTF16.self), native: native,
                    text: Self.clean(String(decoding: text, as: UTF16.self))))
        }
    }

    /// The first that says an error; drivers put mere notices (class 01) before it at times.
    var first: Record? { records.first { !$0.state.hasPrefix("01") } ?? records.first }

    func has(_ states: String...) -> Bool { records.contains { states.contains($0.state) } }

    /// Without the `[vendor][component]` in front and the `(0) (SQLExecute)` behind.
    private static func clean(_ text: String) -> String {
        var rest = text[...]
        while rest.first == "[", let end = rest.firstIndex(of: "]") {
            rest = rest[rest.index(after: end)...].drop { $0 == " " }
        }
        return rest.split(whereSeparator: \.isNewline).joined(separator: " ").trimmed ?? ""
    }
}

extension ODBCDiagnostics {
    /// The error of a failed connection.
    func connectError(at place: Place, drivers: [String]) -> SourceError {
        let said = first.map { "\($0.text) (SQLSTATE \($0.state))" } ?? "the driver gives no reason"
        if records.contains(where: { $0.state == "IM002" || $0.state == "IM003" || $0.text.contains("Can't open lib") })
        {
            let list = drivers.isEmpty ? "none is installed" : "installed are: " + drivers.joined(separator: ", ")
            return SourceError(
                .connect, at: place, "there is no such ODBC driver or data source: \(said)",
                remedy: "correct DRIVER or DSN; " + list)
        }
        if has("28000", "28P01") || first?.native == 1045 || first?.text.contains("authentication failed") == true {
            return SourceError(
                .connect, at: place, "the database refused the login: \(said)", remedy: "check UID and PWD")
        }
        if has("HYT00", "HYT01") {
            return SourceError(
                .connect, at: place, "the database did not answer: \(said)",
                remedy: "check SERVER and PORT, and firewalls between")
        }
        return SourceError(
            .connect, at: place, "no connection to the database: \(said)",
            remedy: "check SERVER, PORT and DATABASE, and that it runs")
    }

    /// The error of a failed query or of reading its rows.
    func queryError(at place: Place) -> SourceError {
        let state = first?.state ?? "HY000"
        let text = first?.text ?? "the driver gives no reason"
        if isDisconnection {
            return SourceError(
                .disconnected, at: place, "the database went away while it was being read (SQLSTATE \(state))",
                remedy: "run again when it is back: nothing half-read was sent, and the watermark has not moved")
        }
        switch state {
        case "42S02", "42P01":
            return SourceError(
                .query, at: place, "a table is missing: \(text)",
                remedy: "correct the query, or the DATABASE it runs in")
        case "42S22", "42703":
            return SourceError(.query, at: place, "a column is missing: \(text)", remedy: "correct the query")
        case "42501":
            return SourceError(.query, at: place, "the login may not read this: \(text)", remedy: "grant it SELECT")
        case "HYT00", "HY008", "57014":
            return SourceError(
                .query, at: place, "the query was ended before it was done (SQLSTATE \(state))",
                remedy: "raise the limit, or make it faster")
        // Data exceptions quote the value, which must not get into a log.
        case let state where state.hasPrefix("22"):
            return SourceError(
                .query, at: place, "the database could not convert a value (SQLSTATE \(state))",
                remedy: "look at the casts of the query")
        default:
            return SourceError(
                .query, at: place, "the database refused the query: \(text) (SQLSTATE \(state))",
                remedy: "correct the query")
        }
    }

    /// Whether the connection is gone: class 08, PostgreSQL's shutdown states, and what MariaDB files under HY000.
    private var isDisconnection: Bool {
        records.contains { record in
            record.state.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(record.state)
                || [2006, 2013, 2055, 1927, 1053].contains(record.native)
                || [
                    "server closed the connection", "no connection to the server", "Lost connection",
                    "could not receive data", "has gone away",
                ]
                .contains { record.text.contains($0) }
        }
    }
}

/// What C macros say in ODBC's headers.
enum ODBC {
    static func succeeded(_ result: SQLRETURN) -> Bool { result == SQL_SUCCESS || result == SQL_SUCCESS_WITH_INFO }

    /// An attribute's value where ODBC wants a pointer.
    static func value(_ number: Int) -> SQLPOINTER? { SQLPOINTER(bitPattern: number) }

    static func utf16(_ text: String) -> [SQLWCHAR] { Array(text.utf16) }
}
