// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import Store
import TestSupport
import Testing
import Webhooks

@testable import Dashboard

/// A dashboard whose pages may read one folder of the test's own.
struct SourceWorld {
    let world: DashboardWorld
    let customer: Customer
    let data: TemporaryFolder
    let allowed: SourceAllowance

    init() async throws {
        let data = try TemporaryFolder()
        self.data = data
        let allowed = try SourceAllowance(parsing: "\(data.path), dsn:acme-ats, dsn:acme-people")
        self.allowed = allowed
        world = try await DashboardWorld { parts in
            parts.sources = SourceDesk(
                store: parts.store, time: parts.time, signal: parts.signal, allowed: allowed)
            parts.webhooks = WebhookDesk(
                store: parts.store, policy: .strict, poster: HTTPPoster(policy: .strict), time: parts.time)
        }
        customer = try await world.addCustomer()
    }

    func write(_ text: String, to file: String = "candidates.csv") throws {
        try text.write(toFile: data.path + "/" + file, atomically: true, encoding: .utf8)
    }

    func mapping(file: String = "candidates.csv") -> String {
        """
        version: 1
        source:
          kind: csv
          folder: \(data.path)
        records:
          - type: candidate
            file: \(file)
            fields:
              id: id
              firstName: first
              lastName: last
              email: email
              createdAt: {constant: '2026-01-05T09:00:00Z'}
              profileUrl: {template: 'https://ats.example.org/c/{id}'}

        """
    }

    static let rows = """
        id,first,last,email
        C-1,Ada,Byron,ada@example.org
        C-2,Grace,Hopper,not an address
        C-3,Mary,Shelley,mary@example.org

        """
}

/// Mappings written on a page.
@Suite struct SourcePageTests {
    private let base = "/ui/customers/acme/sources"

    @Test func `a check shows the first rows as records, with every problem, and sends nothing`() async throws {
        let place = try await SourceWorld()
        try place.write(SourceWorld.rows)
        let page = try await place.world.post(
            base + "/check", [("name", "people"), ("mapping", place.mapping())], as: .operator)
        #expect(page.status == 200 && page.has("There are problems. Nothing was sent."))
        #expect(page.has("/email: email is not an e-mail address") && page.has("&quot;Ada&quot;"))
        #expect(page.has("value=\"people\"") && page.has("kind: csv"), "what was typed is kept")
        #expect(try await place.world.store.read { try $0.sources(customer: place.customer.number) }.isEmpty)
        let part = try await place.world.post(
            base + "/check", [("fragment", "yes"), ("mapping", place.mapping())], as: .operator)
        #expect(part.has("There are problems") && !part.has("<html"))
        #expect(try await place.world.post(base + "/check", [("mapping", "x")], as: .viewer).status == 403)
    }

    @Test(arguments: [
        ("version: 1", "version: 2", "mapping, line 1", "this program reads version 1"),
        ("firstName: first", "fristName: first", "mapping, line 10", "did you mean"),
        ("kind: csv", "kind: [csv", "mapping, line", "check the indentation"),
        ("id: id", "id: ident", "candidates.csv", "ident"),
    ]) func `every mistake is told with its place and what to do`(
        _ old: String, _ new: String, _ line: String, _ remedy: String
    ) async throws {
        let place = try await SourceWorld()
        try place.write(SourceWorld.rows)
        let mapping = place.mapping().replacing(old, with: new)
        let page = try await place.world.post(base + "/check", [("mapping", mapping)], as: .operator)
        #expect(page.has(line) && page.has(remedy), "\(page.between("id=\"findings\"", "</section>") ?? "")")
    }

    @Test(arguments: [
        "folder: /etc", "folder: /", "folder: ..", "folder: ../../etc",
    ]) func `a folder that the server did not name is not read`(_ folder: String) async throws {
        let place = try await SourceWorld()
        let mapping = place.mapping(file: "passwd").replacing("folder: \(place.data.path)", with: folder)
        let page = try await place.world.post(base + "/check", [("mapping", mapping)], as: .operator)
        #expect(page.has("this file is in no folder that pages may read") && page.has("sources.allowed"))
        #expect(!page.has("root:"))
        let saved = try await place.world.post(
            base + "/new", [("name", "people"), ("mapping", mapping)], as: .operator)
        #expect(saved.status == 422 && saved.has("It was not saved"))
    }

    @Test func `a link that leads out of the folder is not followed, nor a name with dots`() async throws {
        let place = try await SourceWorld()
        try FileManager.default.createSymbolicLink(
            atPath: place.data.path + "/link.csv", withDestinationPath: "/etc/passwd")
        for (file, says) in [
            ("link.csv", "no plain file inside a folder"),
            ("../../../../etc/passwd", "in no folder that pages may read"),
            ("/etc/passwd", "in no folder that pages may read"),
        ] {
            let page = try await place.world.post(
                base + "/check", [("mapping", place.mapping(file: file))], as: .operator)
            #expect(page.has(says) && !page.has("root:"), "\(file)")
        }
    }

    @Test(arguments: [
        ("DSN: other", "not one that pages may read"), ("DRIVER: SQLite3, DATABASE: /etc/x", "cannot say"),
        ("DSN: acme-ats, SERVER: evil.example", "cannot say"),
        ("DSN: acme-ats, PWD: hunter2", "the password stands in the mapping"),
        ("'DSN;SERVER=evil;X': acme-ats", "cannot say"),
    ]) func `a connection names a data source of the server, and nothing else`(_ connection: String, _ says: String)
        async throws
    {
        let place = try await SourceWorld()
        let mapping = """
            version: 1
            source: {kind: odbc, connection: {\(connection)}}
            records:
              - {type: candidate, query: SELECT * FROM c, fields: {id: id}}

            """
        let page = try await place.world.post(base + "/check", [("mapping", mapping)], as: .operator)
        #expect(page.has(says), "\(page.between("id=\"findings\"", "</section>") ?? "")")
        #expect(!page.between("id=\"findings\"", "</section>")!.contains("hunter2"))
    }

