// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import GRDBSQLite
import Synchronization

/// Copies the log into the database file beside the writer, so that writing does not stand still for it.
///
/// The bulk is copied on a connection and a thread of its own. What the writer added meanwhile, which is little, the writer copies itself
/// after a commit; then the whole log is in the file, and the next commit starts it over. Copying never waits for a reader, and a crash at
/// any point leaves log and file as SQLite's own checkpoints do: the copied pages are flushed before the log is used again.
final class Checkpointer: Sendable {
    private enum Stage {
        case idle
        case copying
        /// The bulk is in the file.
        case copied
    }

    /// Pages of log from which it is copied.
    private let limit: Int32
    private let copier: DatabaseQueue
    private let stage = Mutex(Stage.idle)

    init(path: String, limit: Int, configuration: GRDB.Configuration) throws {
        self.limit = Int32(limit)
        copier = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Takes the place of SQLite's automatic checkpoints on the writer's connection. The connection must be closed before this object goes.
    func attach(to writer: GRDB.Database) {
        sqlite3_wal_hook(
            writer.sqliteConnection,
            { checkpointer, connection, _, pages in
                guard let checkpointer, let connection else { return SQLITE_OK }
                Unmanaged<Checkpointer>.fromOpaque(checkpointer).takeUnretainedValue().committed(pages, connection)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Finishes what is being copied.
    func close() throws { try copier.close() }

    /// - Parameter pages: that the log has after a commit.
    private func committed(_ pages: Int32, _ writer: OpaquePointer) {
        let last = stage.withLock { stage -> Stage in
            defer {
                switch stage {
                case .idle: stage = pages < limit ? .idle : .copying
                case .copying: break
                case .copied: stage = .idle
                }
            }
            return stage
        }
        guard pages >= limit else { return }
        // A checkpoint that fails is tried again after a later commit; what was committed is safe in the log meanwhile.
        switch last {
        case .idle:
            copier.asyncWriteWithoutTransaction { [self] db in
                _ = try? db.checkpoint(.passive)
                stage.withLock { $0 = .copied }
            }
        case .copying: break
        case .copied: sqlite3_wal_checkpoint_v2(writer, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        }
    }
}
