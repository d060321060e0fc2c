// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Foundation
import TestSupport
import Testing

/// Servers that go away in the middle of a large result. (What such a result takes of memory: `SourceMemoryTests`.)
@Suite(.serialized) struct StreamingTests {
    let folder = try! TemporaryFolder()

    private func mapping(_ connection: String, _ query: String, fields: String = "{id: id, text: body}") throws
        -> Mapping
    {
        try folder.mapping(
            """
            version: 1
            source: {kind: odbc, connection: "\(connection)"}
            records:
              - {type: candidate, query: "\(query)", key: [id], fields: \(fields)}
            """)
    }

    private static func query(_ engine: Engine, rows: Int) -> String {
        switch engine {
        case .mariadb: "SELECT seq AS id, repeat('x', 1000) AS body FROM seq_1_to_\(rows)"
        default: "SELECT n AS id, repeat('x', 1000) AS body FROM generate_series(1, \(rows)) n"
        }
    }

    @Test(arguments: [Engine.mariadb, .postgres].filter(Engine.installed.contains))
    func `a server that goes away in the middle gives one clear error and no partial row`(engine: Engine) async throws {
        let connection: String
        let kill: () throws -> Void
        if engine == .mariadb {
            let server = try MariaDBServer()
            (connection, kill) = (server.connectionString("mysql"), server.kill)
        } else {
            let server = try PostgresServer()
            (connection, kill) = (server.connectionString("postgres"), server.kill)
        }
        let reader = SourceReader(mapping: try mapping(connection, Self.query(engine, rows: 200_000)))
        var rows = 0
        let error = try await #require(throws: SourceError.self) {
            while let chunk = try await reader.next() {
                #expect(chunk.lines.last == UInt8(ascii: "\n"))
                #expect(chunk.lines.count { $0 == UInt8(ascii: "\n") } == chunk.rows.count)
                #expect(chunk.end == nil)
                if rows < 5000, rows + chunk.rows.count >= 5000 { try kill() }
                rows += chunk.rows.count
            }
        }
        #expect(error.code == .disconnected)
        #expect(error.message.hasPrefix("the database went away while it was being read"))
        #expect(error.place.row ?? 0 > 5000)
        #expect(rows < 200_000)
        #expect(try await reader.next() == nil)
    }

    @Test(arguments: [Engine.mariadb, .postgres].filter(Engine.installed.contains))
    func `cancelling ends a query that would run for an hour`(engine: Engine) async throws {
        let connection = try await engine.database(folder, [])
        let sleep = engine == .mariadb ? "SELECT SLEEP(3600) AS id" : "SELECT pg_sleep(3600)::text AS id"
        let reader = SourceReader(mapping: try mapping(connection, sleep, fields: "{id: id}"))
        let task = Task { try await reader.next() }
        let isRunning = {
            switch engine {
            case .mariadb: try MariaDBServer.shared.get().run("SHOW PROCESSLIST").contains("SLEEP(3600)")
            default:
                try !PostgresServer.shared.get().run(
                    "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%' || 'pg_sleep(36' || '%' AND query NOT LIKE '%activity%'"
                ).isEmpty
            }
        }
        while try !isRunning() { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        while try isRunning() { await Task.yield() }
    }
}
