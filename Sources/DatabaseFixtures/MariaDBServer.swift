// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A MariaDB server of a test's own: its data in a folder of its own, reached by a socket in it, gone with the object.
package final class MariaDBServer: Sendable {
    /// Whether Debian's `mariadb-server` and `odbc-mariadb` are there.
    package static var isInstalled: Bool { Tool.path("mariadbd") != nil && Tool.path("mariadb-install-db") != nil }

    private let folder: String
    private let guarded: GuardedServer
    package var socket: String { folder + "/socket" }

    /// One for all tests of a process that only read and write databases of their own.
    package static let shared = Result { try MariaDBServer() }

    /// Starts it; takes a few seconds.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/crosswalk-mariadb-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
        var user: [String] = []
        if Tool.isRoot {
            user = ["--user=mysql"]
            try Tool.run("chown", ["-R", "mysql", folder])
        }
        try Tool.run(
            "mariadb-install-db",
            ["--no-defaults", "--datadir=\(folder)/data", "--auth-root-authentication-method=normal", "--skip-test-db"]
                + user)
        guard let server = Tool.path("mariadbd"), let admin = Tool.path("mariadb-admin") else {
            throw FixtureError(message: "mariadb-server is not installed")
        }
        let options =
            user + [
                "--no-defaults", "--datadir=\"$1\"/data", "--socket=\"$1\"/socket", "--pid-file=\"$1\"/pid",
                "--skip-networking",
                "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M", "--skip-log-bin",
                "--character-set-server=utf8mb4",
            ]
        // --wait tries again every second until the server answers.
        let start = """
            \(server) --no-defaults \(options.filter { $0 != "--no-defaults" }.joined(separator: " ")) >"$1/server.log" 2>&1 & \
            \(admin) --no-defaults --user=root --socket="$1/socket" --wait=60 ping
            """
        guarded = try GuardedServer(folder: folder, start: start, stop: "kill -9 $(cat \"$1/pid\")")
    }

    /// Runs SQL; with `force`, goes on after an error.
    ///
    /// - Returns: the rows, a tab between columns.
    @discardableResult
    package func run(_ sql: String, database: String? = nil) throws -> String {
        try Tool.run(
            "mariadb", client + ["--batch", "--skip-column-names"] + (database.map { [$0] } ?? []), input: sql)
    }

    /// Loads a dump into a new database, going on after errors as `mariadb --force` does.
    package func load(_ file: String, into database: String) throws {
        try run("CREATE DATABASE `\(database)` CHARACTER SET utf8mb4")
        try Tool.run("mariadb", client + ["--force", database], inputFile: file, mayFail: true)
    }

    /// What an ODBC program needs to reach `database`.
    package func connectionString(_ database: String) -> String {
        "DRIVER={MariaDB Unicode};SOCKET=\(socket);DATABASE=\(database);UID=root;"
    }

    /// Ends the server as a power cut would.
    package func kill() throws {
        let pid = try String(contentsOfFile: folder + "/pid", encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
        try Tool.run("kill", ["-9", pid])
    }

    private var client: [String] {
        ["--no-defaults", "--default-character-set=utf8mb4", "--user=root", "--socket=\(socket)"]
    }
}
