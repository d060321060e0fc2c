// SPDX-License-Identifier: Apache-2.0

import DatabaseFixtures
import Foundation
import SQLFile
import TestSupport
import Testing

@testable import crosswalk

/// Sources larger than anybody wants in memory, read by the program in a process of its own, whose memory is nobody else's.
@Suite struct SourceMemoryTests {
    /// Where rows come from.
    enum Source: String, CaseIterable, Sendable {
        case csv, ndjson, sqlite, mariadb, postgres

        static let installed = allCases.filter { source in
            switch source {
            case .mariadb: MariaDBServer.isInstalled
            case .postgres: PostgresServer.isInstalled
            default: true
            }
        }
    }

    /// With 1 KB each, more than the whole program may take.
    private static let rows = 100_000
    private static let note = String(repeating: "x", count: 1000)

    let folder = try! TemporaryFolder()

    @Test(arguments: Source.installed) func `memory stays flat, however many rows a source has`(source: Source)
        async throws
    {
        let peak = try await peak(source, rows: Self.rows)
        #expect((1..<(96 << 20)).contains(peak), "\(peak >> 20) MB for \(Self.rows.grouped) rows")
    }

    /// The most memory that `crosswalk source check --all` had at once, in bytes.
    private func peak(_ source: Source, rows: Int) async throws -> Int {
        let process = Process()
        process.executableURL = Crosswalk.executable
        process.arguments = ["source", "check", try await mapping(source, rows: rows), "--all"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var peak = 0
        try await eventually("\(source) to be read", within: .seconds(300)) {
            peak = max(peak, Self.peak(of: process.processIdentifier) ?? 0)
            return !process.isRunning
        }
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.contains("\(rows.grouped) rows, 0 with a problem"), "\(said)")
        #expect(process.terminationStatus == 0)
        return peak
    }

    /// What the kernel remembers of a running process (`VmHWM`), so that no look has to come at the right moment.
    private static func peak(of process: Int32) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// A mapping file over a source of so many notes of 1 KB.
    private func mapping(_ source: Source, rows: Int) async throws -> String {
        let name = folder.path("\(source)-\(rows)")
        let select = "SELECT n AS id, 'C-1' AS candidate, repeat('x', 1000) AS body, '2026-01-01' AS made"
        switch source {
        case .csv:
            return try write(
                name, kind: "csv", header: "id,candidate,body,made", rows
            ) { "\($0),C-1,\(Self.note),2026-01-01" }
        case .ndjson:
            return try write(name, kind: "ndjson", header: nil, rows) {
                #"{"id":"\#($0)","candidate":"C-1","body":"\#(Self.note)","made":"2026-01-01"}"#
            }
        case .sqlite:
            let database = try SQLDatabase(path: name + ".sqlite", migrations: [])
            try await database.close()
            let numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < \(rows))"
            let body = select.replacing("repeat('x', 1000)", with: "printf('%.*c', 1000, 'x')")
            return try mapping(name, odbc: "DRIVER=SQLite3;Database=\(name).sqlite;", "\(numbers) \(body) FROM s")
        case .mariadb:
            let server = try MariaDBServer.shared.get()
            return try mapping(
                name, odbc: server.connectionString("mysql"),
                select.replacing("n AS", with: "seq AS") + " FROM seq_1_to_\(rows)")
        case .postgres:
            let server = try PostgresServer.shared.get()
            return try mapping(
                name, odbc: server.connectionString("postgres"), "\(select) FROM generate_series(1, \(rows)) n")
        }
    }

    private func mapping(_ name: String, odbc connection: String, _ query: String) throws -> String {
        try mapping(name, source: "{kind: odbc, connection: \"\(connection)\"}", "query: \"\(query)\"")
    }

    private func write(_ name: String, kind: String, header: String?, _ rows: Int, _ row: (Int) -> String) throws
        -> String
    {
        let file = "\(name).\(kind)"
        try (header.map { $0 + "\n" } ?? "").write(toFile: file, atomically: false, encoding: .utf8)
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        for start in stride(from: 1, through: rows, by: 1000) {
            let lines = (start..<min(start + 1000, rows + 1)).map { row($0) + "\n" }
            try handle.write(contentsOf: Data(lines.joined().utf8))
        }
        try handle.close()
        return try mapping(name, source: "{kind: \(kind)}", "file: \"\(file)\"")
    }

    private func mapping(_ name: String, source: String, _ input: String) throws -> String {
        let fields = "{id: id, candidateId: candidate, text: body, author: {constant: Ada Byron}, createdAt: made}"
        let text = """
            version: 1
            source: \(source)
            records:
              - {type: candidateNote, \(input), key: [id], fields: \(fields)}
            """
        try text.write(toFile: name + ".yaml", atomically: true, encoding: .utf8)
        return name + ".yaml"
    }
}
