// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import Testing

@Suite struct MappingTests {
    static let known = KnownFields([
        .candidate: [
            "id", "firstName", "lastName", "emails", "phones", "address", "address.city", "address.postalCode",
            "createdAt", "profileUrl",
        ]
    ])

    static let good = """
        version: 1
        source:
          kind: odbc
          connection:
            DRIVER: MariaDB Unicode
            SERVER: localhost
            PWD: ${ATS_PASSWORD}
          time_zone: America/Chicago
          null_if: ['0']
        records:
          - type: candidate
            query: SELECT * FROM candidate WHERE changed >= {watermark}
            watermark: changed
            fields:
              id: candidate_id
              firstName: first_name
              lastName: {column: last_name, as: text}
              phones: {list: [phone1, phone2]}
              address:
                object:
                  city: city
              createdAt: {column: created, as: date, format: 'dd/MM/yyyy HH:mm'}
        """

    private func parse(_ yaml: String) throws(SourceError) -> Mapping {
        try Mapping.parse(yaml, file: "ats.yaml", known: Self.known, environment: ["ATS_PASSWORD": "x;y}"])
    }

    @Test func `a mapping without a mistake is read`() throws {
        let mapping = try parse(Self.good)
        #expect(mapping.records.map(\.name) == ["candidate"])
        #expect(mapping.source.timeZone.identifier == "America/Chicago")
    }

    /// What is replaced, by what, and what must be said.
    static let typos: [(String, String, String)] = [
        (
            "version: 1", "version: 2",
            "ats.yaml, line 1: version 2 of mapping files is not known; this program reads version 1"
        ),
        ("version: 1\n", "", "ats.yaml, line 1: the mapping lacks 'version'; add it"),
        ("records:", "recrods:", "ats.yaml, line 10: 'recrods' is not a key of the mapping; did you mean 'records'?"),
        ("kind: odbc", "kind: obdc", "ats.yaml, line 3: 'obdc' is no value for 'kind' of source; did you mean 'odbc'?"),
        (
            "time_zone: A", "timezone: A",
            "ats.yaml, line 8: 'timezone' is not a key of a source of kind odbc; did you mean 'time_zone'?"
        ),
        (
            "America/Chicago", "America/Chicaog",
            "ats.yaml, line 8: there is no time zone 'America/Chicaog'; write it like Europe/Berlin, or UTC"
        ),
        (
            "type: candidate", "type: candidat",
            "ats.yaml, line 11: 'candidat' is no value for 'type' of an entry of records; did you mean 'candidate'?"
        ),
        (
            "query: S", "qeury: S",
            "ats.yaml, line 12: 'qeury' is not a key of an entry of records; did you mean 'query'?"
        ),
        (
            "fields:", "feilds:",
            "ats.yaml, line 14: 'feilds' is not a key of an entry of records; did you mean 'fields'?"
        ),
        (
            "firstName: f", "fristName: f",
            "ats.yaml, line 16: 'fristName' is not a field of the candidate record; did you mean 'firstName'?"
        ),
        (
            "city: city", "citty: city",
            "ats.yaml, line 21: 'address.citty' is not a field of the candidate record; did you mean 'city'?"
        ),
        ("as: text", "as: txt", "ats.yaml, line 17: 'txt' is no value for 'as' of 'lastName'; did you mean 'text'?"),
        ("{list: [", "{lsit: [", "ats.yaml, line 18: 'lsit' is not a key of 'phones'; did you mean 'list'?"),
        (
            "dd/MM/yyyy", "dd/MM/yyy",
            "ats.yaml, line 22: the date format is wrong: 'yyy' means nothing in a date pattern (write it as 'yyy' between quotes to mean itself)"
        ),
        (
            "watermark: changed", "key: changed",
            "ats.yaml, line 12: the query uses {watermark}, but there is no 'watermark' column; add 'watermark: column'"
        ),
        (
            " WHERE changed >= {watermark}", "",
            "ats.yaml, line 13: the query does not use {watermark}, so every run would read everything; add a condition such as 'WHERE updated_at >= {watermark}'"
        ),
        (
            "      id: candidate_id\n", "",
            "ats.yaml, line 11: the candidate record lacks the field 'id'; every record needs it: it is (part of) its key"
        ),
        (
            "${ATS_PASSWORD}", "${ATS_PASWORD}",
            "ats.yaml, line 7: the environment variable ATS_PASWORD is not set; set it, or give a default with ${ATS_PASWORD:-…}"
        ),
        ("null_if: ['0']", "kind: odbc", "ats.yaml, line 3: a key stands here twice: kind; keep one of them"),
        (
            "phones: {list", "phones: [list",
            "ats.yaml, line 18: not YAML: while parsing a flow sequence did not find expected ',' or ']'; check the indentation and the quotes around here"
        ),
    ]

    @Test(arguments: typos) func `a typo gives one message with its line and the nearest name`(
        wrong: (String, String, String)
    ) throws {
        let yaml = Self.good.replacing(wrong.0, with: wrong.1, maxReplacements: 1)
        let error = try #require(throws: SourceError.self) { try parse(yaml) }
        #expect(error.code == .mapping)
        #expect(error.description == wrong.2)
    }

    @Test func `a field that has no near name lists what there is`() throws {
        let error = try #require(throws: SourceError.self) {
            try parse(Self.good.replacing("firstName: f", with: "salary: f"))
        }
        #expect(error.remedy.hasPrefix("known are: id, firstName, lastName"))
    }

    @Test func `a child must name its parent`() throws {
        let error = try #require(throws: SourceError.self) {
            try parse(
                "version: 1\nsource: {kind: csv}\nrecords:\n  - {type: stage, file: s.csv, fields: {id: a, stage: b}}")
        }
        #expect(
            error.description
                == "ats.yaml, line 4: the stage record lacks the field 'applicationId'; every record needs it: it is (part of) its key"
        )
    }
}
