// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Connector
import Domain
import Foundation
import SQLFile
import Store
import TestSupport
import Testing

@testable import Dashboard

/// A mapping that was written on a page, reading a real database by its real driver.
@Suite struct SourceDatabaseTests {
    private static let base = "/ui/customers/acme/sources"

    /// The server's `odbc.ini`, where data sources are named. unixODBC looks for it where the process's environment says.
    private static let registry: TemporaryFolder = {
        let folder = try! TemporaryFolder()
        setenv("ODBCINI", folder.path("odbc.ini"), 1)
        return folder
    }()

    /// A database of an ATS, which the server calls `acme-people`: unixODBC remembers for a while that a name was not found, and other tests
    /// ask for names that are not there.
    private static func place() async throws -> SourceWorld {
        let path = registry.path("ats.sqlite")
        let database = try SQLDatabase(path: path, migrations: [])
        try await database.write { tx in
            try tx.run("CREATE TABLE people (id TEXT, first TEXT, last TEXT, email TEXT)")
            try tx.run(
                """
                INSERT INTO people VALUES ('C-1', 'Ada', 'Byron', 'ada@example.org'), ('C-2', 'Grace', 'Hopper', 'not an address'),
                    ('C-3', 'Mary', 'Shelley', 'mary@example.org')
                """)
        }
        try await database.close()
        try "[acme-people]\nDriver=SQLite3\nDatabase=\(path)\n".write(
            toFile: registry.path("odbc.ini"), atomically: true, encoding: .utf8)
        return try await SourceWorld()
    }

    private static let mapping = """
        version: 1
        source: {kind: odbc, connection: {DSN: acme-people}}
        records:
          - type: candidate
            query: SELECT * FROM people
            key: [id]
            fields:
              id: id
              firstName: first
              lastName: last
              email: email
              createdAt: {constant: '2026-01-05T09:00:00Z'}
              profileUrl: {template: 'https://ats.example.org/c/{id}'}

        """

    @Test func `a database is checked on the page, saved, run, and its records are the ones that are sent`()
        async throws
    {
        let place = try await Self.place()
        let world = place.world
        let fields = [("name", "people"), ("mapping", Self.mapping)]
        let checked = try await world.post(Self.base + "/check", fields, as: .operator)
        #expect(checked.has("Ada") && checked.has("is not an e-mail address"), "\(checked.testDescription)")
        #expect(try await world.post(Self.base + "/new", fields, as: .operator).status == 303)
        #expect(try await world.follow(Self.base + "/people/run", as: .operator).has("begins in a moment"))
        let keeper = SourceKeeper(
            SourceDesk(store: world.store, time: world.time, signal: SyncSignal(), allowed: place.allowed), holder: "a",
            sleep: { _ in try await Self.untilCancelled() })
        await keeper.perform(SourceDue(customer: place.customer.number, name: "people"))
        let run = try #require(
            try await world.store.read {
                try $0.sourceRuns(of: "people", customer: place.customer.number, limit: 1).first
            })
        #expect(run.state == .finished, "\(run.reason ?? "")")
        #expect(run.counts.read == 3 && run.counts.added == 2 && run.counts.refused == 1)
        let page = try await world.get(Self.base + "/people/runs/1", as: .viewer)
        #expect(page.has("records/candidate/C-2") && page.has("is not an e-mail address"))
        let record = try await world.get("/ui/customers/acme/records/one?type=candidate&id=C-1", as: .viewer)
        #expect(record.has("Byron"))
    }

    private static func untilCancelled() async throws {
        let (stream, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        try Task.checkCancellation()
    }
}
