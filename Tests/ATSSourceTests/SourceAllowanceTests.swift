// SPDX-License-Identifier: Apache-2.0

import Domain
import Testing

@testable import ATSSource

/// What mappings of the dashboard may read.
@Suite struct SourceAllowanceTests {
    @Test func `folders and data sources are named with commas`() throws {
        let allowed = try SourceAllowance(parsing: " /srv/ats/ , dsn:acme-ats,DSN: other ")
        #expect(allowed.folders == ["/srv/ats"])
        #expect(allowed.dataSources == ["acme-ats", "other"])
        #expect(try SourceAllowance(parsing: "").isEmpty)
    }

    @Test(arguments: ["srv/ats", "/", "dsn:", "acme"]) func `anything else is a mistake that is told`(_ text: String) {
        #expect(throws: SourceAllowance.Mistake.self) { try SourceAllowance(parsing: text) }
    }

    @Test func `a connection string is put together anew, so that nothing hides in a value`() throws {
        let mapping = try Mapping.parse(
            """
            version: 1
            source: {kind: odbc, connection: {DSN: acme, UID: 'r;SERVER=evil', PWD: '${P}'}}
            records:
              - {type: candidate, query: SELECT 1, fields: {id: id}}
            """, file: "mapping", known: nil, secrets: ["P": "a;b}c"])
        let confined = try SourceAllowance(parsing: "dsn:acme").confined(mapping)
        guard case .odbc(let settings) = confined.source.kind else { return #expect(Bool(false)) }
        #expect(settings.connectionString == "DSN=acme;UID={r;SERVER=evil};PWD={a;b}}c};")
        #expect(
            ConnectionString.pairs(settings.connectionString).map { "\($0.key)|\($0.value)" } == [
                "DSN|acme", "UID|r;SERVER=evil", "PWD|a;b}c",
            ])
    }

    @Test func `a whole connection string with a key too many is refused`() throws {
        for (text, isFine) in [
            ("DSN=acme;PWD=${P}", true), ("DSN=acme;SERVER=evil;PWD=${P}", false), ("DSN=acme;PWD=plain", false),
            ("DSN=acme;DSN=other", false), ("DRIVER=x", false),
        ] {
            let mapping = try Mapping.parse(
                """
                version: 1
                source: {kind: odbc, connection: '\(text)'}
                records:
                  - {type: candidate, query: SELECT 1, fields: {id: id}}
                """, file: "mapping", known: nil, secrets: ["P": "x"])
            let allowed = try SourceAllowance(parsing: "dsn:acme, dsn:third")
            let isTaken = (try? allowed.confined(mapping)) != nil
            #expect(isTaken == isFine, "\(text)")
        }
    }
}