    @Test(arguments: ["DELETE FROM c", "SELECT 1; DROP TABLE c", "ATTACH DATABASE 'x' AS y"])
    func `only queries that read are sent`(_ sql: String) async throws {
        let place = try await SourceWorld()
        let mapping = """
            version: 1
            source: {kind: odbc, connection: {DSN: acme-ats}}
            records:
              - {type: candidate, query: "\(sql)", fields: {id: id}}

            """
        let page = try await place.world.post(base + "/check", [("mapping", mapping)], as: .operator)
        #expect(page.has("begins with SELECT or WITH"))
    }

    @Test func `a mapping is saved as revisions, and of two who edit it the second is told`() async throws {
        let place = try await SourceWorld()
        let world = place.world
        try place.write(SourceWorld.rows)
        let first = place.mapping()
        let added = try await world.follow(base + "/new", [("name", "people"), ("mapping", first)], as: .operator)
        #expect(added.status == 200 && added.has("The mapping is saved") && added.has("It never ran"))
        let twice = try await world.post(base + "/new", [("name", "people"), ("mapping", first)], as: .operator)
        #expect(twice.status == 422 && twice.has("There is a source of this name already"))

        let mine = first.replacing("email: email", with: "email: email  # mine")
        let theirs = first.replacing("email: email", with: "email: email  # theirs")
        func revision(_ page: PageAnswer) throws -> String {
            try #require(page.between("name=\"revision\" value=\"", "\""))
        }
        let basis = try revision(try await world.get(base + "/people/edit", as: .operator))
        let edit = base + "/people/edit"
        #expect(try await world.post(edit, [("revision", basis), ("mapping", theirs)], as: .admin).status == 303)
        let told = try await world.post(edit, [("revision", basis), ("mapping", mine)], as: .operator)
        #expect(told.status == 409 && told.has("somebody else saved") && told.has("# mine") && told.has("# theirs"))
        let again = try revision(told)
        #expect(try await world.post(edit, [("revision", again), ("mapping", mine)], as: .operator).status == 303)
        let revisions = try await world.get(base + "/people/revisions", as: .operator)
        #expect(revisions.has("Revision 3") && revisions.has("Revision 1"))
        #expect(try await world.get(base + "/people/edit?revision=2", as: .operator).has("# theirs"))
    }

    @Test(arguments: ["", "a b", "<script>", "UPPER", String(repeating: "a", count: 61), "new", "../x"])
    func `a name is small letters, digits and hyphens`(_ name: String) async throws {
        let place = try await SourceWorld()
        let page = try await place.world.post(
            base + "/new", [("name", name), ("mapping", place.mapping())], as: .operator)
        #expect(page.status == 422 && page.has("name-error") && page.has("kind: csv") && !Hostile.isLoose(in: page))
    }

    @Test func `a secret is sealed, named by the connection only, and never shown`() async throws {
        let place = try await SourceWorld()
        let world = place.world
        try place.write(SourceWorld.rows)
        let odbc = """
            version: 1
            source: {kind: odbc, connection: {DSN: acme-ats, UID: reader, PWD: '${ATS_PASSWORD}'}}
            records:
              - {type: candidate, query: SELECT * FROM c, fields: {id: id}}

            """
        let missing = try await world.post(base + "/check", [("mapping", odbc)], as: .operator)
        #expect(missing.has("there is no secret ATS_PASSWORD"))
        _ = try await world.post(base + "/new", [("name", "people"), ("mapping", odbc)], as: .operator)
        #expect(try await world.get(base + "/people").has("not set"))
        let set = try await world.follow(
            base + "/people/secrets", [("variable", "ATS_PASSWORD"), ("value", "hunter2")], as: .operator)
        #expect(set.has("The secret is sealed") && !set.has("hunter2") && !set.has("not set"))
        let sealed = try await world.store.read {
            try $0.sealedSourceSecrets("people", customer: place.customer.number)
        }
        #expect(
            sealed.count == 1 && !String(decoding: sealed["ATS_PASSWORD"]!.bytes, as: UTF8.self).contains("hunter2"))
        let check = try await world.post(
            base + "/check", [("name", "people"), ("revision", "x"), ("mapping", odbc)], as: .operator)
        #expect(!check.has("there is no secret") && !check.has("hunter2"))

        // Elsewhere it would be shown by the first message.
        let leak = place.mapping().replacing(place.data.path, with: "${ATS_PASSWORD}")
        let refused = try await world.post(
            base + "/check", [("name", "people"), ("revision", "x"), ("mapping", leak)], as: .operator)
        #expect(refused.has("the environment variable ATS_PASSWORD is not set") && !refused.has("hunter2"))
        let audit = try await world.store.read { try $0.auditEntries(limit: 10).map(\.subject) }
        #expect(audit.contains("source people, ATS_PASSWORD") && !audit.joined().contains("hunter2"))
    }

    @Test func `hostile texts in a mapping stay text`() async throws {
        let place = try await SourceWorld()
        let page = try await place.world.post(
            base + "/check", [("name", Hostile.text), ("mapping", Hostile.text)], as: .operator)
        #expect(page.status == 200 && !Hostile.isLoose(in: page))
    }

    @Test func `without a word of the server's nothing can be read`() async throws {
        let world = try await DashboardWorld()
        try await world.addCustomer()
        let page = try await world.get(base, as: .operator)
        #expect(page.has("sources.allowed") && !page.has("Write a mapping"))
    }
}
