// SPDX-License-Identifier: Apache-2.0

import Foundation
import SQLFile
import TestSupport
import Testing

@Suite struct SQLDatabaseTests {
    let folder = try! TemporaryFolder()
    static let schema = [
        Migration(name: "V001", sql: "CREATE TABLE word (id TEXT PRIMARY KEY, size BIGINT NOT NULL, body BYTEA)")
    ]

    private func open() throws -> SQLDatabase {
        try SQLDatabase(path: folder.path("words.sqlite"), migrations: Self.schema)
    }

    @Test func `a commit waits for the disk: synchronous is FULL on the writer and the log is WAL`() async throws {
        let database = try open()
        let (synchronous, journal) = try await database.write { tx in
            (try tx.first("PRAGMA synchronous") { $0.int(0) }, try tx.first("PRAGMA journal_mode") { $0.text(0) })
        }
        #expect(synchronous == 2)
        #expect(journal == "wal")
    }

    @Test func `a write that throws is undone alone, its neighbours in the same commit stay`() async throws {
        let database = try open()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    _ = try? await database.write { tx in
                        try tx.run("INSERT INTO word VALUES (?, ?, NULL)", .text("w\(number)"), .int(number))
                        if number.isMultiple(of: 10) { throw SQLError(.other, "no") }
                    }
                }
            }
        }
        let ids = try await database.read { tx in try tx.rows("SELECT size FROM word ORDER BY size") { $0.int(0) } }
        #expect(ids == (0..<200).filter { !$0.isMultiple(of: 10) })
    }

    @Test func `values come back as they went in`() async throws {
        let database = try open()
        let text = "żółć 🎈 \u{0} end"
        try await database.write { tx in
            try tx.run("INSERT INTO word VALUES (?, ?, ?)", .text(text), .int(Int64.min), .blob([0, 255, 1]))
            try tx.run("INSERT INTO word VALUES (?, ?, ?)", .text(""), .int(0), .blob([]))
        }
        let rows = try await database.read { tx in
            try tx.rows("SELECT id, size, body FROM word ORDER BY size") { ($0.text(0), $0.int(1), $0.optionalBlob(2)) }
        }
        #expect(rows[0].0 == text)
        #expect(rows[0].1 == Int64.min)
        #expect(rows[0].2 == [0, 255, 1])
        #expect(rows[1].0 == "")
        #expect(rows[1].2 == [])
    }

    @Test func `a file with another history is refused with the place`() async throws {
        let first = try open()
        try await first.close()
        let other = [Migration(name: "V001", sql: "CREATE TABLE sentence (id TEXT)")]
        let error = #expect(throws: SQLError.self) {
            try SQLDatabase(path: folder.path("words.sqlite"), migrations: other)
        }
        #expect(error?.code == .schema)
        #expect(error?.message.contains("V001") == true)
        let newer = #expect(throws: SQLError.self) {
            try SQLDatabase(path: folder.path("words.sqlite"), migrations: [])
        }
        #expect(newer?.message.contains("newer version") == true)
    }

    @Test func `after close every write is told so and what was accepted is in the file`() async throws {
        let database = try open()
        _ = try await database.write { try $0.run("INSERT INTO word VALUES ('a', 1, NULL)") }
        try await database.close()
        let error = await #expect(throws: SQLError.self) { try await database.write { try $0.run("DELETE FROM word") } }
        #expect(error?.code == .closed)
        let again = try open()
        #expect(try await again.read { try $0.first("SELECT count(*) FROM word") { $0.int(0) } } == 1)
    }

    @Test func `the log is copied beside the writer and starts over, and nothing is lost`() async throws {
        let database = try open()
        let body = [UInt8](repeating: 7, count: 1 << 20)
        for number in 0..<80 {
            _ = try await database.write { tx in
                try tx.run("INSERT INTO word VALUES (?, ?, ?)", .text("w\(number)"), .int(number), .blob(body))
            }
        }
        // More than the log may keep; it is cut back when it starts over.
        try await eventually("the log to start over") {
            _ = try await database.write { try $0.run("UPDATE word SET size = size + 1 WHERE id = 'w0'") }
            let log = try FileManager.default.attributesOfItem(atPath: folder.path("words.sqlite-wal"))
            return (log[.size] as? Int ?? .max) <= 64 << 20
        }
        let count = try await database.read { try $0.first("SELECT count(*) FROM word") { $0.int(0) } }
        #expect(count == 80)
        try await database.close()
        let again = try open()
        #expect(try await again.read { try $0.first("SELECT sum(length(body)) FROM word") { $0.int(0) } } == 80 << 20)
    }

    @Test(.timeLimit(.minutes(2)))
    func `emptying the log while it is copied beside the writer and four others write loses and tears nothing`()
        async throws
    {
        // A log of a few pages is copied all the time, so that both kinds of copying meet often.
        let database = try SQLDatabase(path: folder.path("words.sqlite"), migrations: Self.schema, logPages: 4)
        let emptied = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<150 {
                        let body = [UInt8](repeating: UInt8(number), count: 1 + number * 173 % 30_000)
                        try await database.write { tx in
                            try tx.run(
                                "INSERT INTO word VALUES (?, ?, ?)", .text("w\(writer)-\(number)"), .int(body.count),
                                .blob(body))
                            try tx.run(
                                "UPDATE word SET body = ? WHERE id = ?", .blob(body), .text("w\(writer)-\(number / 2)"))
                            try tx.run(
                                "UPDATE word SET size = ? WHERE id = ?", .int(body.count),
                                .text("w\(writer)-\(number / 2)"))
                        }
                    }
                    return 0
                }
            }
            group.addTask {
                var count = 0
                for _ in 0..<200 {
                    if try await database.emptyLog() { count += 1 }
                    let torn = try await database.read { tx in
                        try tx.first("SELECT count(*) FROM word WHERE length(body) <> size") { $0.int(0) }
                    }
                    #expect(torn == 0)
                }
                return count
            }
            return try await group.reduce(0, +)
        }
        #expect(emptied > 0)
        #expect(try await database.emptyLog())
        let log = try FileManager.default.attributesOfItem(atPath: folder.path("words.sqlite-wal"))
        #expect(log[.size] as? Int == 0)
        try await database.close()
        let again = try open()
        let (count, torn, health) = try await again.read { tx in
            (
                try tx.first("SELECT count(*) FROM word") { $0.int(0) },
                try tx.first("SELECT count(*) FROM word WHERE length(body) <> size") { $0.int(0) },
                try tx.first("PRAGMA integrity_check") { $0.text(0) }
            )
        }
        #expect(count == 600 && torn == 0 && health == "ok")
    }
}
