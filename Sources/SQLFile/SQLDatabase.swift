// SPDX-License-Identifier: Apache-2.0

import Foundation
internal import GRDB
internal import GRDBSQLite

/// One SQLite file: durable writes that share a commit, readers that never wait for the writer, and a schema that only moves forward.
///
/// WAL with `synchronous=FULL`: when `write` returns, the change survives a power cut. One flush serves every write that was waiting
/// (group commit), because one flush per write caps a disk with 2 ms flushes at 430 writes a second (`docs/decisions/0003`).
package final class SQLDatabase: Sendable {
    private let pool: DatabasePool
    private let commits: GroupCommit
    private let checkpointer: Checkpointer

    package let path: String

    /// Opens or creates the file and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - migrations: all of them, oldest first.
    ///   - logPages: how long the log grows before it is copied into the file beside the writer; 64 MB, because bulk intake writes 60 MB
    ///     a second.
    /// - Throws: `SQLError` with `.schema` when the file's history is not a beginning of `migrations`, `.io` when it cannot be opened.
    package init(path: String, migrations: [Migration], readers: Int = 4, logPages: Int = 8_000) throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { db in
            // Bodies of about 1 KB: a page of 8 KB holds eight of them instead of three. Only a new file listens.
            try db.execute(sql: "PRAGMA page_size = 8192")
        }
        self.path = path
        let pool = try SQLError.wrapping { try DatabasePool(path: path, configuration: configuration) }
        self.pool = pool
        let checkpointer = try SQLError.wrapping {
            try Checkpointer(path: path, limit: logPages, configuration: configuration)
        }
        self.checkpointer = checkpointer
        try SQLError.wrapping {
            try pool.writeWithoutTransaction { db in
                // GRDB sets synchronous=NORMAL when a pool opens, so FULL has to be said afterwards. A test reads it back.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // What is deleted or replaced is overwritten with zeros in the file: an erased person's bytes must not stay in free space.
                try db.execute(sql: "PRAGMA secure_delete = ON")
                try db.execute(sql: "PRAGMA cache_size = -32000")
                try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
                checkpointer.attach(to: db)
            }
        }
        commits = GroupCommit(pool)
        try migrate(migrations)
    }

    /// Runs `body` in a transaction of its own and returns once it is on the disk. Writes that arrive together share one commit;
    /// one that throws is undone alone and leaves its neighbours as they are. For that, `body` may run twice: it has no effect but on the
    /// transaction.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        try await commits.submit(body)
    }

    /// Runs `body` on a reader: it sees the last commit and no later one.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        do {
            return try await pool.read { db in try body(SQLTransaction(db: db)) }
        } catch let error as GRDB.DatabaseError {
            throw SQLError(sqlite: error.resultCode.rawValue, error.message ?? "no message", in: error.sql)
        }
    }

    /// Writes a consistent copy of the whole database to a new file.
    package func copy(to path: String) throws {
        try SQLError.wrapping {
            let destination = try DatabaseQueue(path: path)
            try pool.backup(to: destination)
            try destination.close()
        }
    }

    /// Moves everything from the log into the file and empties the log, so that older versions of a page are on the disk no more.
    ///
    /// - Returns: false when a reader or another process still needs the log; ask again later.
    package func emptyLog() async throws -> Bool {
        do {
            return try await pool.writeWithoutTransaction { db in
                // Nobody should wait five seconds for this: it is asked for again.
                try db.execute(sql: "PRAGMA busy_timeout = 200")
                defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
                return try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        } catch let error as GRDB.DatabaseError {
            if error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED { return false }
            throw SQLError(sqlite: error.resultCode.rawValue, error.message ?? "no message", in: error.sql)
        }
    }

    /// Finishes what is being written and closes the file.
    package func close() async throws {
        await commits.finish()
        try SQLError.wrapping {
            try checkpointer.close()
            try pool.close()
        }
    }

    private func migrate(_ migrations: [Migration]) throws {
        try SQLError.wrapping {
            try pool.writeWithoutTransaction { db in
                try db.execute(
                    sql:
                        "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, fingerprint BIGINT NOT NULL)"
                )
                let applied = try Row.fetchAll(db, sql: "SELECT name, fingerprint FROM migration ORDER BY number")
                guard applied.count <= migrations.count else {
                    throw SQLError(
                        .schema,
                        "\(path) was written by a newer version of Crosswalk; use that version, or restore a backup")
                }
                for (row, migration) in zip(applied, migrations) {
                    guard row["name"] == migration.name, row["fingerprint"] == migration.fingerprint else {
                        throw SQLError(
                            .schema,
                            "\(path) has another schema history than this version of Crosswalk (at \(migration.name))")
                    }
                }
                for (number, migration) in migrations.enumerated().dropFirst(applied.count) {
                    try db.inTransaction(.immediate) {
                        try db.execute(sql: migration.sql)
                        try db.execute(
                            sql: "INSERT INTO migration (number, name, fingerprint) VALUES (?, ?, ?)",
                            arguments: [number, migration.name, migration.fingerprint])
                        return .commit
                    }
                }
            }
        }
    }
}
