// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A PostgreSQL server of a test's own: its data in a folder of its own, reached by a socket in it, gone with the
/// object.
package final class PostgresServer: Sendable {
    /// Whether Debian's `postgresql` is there.
    package static var isInstalled: Bool { Tool.path("initdb") != nil && Tool.path("pg_ctl") != nil }

    private let folder: String
    private let guarded: GuardedServer

    /// One for all tests of a process that only read and write databases of their own.
    package static let shared = Result { try PostgresServer() }

    /// Starts it; takes a few seconds.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/crosswalk-postgres-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let initdb = Tool.path("initdb"), let control = Tool.path("pg_ctl") else {
            throw FixtureError(message: "postgresql is not installed")
        }
        // PostgreSQL refuses to run as root.
        var prefix = ""
        var user = NSUserName()
        if Tool.isRoot {
            try Tool.run("chown", ["postgres", folder])
            (prefix, user) = ("cd / && runuser -u postgres -- ", "postgres")
        }
        superuser = user
        let settings = "-k \(folder) -h '' -F -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"
        let start = """
            \(prefix)\(initdb) -D "$1/data" -N --auth=trust --username=\(user) --encoding=UTF8 --no-locale && \
            \(prefix)\(control) -D "$1/data" -w -l "$1/server.log" -o "\(settings)" start
            """
        stopCommand = "\(prefix)\(control) -D \"\(folder)/data\" -m immediate stop"
        guarded = try GuardedServer(folder: folder, start: start, stop: stopCommand)
    }

    private let superuser: String
    private let stopCommand: String

    /// Runs SQL.
    ///
    /// - Returns: the rows, a tab between columns.
    @discardableResult
    package func run(_ sql: String, database: String = "postgres") throws -> String {
        try Tool.run(
            "psql",
            ["-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", superuser, "-d", database],
            input: sql)
    }

    /// What an ODBC program needs to reach `database`.
    package func connectionString(_ database: String) -> String {
        "DRIVER={PostgreSQL Unicode};SERVER=\(folder);DATABASE=\(database);UID=\(superuser);"
    }

    /// Ends the server and every connection at once.
    package func kill() throws { try Tool.run("sh", ["-c", stopCommand]) }
}
