// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// The promise of the whole: a connector that is killed with `kill -9` again and again, against a LinkedIn that fails in every way,
/// loses nothing that it acknowledged and leaves nothing behind that was deleted.
@Suite struct KillTests {
    private static let kills = 30
    private static let candidates = 3_000
    private static let slice = 250

    @Test(.timeLimit(.minutes(15)))
    func `thirty kills during a back-fill with faults end with equal totals and equal contents on both sides`()
        async throws
    {
        try await KilledProgram.run { try await rehearse($0) }
    }

    private func rehearse(_ program: KilledProgram) async throws {
        let (control, server) = (program.control, program.server)
        let rules = ["429", "500", "503", "drop_before", "drop_after", "partial"].map { fault -> JSONValue in
            ["fault": .string(fault), "probability": .double(0.02), "retry_after": 0]
        }
        try await control.send(.POST, "/_sandbox/faults", ["seed": 7, "rules": .array(rules)])

        var dice = SystemRandomNumberGenerator()
        var truth = Truth()
        var pending = truth.nextSlice(Self.slice, of: Self.candidates, &dice)
        let api = Bulk(api: program.api)
        for _ in 0..<Self.kills {
            try server.start()
            let target = try await control.journalEnd() + Int.random(in: 1...12, using: &dice)
            // Feeds while the connector lives. What got no answer is said again by the next one, as an ATS would.
            try await eventually("the connector to make \(target) calls in all", within: .seconds(60)) {
                if try await api.post(pending.lines) {
                    truth.acknowledged(pending)
                    pending = truth.nextSlice(Self.slice, of: Self.candidates, &dice)
                }
                return try await control.journalEnd() >= target
            }
            server.kill()
        }

        try await control.send(.DELETE, "/_sandbox/faults")
        try server.start()
        try await eventually("the last slice to be acknowledged") { try await api.post(pending.lines) }
        truth.acknowledged(pending)
        try await eventually("the connector to come to rest", within: .seconds(240)) { try await api.isIdle() }
        let status = try await api.status()
        let held = try await control.entities("candidates").map {
            ($0["id"]?.string ?? "", $0["body"]?["currentCompanyName"]?.string ?? "")
        }
        let expected = truth.companies
        #expect(held.count == expected.count)
        #expect(Dictionary(uniqueKeysWithValues: held) == expected)
        #expect(status["records"]?["candidate"]?["desired"]?.int == Int64(expected.count))
        #expect(status["records"]?["candidate"]?["observed"]?.int == Int64(expected.count))
        #expect(status["records"]?["candidate"]?["rejected"]?.int == 0)
    }
}

/// What the ATS knows to be acknowledged: the last version of every candidate that was not deleted.
private struct Truth {
    struct Slice {
        var lines: [UInt8]
        var puts: [Int: String]
        var deletes: Set<Int>
    }

    /// Candidate number → company, which names the version.
    private(set) var versions: [Int: String] = [:]
    private var next = 0
    private var round = 0

    var companies: [String: String] { Dictionary(uniqueKeysWithValues: versions.map { ("C-\($0)", $1) }) }

    /// New candidates first, then changes and a few deletions of older ones.
    mutating func nextSlice(_ count: Int, of most: Int, _ dice: inout some RandomNumberGenerator) -> Slice {
        round += 1
        var slice = Slice(lines: [], puts: [:], deletes: [])
        for _ in 0..<count {
            let isNew = next < most && Bool.random(using: &dice)
            let number = isNew ? next : Int.random(in: 0..<max(next, 1), using: &dice)
            if isNew { next += 1 }
            guard slice.puts[number] == nil, !slice.deletes.contains(number), isNew || number < next else { continue }
            if !isNew, Int.random(in: 0..<20, using: &dice) == 0 {
                slice.deletes.insert(number)
                slice.lines += Array("{\"type\":\"candidate\",\"id\":\"C-\(number)\",\"deleted\":true}\n".utf8)
            } else {
                slice.puts[number] = "Company \(round)"
                slice.lines += Array(
                    #"{"type":"candidate","id":"C-\#(number)","firstName":"F\#(number)","lastName":"L","email":"c\#(number)@example.org","#
                        .appending(
                            #""currentCompany":"Company \#(round)","profileUrl":"https://ats.example.org/c/\#(number)","createdAt":"2026-01-01"}"#
                        )
                        .appending("\n").utf8)
            }
        }
        return slice
    }

    mutating func acknowledged(_ slice: Slice) {
        for number in slice.deletes { versions[number] = nil }
        versions.merge(slice.puts) { $1 }
    }
}

/// The bulk endpoint without patience: a connector that is gone is simply a false.
private struct Bulk {
    var api: HTTPJSON

    func post(_ lines: [UInt8]) async throws -> Bool {
        guard let answer = try? await api.post("/api/v1/records", ndjson: lines) else { return false }
        return answer == 200
    }

    func status() async throws -> JSONValue { try await api.send(.GET, "/api/v1/sync") }
    func isIdle() async throws -> Bool { try await status()["idle"]?.bool == true }
}
