// SPDX-License-Identifier: Apache-2.0

internal import CODBC
import Foundation
import Synchronization

/// One connection to a database by unixODBC. Lives and dies on the thread of its reader.
///
/// It has an environment of its own, because unixODBC may lock everything within one environment.
final class ODBCConnection {
    private var environment: SQLHENV?
    private(set) var handle: SQLHDBC?
    /// What the database calls itself, such as `PostgreSQL`.
    private(set) var product = ""
    let blockRows: Int

    /// Connects and runs the settings' `on_connect` statements.
    ///
    /// - Throws: `SourceError` `.connect`, never with the connection string; `.query` for an `on_connect` statement.
    init(_ settings: ODBCSettings, file: String) throws(SourceError) {
        blockRows = settings.blockRows
        let place = Place(file: file)
        SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_ENV), nil, &environment)
        SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, ODBC.value(3), 0)
        let guessed = DriverOptions.of(connectionString: settings.connectionString)
        let string = guessed.added(to: settings.connectionString)
        try connect(string, place)
        // A DSN hides its driver, so its options can be added only now.
        let actual = DriverOptions.of(driver: info(SQL_DRIVER_NAME))
        let complete = actual.added(to: string)
        if complete != string {
            disconnect()
            try connect(complete, place)
        }
        product = info(SQL_DBMS_NAME)
        for statement in settings.onConnect { try run(statement, place) }
    }

    deinit {
        disconnect()
        if environment != nil { SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_ENV), environment) }
    }

    /// Whether the driver knows that the connection is gone.
    var isDead: Bool {
        var dead: SQLUINTEGER = 0
        let result = SQLGetConnectAttr(handle, SQL_ATTR_CONNECTION_DEAD, &dead, 0, nil)
        return ODBC.succeeded(result) && dead == 1
    }

    /// Whether the driver keeps a whole result in memory, however it is asked: Debian's driver for MariaDB and MySQL
    /// (3.1.15) does.
    /// Results are then read in pages, where the mapping names a `key` to page by.
    var needsPages: Bool { product.lowercased().contains("mariadb") || product.lowercased().contains("mysql") }

    var isSQLite: Bool { product.lowercased().contains("sqlite") }

    private func connect(_ string: String, _ place: Place) throws(SourceError) {
        SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_DBC), environment, &handle)
        SQLSetConnectAttr(handle, SQL_ATTR_LOGIN_TIMEOUT, ODBC.value(20), 0)
        var text = ODBC.utf16(string)
        let result = SQLDriverConnectW(
            handle, nil, &text, SQLSMALLINT(text.count), nil, 0, nil, SQLUSMALLINT(SQL_DRIVER_NOPROMPT))
        guard ODBC.succeeded(result) else {
            let error = ODBCDiagnostics(SQL_HANDLE_DBC, handle).connectError(at: place, drivers: installedDrivers())
            disconnect()
            throw error
        }
    }

    private func disconnect() {
        guard handle != nil else { return }
        SQLDisconnect(handle)
        SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_DBC), handle)
        handle = nil
    }

    private func run(_ sql: String, _ place: Place) throws(SourceError) {
        var statement: SQLHSTMT?
        SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_STMT), handle, &statement)
        defer { SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_STMT), statement) }
        var text = ODBC.utf16(sql)
        let result = SQLExecDirectW(statement, &text, SQLINTEGER(text.count))
        guard ODBC.succeeded(result) || result == SQL_NO_DATA else {
            throw ODBCDiagnostics(SQL_HANDLE_STMT, statement).queryError(
                at: Place(file: place.file, query: "on_connect"))
        }
    }

    private func info(_ item: Int32) -> String {
        var text = [SQLWCHAR](repeating: 0, count: 256)
        var length: SQLSMALLINT = 0
        let result = SQLGetInfoW(handle, SQLUSMALLINT(item), &text, SQLSMALLINT(text.count * 2), &length)
        guard ODBC.succeeded(result) else { return "" }
        return String(decoding: text.prefix { $0 != 0 }, as: UTF16.self)
    }

    /// The drivers that `DRIVER=` may name on this machine.
    private func installedDrivers() -> [String] {
        var names: [String] = []
        var name = [SQLWCHAR](repeating: 0, count: 128)
        var direction = SQLUSMALLINT(SQL_FETCH_FIRST)
        while ODBC.succeeded(SQLDriversW(environment, direction, &name, SQLSMALLINT(name.count), nil, nil, 0, nil)) {
            names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF16.self))
            direction = SQLUSMALLINT(SQL_FETCH_NEXT)
        }
        return names
    }
}

/// Ends a running query from another thread, which ODBC allows for this one call.
final class ODBCCanceller: Sendable {
    private struct State {
        /// The address of the statement that runs.
        var statement: UInt?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Makes `statement` the one to cancel.
    ///
    /// - Returns: false when the reading was cancelled before: the statement must not run then.
    func watch(_ statement: SQLHSTMT?) -> Bool {
        state.withLock {
            $0.statement = statement.map { UInt(bitPattern: $0) }
            return !$0.isCancelled
        }
    }

    /// To be called before a statement is freed.
    func forget() { state.withLock { $0.statement = nil } }

    /// The lock is held during the call, so that the statement cannot be freed under it.
    func cancel() {
        state.withLock {
            $0.isCancelled = true
            if let statement = $0.statement { SQLCancel(SQLHSTMT(bitPattern: statement)) }
        }
    }
}
