// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import Testing

@Suite struct BulkTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test func `every line is stored and the last line counts`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let first = try await ats.bulk(Sample.lines(1...5_000))
            #expect(first.status == 200)
            #expect(first.headers[.contentType] == "application/x-ndjson")
            #expect(first.lines.count == 1)
            #expect(first.lines[0]["accepted"] == 5_000)
            #expect(first.lines[0]["added"] == 5_000)
            #expect(first.lines[0]["lines"] == 5_000)
            let again = try await ats.bulk(Sample.lines(1...5_000))
            #expect(again.lines[0]["unchanged"] == 5_000)
            #expect(again.lines[0]["added"] == 0)
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 5_000)
        }
        #expect(connector.woken.records > 0)
    }

    @Test func `a bad line is named by number, type, id and field, and its neighbours are stored`() async throws {
        try await connector.run { test async throws in
            let body = [
                Sample.line("1"), #"{"type":"candidate","id":"2","firstName":"A"}"#, "not json",
                #"{"type":"ghost","id":"3"}"#, "", Sample.line("4"),
            ].joined(separator: "\n")
            let answer = try await Client(test, key: key).bulk(body)
            #expect(answer.status == 200)
            let bad = answer.lines.dropLast()
            #expect(bad.map { $0["line"] } == [2, 3, 4])
            #expect(bad[0]["type"] == "candidate")
            #expect(bad[0]["id"] == "2")
            #expect(bad[0]["errors"]?.array?.contains { $0["pointer"] == "/lastName" } == true)
            let counts = answer.lines.last
            #expect(counts?["accepted"] == 2)
            #expect(counts?["rejected"] == 3)
            #expect(counts?["lines"] == 5)
        }
    }

    @Test func `of a record that comes twice the last one wins, and a warning names both lines`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let body = [Sample.line("1", first: "Old"), Sample.line("2"), Sample.line("1", first: "New")].joined(
                separator: "\n")
            let answer = try await ats.bulk(body)
            #expect(answer.lines.count == 2)
            #expect(answer.lines[0]["line"] == 3)
            let warning = answer.lines[0]["warnings"]?[0]
            #expect(warning?["code"] == "duplicate")
            #expect(warning?["message"]?.string?.contains("lines 1 and 3") == true)
            #expect(answer.lines[1]["warnings"] == 1)
            #expect(try await ats.get("/api/v1/candidates/1").json["desired"]?["firstName"] == "New")
        }
    }

    @Test func `a line of 50 MB is one error with its number, and the rest goes on`() async throws {
        try await connector.run { test async throws in
            let giant = #"{"type":"candidate","id":"big","firstName":"\#(String(repeating: "x", count: 50 << 20))"}"#
            let answer = try await Client(test, key: key).bulk(
                [Sample.line("1"), giant, Sample.line("3")].joined(separator: "\n"))
            #expect(answer.status == 200)
            #expect(answer.lines.count == 2)
            #expect(answer.lines[0]["line"] == 2)
            #expect(answer.lines[0]["errors"]?[0]?["code"] == "lineTooLong")
            #expect(answer.lines[1]["accepted"] == 2)
        }
    }

    @Test func `records and deletions of every kind go in one body, in any order`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let body = #"""
                {"type":"applicationNote","id":"5","applicationId":"88","text":"Hi","author":"Bo R","createdAt":"2026-02-04T09:00:00Z"}
                {"type":"application","id":"88","jobId":"17","candidateId":"c1","createdAt":"2026-02-03T10:15:00Z"}
                {"type":"candidate","id":"gone","deleted":true}
                \#(Sample.line("c1"))
                """#
            let answer = try await ats.bulk(body)
            #expect(answer.lines.last?["accepted"] == 4, "\(answer.text)")
            #expect(try await ats.get("/api/v1/applications/88/notes/5").status == 200)
        }
    }

    @Test func `the report is bounded and the rest is counted`() async throws {
        var limits = ConnectorLimits()
        limits.reportLines = 10
        let small = try TestConnector(limits: limits)
        let key = try await small.addCustomer()
        try await small.run { test async throws in
            let answer = try await Client(test, key: key).bulk(String(repeating: "{}\n", count: 25))
            #expect(answer.lines.count == 11)
            #expect(answer.lines.last?["rejected"] == 25)
            #expect(answer.lines.last?["unlisted"] == 15)
        }
    }

    @Test func `with report=stream every bad line is listed and the last line counts`() async throws {
        try await connector.serve { test async throws in
            let answer = try await Client(test, key: key).bulk(
                String(repeating: "{}\n", count: 12_000), "?report=stream")
            #expect(answer.status == 200)
            #expect(answer.lines.count == 12_001)
            #expect(answer.lines.last?["rejected"] == 12_000)
        }
    }

    @Test func `empty bodies are fine`() async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).bulk("\n\r\n")
            #expect(
                answer.lines == [
                    [
                        "accepted": 0, "unchanged": 0, "changed": 0, "added": 0, "deleted": 0, "rejected": 0,
                        "warnings": 0, "lines": 0,
                    ]
                ])
        }
    }

    @Test func `many writers at once share commits and lose nothing`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await ats.put("/api/v1/candidates/s\(number)", Sample.candidate).status }
                }
                for batch in 0..<5 {
                    group.addTask { try await ats.bulk(Sample.lines((batch * 400)...(batch * 400 + 399))).status }
                }
                for try await status in group { #expect(status == 200 || status == 201) }
            }
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["desired"] == 2_200)
        }
    }
}
