// SPDX-License-Identifier: Apache-2.0

import ATSSource
import DatabaseFixtures
import Domain
import Foundation
import JSONBytes
import TestSupport
import Testing

@Suite struct ODBCTests {
    let folder = try! TemporaryFolder()

    static let long = String(repeating: "Żółć 🎈 long text. ", count: 20_000)

    private func mapping(_ connection: String, _ records: String, source: String = "") throws -> Mapping {
        try folder.mapping(
            """
            version: 1
            source:
              kind: odbc
              connection: "\(connection)"
              time_zone: Europe/Berlin
            \(source)
            records:
            \(records)
            """)
    }

    static let people = """
          - type: candidate
            query: SELECT * FROM people WHERE changed >= {watermark}
            key: [id]
            watermark: {column: changed, overlap: 5m}
            fields: {id: id, firstName: first_name, note: note, createdAt: created, day: day, amount: amount, active: {column: active, as: boolean}}
        """

    static func statements() -> [String] {
        [
            "CREATE TABLE people (id INTEGER PRIMARY KEY, first_name VARCHAR(40), note TEXT, created TIMESTAMP, day DATE, amount DECIMAL(12,2), active SMALLINT, changed TIMESTAMP)",
            "INSERT INTO people VALUES (1, 'Ann', 'short', '2024-07-01 12:00:00', '2024-07-02', 1234567890.10, 1, '2024-07-01 12:00:00')",
            "INSERT INTO people VALUES (2, 'Żółć 🎈', '\(long)', '2024-01-01 12:00:00.250', '2024-01-02', NULL, 0, '2024-07-01 12:10:00')",
            "INSERT INTO people VALUES (3, '  ', NULL, NULL, NULL, -0.50, NULL, '2024-07-01 12:20:00')",
        ]
    }

    private func people(_ engine: Engine) async throws -> String {
        var statements = Self.statements()
        if engine == .mariadb {
            statements[0] = statements[0].replacing("TIMESTAMP", with: "DATETIME(3)").replacing(
                "TEXT", with: "LONGTEXT")
        }
        return try await engine.database(folder, statements)
    }

    @Test(arguments: Engine.installed)
    func `rows arrive with every type, long text, nulls and characters outside the basic plane`(engine: Engine)
        async throws
    {
        let connection = try await people(engine)
        let all = try await Everything.read(mapping(connection, Self.people))
        #expect(all.problems.isEmpty)
        let people = all.byID(.candidate)
        #expect(people.count == 3)
        #expect(people["1"]?["amount"] == .string("1234567890.10") || engine == .sqlite)
        #expect(people["1"]?["createdAt"] == .string("2024-07-01T10:00:00Z"))
        #expect(people["1"]?["day"] == .string("2024-07-01T22:00:00Z"))
        #expect(people["1"]?["active"] == .bool(true))
        #expect(people["2"]?["firstName"] == .string("Żółć 🎈"))
        #expect(people["2"]?["note"]?.string == String(Self.long.dropLast()))
        #expect(people["2"]?["createdAt"] == .string("2024-01-01T11:00:00.250Z"))
        #expect(people["2"]?["active"] == .bool(false))
        #expect(people["3"]?.keys.sorted() == ["amount", "id"])
        #expect(all.rows == [1, 2, 3])
        #expect(all.ends["candidate"]?.watermark == "2024-07-01 12:20:00")
    }

    @Test(arguments: Engine.installed) func `a run from a watermark reads what changed since, less the overlap`(
        engine: Engine
    ) async throws {
        let connection = try await people(engine)
        let mapping = try mapping(connection, Self.people)
        let ids = { (watermark: String) in
            try await Everything.read(mapping, ReadingOptions(watermarks: ["candidate": watermark])).byID(.candidate)
                .keys.sorted()
        }
        #expect(try await ids("2024-07-01 12:20:00") == ["3"])
        #expect(try await ids("2024-07-01 12:14:59.5") == ["2", "3"])
        #expect(try await ids("2024-07-01 12:04:00") == ["1", "2", "3"])
        let later = try await Everything.read(mapping, ReadingOptions(watermarks: ["candidate": "2025-01-01 00:00:00"]))
        #expect(later.records.isEmpty)
        #expect(later.ends["candidate"]?.watermark == "2025-01-01 00:00:00")
    }

