// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import SQLFile
import Store
import Testing

/// A disk that is full, played by a limit on the database's size: SQLite answers the same SQLITE_FULL.
@Suite struct FullDiskTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    private func leave(pages: Int64?) async throws {
        _ = try await connector.store.write { tx in
            let count = try tx.first("PRAGMA page_count") { $0.int(0) } ?? 0
            // The number is ours; a pragma takes no bound values.
            return try tx.first("PRAGMA max_page_count = \(pages.map { count + $0 } ?? 1_000_000)") { $0.int(0) }
        }
    }

    @Test func `a record that does not fit is 507, is not kept, and fits again when there is room`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/candidates/before", Sample.candidate).status == 201)
            try await leave(pages: 0)
            var last = 201
            var id = 0
            while last == 201, id < 500 {
                id += 1
                last = try await ats.put("/api/v1/candidates/c\(id)", Sample.candidate).status
            }
            #expect(last == 507)
            let full = try await ats.put("/api/v1/candidates/c\(id)", Sample.candidate)
            #expect(full.problem == "disk-full")
            #expect(full.headers[.retryAfter] == "10")
            #expect(try await ats.get("/api/v1/candidates/c\(id)").status == 404)
            #expect(try await ats.get("/api/v1/candidates/before").status == 200)
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"]?.int == Int64(id))
            try await leave(pages: nil)
            #expect(try await ats.put("/api/v1/candidates/c\(id)", Sample.candidate).status == 201)
        }
    }

    @Test(arguments: ["", "?report=stream"])
    func `a bulk body that does not fit fails as a whole answer, and what was stored stays`(query: String) async throws
    {
        try await connector.serve { test async throws in
            let ats = Client(test, key: key)
            try await leave(pages: 400)
            let answer = try await ats.bulk(Sample.lines(1...12_000), query)
            if query.isEmpty {
                #expect(answer.status == 507)
                #expect(answer.problem == "disk-full")
            } else {
                #expect(answer.lines.last?["error"]?["status"] == 507)
                #expect(!answer.text.contains(#""accepted""#))
            }
            let stored = try #require(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"]?.int)
            #expect(stored > 0 && stored < 12_000)
            try await leave(pages: nil)
            let again = try await ats.bulk(Sample.lines(1...12_000))
            #expect(again.lines.last?["accepted"] == 12_000)
            #expect(again.lines.last?["unchanged"]?.int == stored)
        }
    }
}
