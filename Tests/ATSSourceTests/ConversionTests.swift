// SPDX-License-Identifier: Apache-2.0

import ATSSource
import JSONBytes
import TestSupport
import Testing

@Suite struct ConversionTests {
    let folder = try! TemporaryFolder()

    /// Maps one row of columns a, b, c by one rule and gives the field's value.
    private func map(_ rule: String, a: String = "", b: String = "", c: String = "") async throws -> JSONValue? {
        let line = JSONValue.object(["id": .string("1"), "a": .string(a), "b": .string(b), "c": .string(c)])
        try folder.write("rows.ndjson", String(decoding: line.bytes, as: UTF8.self))
        let all = try await Everything.read(
            folder.mapping(
                """
                version: 1
                source: {kind: ndjson, time_zone: America/Chicago, null_if: ['0', (none)]}
                records:
                  - {type: candidate, file: rows.ndjson, fields: {id: id, x: \(rule)}}
                """, environment: ["BASE": "https://ats.example.com"]))
        if let problem = all.problems.first { throw problem }
        return all.records.first?["x"]
    }

    @Test(arguments: [
        ("a", "  text ", #""text""#), ("a", "0", "null"), ("a", "(none)", "null"),
        ("{column: a, null_if: []}", "0", #""0""#),
        ("{column: a, default: US}", "", #""US""#), ("{constant: open}", "", #""open""#),
        ("{constant: true}", "", "true"),
        ("{constant: '7'}", "", #""7""#), ("{constant: 7}", "", "7"), ("{column: a, as: integer}", "42", "42"),
        ("{column: a, as: boolean}", "Yes", "true"), ("{column: a, as: boolean}", "0", "null"),
        ("{column: a, as: boolean, null_if: []}", "0", "false"),
        ("{column: a, map: {Active: open, Closed: closed}}", "Closed", #""closed""#),
        ("{column: a, map: {Active: open}, otherwise: closed}", "Filled", #""closed""#),
        ("{column: a, map: {Active: open}}", "Filled", #""Filled""#),
        ("{split: {column: a, on: ';'}}", "x; y;;0", #"["x","y"]"#),
        ("{template: '${BASE}/c?id={a}'}", "A/1 ü", #""https://ats.example.com/c?id=A%2F1%20%C3%BC""#),
        ("{template: '${BASE}/c?id={a}'}", "", "null"), ("{template: 'No. {a} {{x}'}", "5", #""No. 5 {x}""#),
        (
            "{column: a, as: plain_text}", "<p>One &amp; <b>two</b></p><ul><li>x</li></ul>5 &lt; 6<br/>end",
            #""One & two\nx\n5 < 6\nend""#
        ),
        ("{column: a, as: plain_text}", "a < b <!-- no --> c<script>x()</script>&#233;&nope;", #""a < b cé&nope;""#),
    ])
    func `a rule turns a column into a value`(rule: String, a: String, json: String) async throws {
        #expect(try await map(rule, a: a) ?? .null == .json(json))
    }

    @Test(arguments: [
        ("{column: a, as: date}", "2007-01-17 14:30:26", "2007-01-17T20:30:26Z"),
        ("{column: a, as: date}", "2007-07-17", "2007-07-17T05:00:00Z"),
        ("{column: a, as: date}", "2007-01-17T14:30:26.25+01:00", "2007-01-17T13:30:26.250Z"),
        ("{column: a, as: date, time_zone: UTC}", "2007-01-17 14:30", "2007-01-17T14:30:00Z"),
        ("{column: a, as: date, format: epoch_seconds}", "1700000000", "2023-11-14T22:13:20Z"),
        ("{column: a, as: date, format: epoch_millis}", "1700000000123", "2023-11-14T22:13:20.123Z"),
        ("{column: a, as: date, format: 'M/d/yy h:mm a'}", "7/4/24 12:05 PM", "2024-07-04T17:05:00Z"),
        ("{column: a, as: date, format: 'dd MMM yyyy'}", "29 Feb 2024", "2024-02-29T06:00:00Z"),
        ("{column: a, as: date, format: 'yyyyMMddHHmmssXXX'}", "2024022910203+02:00", "2024-02-29T08:20:03Z"),
        // Clocks went forward at 02:00 on 2024-03-10 and back at 02:00 on 2024-11-03.
        ("{column: a, as: date}", "2024-03-10 02:30:00", "2024-03-10T08:30:00Z"),
        ("{column: a, as: date}", "2024-11-03 01:30:00", "2024-11-03T06:30:00Z"),
        ("{column: a, as: date}", "2024-11-03 02:30:00", "2024-11-03T08:30:00Z"),
        ("{column: a, as: date}", "1899-12-31 00:00:00", "1899-12-31T06:00:00Z"),
    ])
    func `a date becomes UTC`(rule: String, a: String, utc: String) async throws {
        #expect(try await map(rule, a: a) == .string(utc))
    }

    @Test(arguments: ["2007-02-30", "2007-13-01", "17.01.2007", "2007-01-17 25:00:00", "2007-01-17x", "tomorrow"])
    func `a date that does not exist or is written otherwise is refused`(text: String) async throws {
        let error = try await #require(throws: SourceError.self) { try await map("{column: a, as: date}", a: text) }
        #expect(error.message == "not a date written as iso")
        #expect(!error.description.contains(text))
    }

    @Test func `several columns make one field`() async throws {
        #expect(try await map("{first: [a, b, c]}", a: "0", b: "x", c: "y") == .string("x"))
        #expect(try await map("{list: [a, b, c]}", a: "1", b: "0", c: "1") == .json(#"["1"]"#))
        #expect(try await map("{template: '{a} {b?} {c}'}", a: "Ann", c: "Lee") == .string("Ann Lee"))
        #expect(try await map("{object: {city: a, zip: b}}", a: "Ulm") == .json(#"{"city":"Ulm"}"#))
        #expect(try await map("{object: {city: a, zip: b}}") == nil)
        #expect(
            try await map("{list: [{object: {number: a, extension: b}}, {object: {number: c}}]}", a: "1", b: "2")
                == .json(#"[{"number":"1","extension":"2"}]"#))
    }

    @Test func `ndjson with our own names passes as it is, bad lines are reported by number`() async throws {
        try folder.write(
            "all.ndjson",
            "{\"id\":\"1\",\"firstName\":\"A\",\"emails\":[\"a@b.c\"]}\nnope\n[1]\n{\"type\":\"x\",\"id\":2,\"deleted\":true}\n"
        )
        let all = try await Everything.read(
            folder.mapping("version: 1\nsource: {kind: ndjson}\nrecords: [{type: candidate, file: all.ndjson}]"))
        #expect(
            all.records == [
                .json(#"{"type":"candidate","id":"1","firstName":"A","emails":["a@b.c"]}"#),
                .json(#"{"type":"candidate","id":2,"deleted":true}"#),
            ])
        #expect(all.rows == [1, 4])
        #expect(all.problems.map { $0.place.line } == [2, 3])
    }
}
