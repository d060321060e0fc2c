// SPDX-License-Identifier: Apache-2.0

import Foundation
package import SQLFile
import Synchronization

/// Everything the sandbox knows, in one SQLite file: `<directory>/world.sqlite`.
///
/// A write that returned is on the disk. The file can be swapped (reset, restore) while the object stays; `Gate`
/// keeps requests out
/// meanwhile.
package final class World: Sendable {
    /// Folder of the file and of `snapshots/`.
    package let directory: String
    private let isTemporary: Bool
    private let database: Mutex<SQLDatabase>

    package var path: String { directory + "/world.sqlite" }

    /// - Parameter directory: made when missing; nil means a temporary folder, gone with the object.
    /// - Throws: `SQLError` when the file is not a world or cannot be opened.
    package init(directory: String?) throws {
        isTemporary = directory == nil
        self.directory =
            directory
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("crosswalk-world-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        database = Mutex(try Self.open(self.directory + "/world.sqlite"))
    }

    /// Runs `body` in a transaction and returns once it is on the disk; shares its commit with others.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        try await database.withLock { $0 }.write(body)
    }

    /// Runs `body` on a reader that sees the last commit.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        try await database.withLock { $0 }.read(body)
    }

    /// Finishes writing and closes the file.
    package func close() async throws {
        try await database.withLock { $0 }.close()
    }

    deinit { if isTemporary { try? FileManager.default.removeItem(atPath: directory) } }

    /// Writes a consistent copy of the world to another file.
    func copy(to path: String) throws {
        try database.withLock { $0 }.copy(to: path)
    }

    /// Starts over with `file`, or with an empty world when nil. Nobody may be reading or writing.
    func replace(with file: String?) async throws {
        try await database.withLock { $0 }.close()
        let manager = FileManager.default
        for suffix in ["", "-wal", "-shm"] where manager.fileExists(atPath: path + suffix) {
            try manager.removeItem(atPath: path + suffix)
        }
        if let file { try manager.copyItem(atPath: file, toPath: path) }
        let opened = try Self.open(path)
        database.withLock { $0 = opened }
    }

    private static func open(_ path: String) throws -> SQLDatabase {
        try SQLDatabase(
            path: path,
            migrations: [
                Migration(name: "W001_world", utf8: PackageResources.W001_world_sql),
                Migration(name: "W002_entities", utf8: PackageResources.W002_entities_sql),
                Migration(name: "W003_recruiter", utf8: PackageResources.W003_recruiter_sql),
                Migration(name: "W004_exports", utf8: PackageResources.W004_exports_sql),
                Migration(name: "W005_acl", utf8: PackageResources.W005_acl_sql),
                Migration(name: "W006_search", utf8: PackageResources.W006_search_sql),
                Migration(name: "W007_profile", utf8: PackageResources.W007_profile_sql),
                Migration(name: "W008_widgets", utf8: PackageResources.W008_widgets_sql),
                Migration(name: "W009_lists", utf8: PackageResources.W009_lists_sql),
            ])
    }
}