    @Test(arguments: Engine.installed) func `a number and a text serve as watermark too`(engine: Engine) async throws {
        let connection = try await engine.database(
            folder,
            ["CREATE TABLE t (id INTEGER, version BIGINT, code VARCHAR(20))"]
                + (1...9).map { "INSERT INTO t VALUES (\($0), \($0 * 1000), 'c\($0)')" })
        let mapping = try mapping(
            connection,
            """
              - {type: candidate, query: "SELECT * FROM t WHERE version > {watermark}", watermark: {column: version, type: integer}, fields: {id: id}}
              - {type: job, query: "SELECT * FROM t WHERE code > {watermark} AND {watermark} <> 'x'", watermark: {column: code, type: text}, fields: {id: id}}
            """)
        let first = try await Everything.read(mapping)
        #expect(first.records.count == 18)
        #expect(first.ends.mapValues(\.watermark) == ["candidate": "9000", "job": "c9"])
        let next = try await Everything.read(mapping, ReadingOptions(watermarks: ["candidate": "8000", "job": "c7"]))
        #expect(next.records.count == 3)
    }

    @Test(arguments: Engine.installed) func `deletions come from a tombstone query, or all keys for comparing`(
        engine: Engine
    ) async throws {
        let connection = try await engine.database(
            folder,
            [
                "CREATE TABLE app (id INTEGER, changed TIMESTAMP)",
                "CREATE TABLE gone (id INTEGER, app INTEGER, at TIMESTAMP)",
                "CREATE TABLE stage (id INTEGER, app INTEGER)", "INSERT INTO app VALUES (1, '2024-01-01 00:00:00')",
                "INSERT INTO gone VALUES (7, 1, '2024-01-01 00:00:00')", "INSERT INTO stage VALUES (5, 1)",
                "INSERT INTO stage VALUES (6, 1)",
            ])
        let mapping = try mapping(
            connection,
            """
              - {type: candidate, query: "SELECT * FROM app WHERE changed >= {watermark}", watermark: changed, fields: {id: id},
                 deleted: {query: "SELECT id FROM gone WHERE at >= {watermark}"}}
              - {type: stage, query: SELECT * FROM stage, fields: {id: id, applicationId: app, stage: {constant: New}}, deleted: {compare: true}}
            """)
        let all = try await Everything.read(mapping)
        #expect(all.records.contains(.json(#"{"type":"candidate","id":"7","deleted":true}"#)))
        #expect(all.ends["candidate"]?.watermark == "2024-01-01 00:00:00")
        let keys = try await Everything.read(mapping, ReadingOptions(purpose: .keys(name: "stage")))
        #expect(
            Set(keys.records) == [.json(#"{"id":"5","applicationId":"1"}"#), .json(#"{"id":"6","applicationId":"1"}"#)])
    }

    @Test(arguments: Engine.installed) func `a table or column that is missing is named`(engine: Engine) async throws {
        let connection = try await people(engine)
        let table = try await #require(throws: SourceError.self) {
            try await Everything.read(
                mapping(connection, "  - {type: job, query: SELECT * FROM jobz, fields: {id: id}}"))
        }
        #expect(table.code == .query)
        #expect(table.message.contains("jobz"))
        #expect(table.place.line == 8)
        let column = try await #require(throws: SourceError.self) {
            try await Everything.read(
                mapping(connection, "  - {type: job, query: SELECT id FROM people, fields: {id: ids}}"))
        }
        #expect(
            column.description
                == "\(folder.path("mapping.yaml")), line 8: there is no column 'ids' in the job query; did you mean 'id'?"
        )
    }

    @Test func `a driver that is not installed is named with those that are`() async throws {
        let error = try await #require(throws: SourceError.self) {
            try await Everything.read(
                mapping("DRIVER=Orakel;PWD=secret", "  - {type: job, query: SELECT 1, fields: {id: id}}"))
        }
        #expect(error.code == .connect)
        #expect(error.remedy.contains("SQLite3"))
        #expect(!error.description.contains("secret"))
    }

    @Test func `a SQLite file that does not exist is an error and is not created`() async throws {
        let path = folder.path("missing.sqlite")
        let error = try await #require(throws: SourceError.self) {
            try await Everything.read(
                mapping("DRIVER=SQLite3;Database=\(path)", "  - {type: job, query: SELECT 1 AS id, fields: {id: id}}"))
        }
        #expect(error.code == .connect)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(
        .enabled(if: MariaDBServer.isInstalled && PostgresServer.isInstalled, "servers are not installed"),
        arguments: [Engine.mariadb, .postgres])
    func `a wrong login says so without the password`(engine: Engine) async throws {
        let connection = try await people(engine).replacing(/UID=\w+/, with: "UID=nobody;PWD=secret")
        let error = try await #require(throws: SourceError.self) {
            try await Everything.read(mapping(connection, Self.people))
        }
        #expect(error.code == .connect)
        #expect(!error.description.contains("secret"))
    }
}
