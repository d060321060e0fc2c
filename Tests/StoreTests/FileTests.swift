// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
import Store
import TestSupport
import Testing

@Suite struct FileTests {
    @Test func `the released schema opens unaltered, and an altered history is refused`() async throws {
        let folder = try TemporaryFolder()
        for count in 1...Schema.migrations.count {
            // A file of every version there ever was.
            let path = folder.path("v\(count)")
            let database = try SQLDatabase(path: path, migrations: Array(Schema.migrations.prefix(count)))
            try await database.close()
            let upgraded = try SQLDatabase(path: path, migrations: Schema.migrations)
            #expect(try await upgraded.read { try $0.rows("SELECT rid FROM record") { $0.int(0) } }.isEmpty)
            try await upgraded.close()
        }
        var altered = Schema.migrations
        altered[0].sql += " "
        #expect(throws: SQLError.self) { try SQLDatabase(path: folder.path("v1"), migrations: altered) }
    }

    @Test func `a full disk is said to be full, keeps what was acknowledged, and work goes on when there is room`()
        async throws
    {
        let world = try await World()
        func limit(_ pages: Int64) async throws {
            _ = try await world.store.write { tx in try tx.first("PRAGMA max_page_count = \(pages)") { $0.int(0) } }
        }
        let used = try await world.store.read { tx in try tx.first("PRAGMA page_count") { $0.int(0) } ?? 0 }
        try await limit(used + 40)
        var acknowledged = 0
        var failure: StoreError?
        while failure == nil {
            let number = acknowledged
            do {
                try await world.accept([
                    .put(.candidate, "c\(number)", "{\"text\":\"\(String(repeating: "x", count: 5_000))\"}")
                ])
                acknowledged += 1
            } catch let error as StoreError {
                failure = error
            }
        }
        #expect(failure?.code == .full)
        #expect(acknowledged > 10)
        #expect(try await world.tally(.candidate).desired == acknowledged)
        try await limit(1_000_000)
        try await world.accept(.candidate("afterwards"))
        #expect(try await world.tally(.candidate).desired == acknowledged + 1)
    }

    @Test func `on a full disk everybody of one commit is told, and nobody's record is lost or kept by half`()
        async throws
    {
        let world = try await World()
        let used = try await world.store.read { tx in try tx.first("PRAGMA page_count") { $0.int(0) } ?? 0 }
        _ = try await world.store.write { tx in try tx.first("PRAGMA max_page_count = \(used + 60)") { $0.int(0) } }
        let kept = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let body = "{\"text\":\"\(String(repeating: "x", count: 5_000))\"}"
                    do {
                        try await world.accept([.put(.candidate, "c\(number)", body)])
                        return number
                    } catch {
                        return nil
                    }
                }
            }
            return await group.reduce(into: Set<Int>()) { kept, number in if let number { kept.insert(number) } }
        }
        #expect(kept.count < 200)
        let stored = try await world.store.read { tx in
            try tx.rows("SELECT id FROM record r JOIN body b ON b.rid = r.rid ORDER BY id") { $0.text(0) }
        }
        #expect(Set(stored) == Set(kept.map { "c\($0)" }))
        #expect(try await world.tally(.candidate).desired == kept.count)
    }

    @Test func `a copy is a whole store`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        let folder = try TemporaryFolder()
        try world.store.copy(to: folder.path("crosswalk.sqlite"))
        let copy = try Store.open(directory: folder.path, masterKey: Array(repeating: 1, count: 32))
        #expect(try await copy.read { try $0.tallies(customer: world.customer)[.candidate]?.desired } == 1)
    }

    @Test func `what was acknowledged is there after the process is gone without a goodbye`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        // No close: a second process opens the same file.
        let second = try Store.open(directory: world.folder.path)
        #expect(
            try await second.read { try $0.explain(customer: world.customer, key: RecordKey(.candidate, id: "1")) }?
                .state == .due)
    }

    @Test func `the schema itself refuses a state that contradicts the hashes`() async throws {
        let world = try await World()
        try await world.accept(.candidate("1"))
        for change in [
            "state = 0", "state = 2", "state = 3", "state = 4", "state = 9", "desired = x'00'", "observed = x'00'",
            "wait_kind = 1",
            "job = 'j'", "kind = 10", "fills = 4",
        ] {
            let error = await #expect(throws: StoreError.self) {
                try await world.store.write { try $0.run("UPDATE record SET \(change)") }
            }
            #expect(error?.code == .conflict, "\(change)")
        }
    }
}
