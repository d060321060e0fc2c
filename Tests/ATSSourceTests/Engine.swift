// SPDX-License-Identifier: Apache-2.0

import DatabaseFixtures
import Foundation
import SQLFile
import TestSupport

/// A real database reached by its real ODBC driver.
enum Engine: String, CaseIterable, Sendable {
    case mariadb, postgres, sqlite

    /// Those that are installed here; `make test` installs all.
    static let installed = allCases.filter { engine in
        switch engine {
        case .mariadb: MariaDBServer.isInstalled
        case .postgres: PostgresServer.isInstalled
        case .sqlite: true
        }
    }

    /// A new database with the statements run in it.
    ///
    /// - Returns: its connection string.
    func database(_ folder: TemporaryFolder, _ statements: [String]) async throws -> String {
        let name = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        switch self {
        case .mariadb:
            let server = try MariaDBServer.shared.get()
            try server.run("CREATE DATABASE \(name) CHARACTER SET utf8mb4")
            try server.run(statements.joined(separator: ";\n"), database: name)
            return server.connectionString(name)
        case .postgres:
            let server = try PostgresServer.shared.get()
            try server.run("CREATE DATABASE \(name)")
            try server.run(statements.joined(separator: ";\n"), database: name)
            return server.connectionString(name)
        case .sqlite:
            let path = folder.path("\(name).sqlite")
            let database = try SQLDatabase(path: path, migrations: [])
            try await database.write { tx in for statement in statements { try tx.run(statement) } }
            try await database.close()
            return "DRIVER=SQLite3;Database=\(path);"
        }
    }
}
