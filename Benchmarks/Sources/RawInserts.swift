// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import GRDBSQLite

/// The peer of the intake: the same bytes through prepared statements of SQLite's C interface, one thread, nothing else.
struct RawInserts: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "raw")
    @Option var file: String
    @Option var records: Int
    @Option var transaction = 2_000
    @Option var seed: UInt64 = 1

    func run() throws {
        let lines = CandidateLines(seed: seed)
        var database: OpaquePointer?
        guard sqlite3_open(file, &database) == SQLITE_OK else { throw ValidationError("cannot open \(file)") }
        defer { sqlite3_close(database) }
        // The connector's own settings (Sources/SQLFile).
        for pragma in [
            "page_size = 8192", "journal_mode = WAL", "synchronous = FULL", "cache_size = -32000",
            "temp_store = MEMORY",
            "wal_autocheckpoint = 8000", "journal_size_limit = 67108864",
        ] { try execute("PRAGMA \(pragma)", database) }
        try execute(
            "CREATE TABLE candidate (id TEXT PRIMARY KEY, version INTEGER NOT NULL, payload BLOB NOT NULL, updated_at INTEGER NOT NULL)",
            database)
        var insert: OpaquePointer?
        guard
            sqlite3_prepare_v3(database, "INSERT INTO candidate VALUES (?, ?, ?, ?)", -1, 0, &insert, nil) == SQLITE_OK
        else {
            throw ValidationError(String(cString: sqlite3_errmsg(database)))
        }
        defer { sqlite3_finalize(insert) }
        let clock = ContinuousClock()
        var took = Duration.zero
        for start in stride(from: 0, to: records, by: transaction) {
            // Making the bytes is not the database's work and not counted.
            let rows = (start..<min(start + transaction, records)).map { (lines.id($0), lines.lines($0..<$0 + 1)) }
            took += try clock.measure {
                try execute("BEGIN IMMEDIATE", database)
                for (id, payload) in rows { try Self.step(insert, id, payload, database) }
                try execute("COMMIT", database)
            }
        }
        report(("rate", Double(records) / took.seconds), ("seconds", took.seconds))
    }

    private static func step(_ insert: OpaquePointer?, _ id: [UInt8], _ payload: [UInt8], _ database: OpaquePointer?)
        throws
    {
        let result = id.withUnsafeBytes { id in
            payload.withUnsafeBytes { payload in
                // No copies: the bytes live until the statement is reset.
                id.withMemoryRebound(to: CChar.self) {
                    _ = sqlite3_bind_text(insert, 1, $0.baseAddress, Int32($0.count), nil)
                }
                sqlite3_bind_int64(insert, 2, 1)
                sqlite3_bind_blob(insert, 3, payload.baseAddress, Int32(payload.count), nil)
                sqlite3_bind_int64(insert, 4, 1_770_033_600_000)
                return sqlite3_step(insert)
            }
        }
        guard result == SQLITE_DONE else { throw ValidationError(String(cString: sqlite3_errmsg(database))) }
        sqlite3_reset(insert)
    }

    private func execute(_ sql: String, _ database: OpaquePointer?) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
            throw ValidationError(String(cString: sqlite3_errmsg(database)))
        }
    }
}
