// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import TestSupport
import Testing

@testable import crosswalk

/// The promise of forgetting, kept through `kill -9`: whatever moment the connector dies at, the next one ends what was begun, and signs it.
@Suite struct KilledErasureTests {
    private static let candidates = 3_000
    private static let applied = 600

    @Test(.timeLimit(.minutes(10)))
    func
        `killed again and again during an erasure and a contract's end, nothing is left on either side and both are signed`()
        async throws
    {
        try await KilledProgram.run { try await rehearse($0) }
    }

    private func rehearse(_ program: KilledProgram) async throws {
        let (control, server, api) = (program.control, program.server, program.api)
        try server.start()
        try await eventually("the connector to take the history") {
            (try? await api.post("/api/v1/records", ndjson: Self.history)) == 200
        }
        try await eventually("the history to be at LinkedIn", within: .seconds(180)) {
            try await api.send(.GET, "/api/v1/sync")["idle"]?.bool == true
        }
        #expect(try await left(control)["candidates"] == Int64(Self.candidates))

        // One candidate: the answer is given before LinkedIn is told, then comes the kill.
        let one = try await begin(api, .POST, "/api/v1/erasures", ["candidate": "C-7"])
        server.kill()
        try server.start()
        let receipt = try await receipt(of: one, api)
        #expect(receipt["linkedIn"]?["outcome"] == "proven")
        #expect(try await left(control)["candidates"] == Int64(Self.candidates - 1))
        #expect(try await api.status(.GET, "/api/v1/candidates/C-7") == 404)

        // Everything: each life gets twice as many requests through as the one before, and ends there or where the erasure moves on. The
        // deletions are 36 requests, more than the first lives have together: one of them ends amid the deletions on every machine.
        var (allowed, state) = (4, "")
        var deaths: [String] = []
        try await control.letThrough(allowed)
        let all = try await begin(api, .DELETE, "/api/v1/data?confirm=acme")
        while state != ErasureState.finished.word, deaths.count < 20 {
            let before = state
            try await eventually("life \(deaths.count + 1) to end, after \(deaths)", within: .seconds(180)) {
                guard let shown = try? await api.send(.GET, "/api/v1/erasures/\(all)") else { return false }
                state = shown["state"]?.string ?? ""
                // Marking makes no requests. Otherwise right after it moved on is as good a moment to die as in the middle of calls.
                if state != before || state == ErasureState.marking.word { return state != before }
                return try await control.isShut()
            }
            server.kill()
            deaths.append(state)
            allowed *= 2
            try await control.letThrough(allowed)
            try server.start()
        }
        #expect(deaths.last == ErasureState.finished.word, "\(deaths)")
        #expect(deaths.contains(ErasureState.deleting.word), "\(deaths)")
        let end = try await self.receipt(of: all, api)
        #expect(end["linkedIn"]?["outcome"] == "proven")
        #expect(end["linkedIn"]?["records"]?["candidate"]?["total"]?.int == Int64(Self.candidates - 1))
        #expect(end["linkedIn"]?["records"]?["application"]?["proven"]?.int == Int64(Self.applied - 1))
        // Jobs are closed and not deleted; of people nothing is left.
        let counts = try await left(control)
        #expect(counts.filter { $0.value > 0 }.keys.sorted() == ["jobs"], "\(counts)")
        server.kill()
        let held = try DatabaseFiles.bytes(in: program.folder.path("connector"))
        #expect(held.range(of: Data("Canary".utf8)) == nil)
        #expect(held.range(of: Data("ats.example.org".utf8)) == nil)
    }

    /// Candidates, the first of them with an application each to one job.
    private static let history: [UInt8] = {
        var lines = #"{"type":"job","id":"J-1","title":"Cook","description":"\#(String(repeating: "d", count: 120))","#
        lines += #""location":"Austin, TX","applyUrl":"https://ats.example.org/j/1","createdAt":"2026-01-01"}"# + "\n"
        for number in 0..<candidates {
            lines += #"{"type":"candidate","id":"C-\#(number)","firstName":"Canary\#(number)","lastName":"L","#
            lines += #""email":"c\#(number)@example.org","profileUrl":"https://ats.example.org/c/\#(number)","#
            lines += #""createdAt":"2026-01-01"}"# + "\n"
            guard number < applied else { continue }
            lines += #"{"type":"application","id":"A-\#(number)","jobId":"J-1","candidateId":"C-\#(number)","#
            lines += #""createdAt":"2026-01-02"}"# + "\n"
        }
        return Array(lines.utf8)
    }()

    /// - Returns: the erasure's id.
    private func begin(_ api: HTTPJSON, _ method: HTTPJSON.Verb, _ path: String, _ body: JSONValue? = nil)
        async throws -> String
    {
        try #require(try await api.send(method, path, body)["erasure"]?.string)
    }

    /// The words of a signed receipt, once it is there and its signature is right.
    private func receipt(of erasure: String, _ api: HTTPJSON) async throws -> JSONValue {
        var found: JSONValue?
        try await eventually("the receipt of \(erasure)", within: .seconds(180)) {
            found = try? await api.send(.GET, "/api/v1/erasures/\(erasure)")["receipt"]
            return found?["receipt"] != nil
        }
        let signed = try #require(found)
        let key = try await api.send(.GET, "/api/v1/erasures/key")["key"]?.string
        #expect(Receipt(signed.bytes)?.verdict(key: try #require(key)) == .valid)
        return try #require(signed["receipt"])
    }

    /// What LinkedIn's side holds of the customer.
    private func left(_ control: HTTPJSON) async throws -> [String: Int64] {
        let counts = try await control.send(.GET, "/_sandbox/state?organization=\(Stage.organization)")["counts"]
        return Dictionary(uniqueKeysWithValues: (counts?.object ?? [:]).map { ($0, $1.int ?? 0) })
    }
}
