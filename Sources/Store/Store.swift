// SPDX-License-Identifier: Apache-2.0

import Foundation
package import SQLFile

/// What the methods of `Statements/` extend; for those who only pass it on.
package typealias StoreTransaction = SQLTransaction

/// Everything the connector must not forget: one durable file in the data directory and the vault for the secrets in it.
///
/// What can be done is said in `Statements/`, as methods of the transaction:
///
///     let tally = try await store.write { try $0.accept(changes, customer: 1, priority: .interactive, at: now) }
package struct Store: Sendable {
    let database: SQLDatabase
    package let vault: Vault
    /// What receipts of erasures are signed with.
    package let receipts: ReceiptKey

    /// Opens or creates `crosswalk.sqlite` and, unless it is given, `master.key` in `directory`, which is created when missing.
    ///
    /// - Parameter masterKey: 32 bytes.
    /// - Throws: `StoreError`: `.schema` for a file of another version, `.io` when it cannot be opened, `.sealed` for a bad master key.
    package static func open(directory: String, masterKey: [UInt8]? = nil) throws -> Store {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .io, "the data directory \(directory) cannot be created; choose another one or make its parent writable"
            )
        }
        let vault = try Vault(key: masterKey ?? Vault.key(inDirectory: directory))
        let database = try translating {
            try SQLDatabase(path: directory + "/crosswalk.sqlite", migrations: Schema.migrations)
        }
        return Store(database: database, vault: vault, receipts: try vault.receiptKey())
    }

    /// Runs `body` in a transaction and returns once it is on the disk. One that throws leaves nothing behind.
    ///
    /// - Throws: `StoreError`, or whatever else `body` throws.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        do { return try await database.write(body) } catch let error as SQLError { throw StoreError(error) }
    }

    /// Runs `body` on the last commit; a write inside it fails.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws
        -> Value
    {
        do { return try await database.read(body) } catch let error as SQLError { throw StoreError(error) }
    }

    /// Overwrites what the write-ahead log still holds of erased data. The file itself is overwritten whenever something is deleted.
    ///
    /// - Returns: false when somebody still reads an older version; ask again later.
    package func emptyLog() async throws -> Bool {
        do { return try await database.emptyLog() } catch let error as SQLError { throw StoreError(error) }
    }

    /// Writes a consistent copy of the database to a new file; the master key is not part of it.
    package func copy(to path: String) throws {
        try Self.translating { try database.copy(to: path) }
    }

    /// Finishes what is being written and closes the file.
    package func close() async throws {
        do { try await database.close() } catch let error as SQLError { throw StoreError(error) }
    }

    private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as SQLError { throw StoreError(error) }
    }
}
