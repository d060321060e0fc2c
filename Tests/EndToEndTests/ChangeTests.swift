// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import TestSupport
import Testing

@testable import crosswalk

/// What an ATS does all day, over HTTP, and what LinkedIn's side shows then.
@Suite struct ChangeTests {
    @Test func `a change in the ATS replaces what LinkedIn holds`() async throws {
        try await Stage.run { stage in
            try await stage.put("candidates/C-1", .candidate())
            try await stage.settled()
            try await stage.put("candidates/C-1", .candidate(lastName: "Lovelace"))
            try await stage.settled()
            let all = try await stage.entities("candidates")
            #expect(all.count == 1)
            #expect(all[0]["body"]?["lastName"]?.string == "Lovelace")
        }
    }

    @Test func `a deletion takes the children along, and nothing else`() async throws {
        try await Stage.run { stage in
            for id in ["C-1", "C-2"] {
                try await stage.put("candidates/\(id)", .candidate())
                try await stage.put("candidates/\(id)/notes/N", .note)
            }
            try await stage.put("jobs/J-1", .job)
            for (id, candidate) in [("A-1", "C-1"), ("A-2", "C-2")] {
                try await stage.put("applications/\(id)", .application(candidate: candidate))
                try await stage.put("applications/\(id)/notes/N", .note)
                try await stage.put("applications/\(id)/stages/S", ["stage": "Interview", "createdAt": "2026-01-03"])
            }
            try await stage.settled()
            #expect(
                try await stage.counts().filter { $0.value > 0 }
                    == [.job: 1, .candidate: 2, .candidateNote: 2, .application: 2, .applicationNote: 2, .stage: 2])

            try await stage.api.send(.DELETE, "/api/v1/applications/A-1")
            try await stage.settled()
            #expect(
                try await stage.counts().filter { $0.value > 0 }
                    == [.job: 1, .candidate: 2, .candidateNote: 2, .application: 1, .applicationNote: 1, .stage: 1])
            try await stage.api.send(.DELETE, "/api/v1/candidates/C-1")
            try await stage.settled()
            #expect(
                try await stage.counts().filter { $0.value > 0 }
                    == [.job: 1, .candidate: 1, .candidateNote: 1, .application: 1, .applicationNote: 1, .stage: 1])
        }
    }

    @Test func `while the integration is disabled changes wait; enabled again, everything is sent anew`() async throws {
        try await Stage.run { stage in
            let who: JSONValue = [
                "organization": .int(Stage.organization), "contract": 5000, "unique_foreign_id": "acme",
            ]
            try await stage.put("candidates/C-1", .candidate())
            try await stage.settled()
            try await stage.control.send(.POST, "/_sandbox/integrations/disable", who)
            try await stage.put("candidates/C-1", .candidate(lastName: "Lovelace"))
            try await stage.put("candidates/C-2", .candidate())
            try await eventually("the connector to notice", within: .seconds(60)) {
                try await stage.api.send(.GET, "/api/v1/sync")["integration"]?.string == "disabled"
            }
            #expect(try await stage.tallies()[.candidate]?.desired == 2)
            #expect(try await stage.api.send(.GET, "/api/v1/candidates/C-2")["state"]?.string == "due")

            try await stage.control.send(.POST, "/_sandbox/integrations/enable", who)
            try await eventually("both to arrive", within: .seconds(60)) {
                try await stage.entities("candidates").compactMap { $0["body"]?["lastName"]?.string }.sorted() == [
                    "Byron", "Lovelace",
                ]
            }
            try await stage.settled()
            #expect(try await stage.tallies()[.candidate]?.observed == 2)
        }
    }

    @Test func `ids with any letters keep them on the whole way, as parents too`() async throws {
        let ids = [
            "a&b=c", "a,b", "(a)", "50%", "a%2Fb", "a/b", "a+b", "o'neil", "two words", "😀🎉", " x ", "..", "$params:()",
            "List(a)", #"a"\b"#, "#?~;:@",
            String(repeating: "x", count: 500), String(repeating: "ü", count: 250),
        ]
        try await Stage.run { stage in
            for id in ids {
                let path = "candidates/" + id.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
                try await stage.put(path, .candidate())
                try await stage.put(
                    path + "/notes/" + id.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!, .note)
                #expect(try await stage.api.send(.GET, "/api/v1/" + path)["id"]?.string == id)
            }
            try await stage.settled()
            #expect(try await stage.ids("candidates") == Set(ids))
            #expect(try await stage.ids("candidateNotes") == Set(ids))
            #expect(
                Set(try await stage.entities("candidateNotes").compactMap { $0["candidateId"]?.string }) == Set(ids))
            for id in ids {
                try await stage.api.send(
                    .DELETE, "/api/v1/candidates/" + id.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!)
            }
            try await stage.settled()
            #expect(try await stage.counts().values.allSatisfy { $0 == 0 })
        }
    }
}

extension Stage {
    func put(_ path: String, _ body: JSONValue) async throws { try await api.send(.PUT, "/api/v1/" + path, body) }

    func ids(_ resource: String) async throws -> Set<String> {
        Set(try await entities(resource).compactMap { $0["id"]?.string })
    }
}

/// Bodies in our API's language.
extension JSONValue {
    static func candidate(lastName: String = "Byron") -> JSONValue {
        [
            "firstName": "Ada", "lastName": .string(lastName), "email": "ada@example.org",
            "profileUrl": "https://ats.example.org/1",
            "createdAt": "2026-01-01",
        ]
    }

    static let note: JSONValue = ["text": "Met at a fair", "author": "Grace Hopper", "createdAt": "2026-01-02"]

    static let job: JSONValue = [
        "title": "Engineer", "description": .string(String(repeating: "Builds analytical engines. ", count: 6)),
        "location": "London, United Kingdom",
        "applyUrl": "https://ats.example.org/jobs/1", "createdAt": "2026-01-01",
    ]

    static func application(candidate: String) -> JSONValue {
        ["jobId": "J-1", "candidateId": .string(candidate), "createdAt": "2026-01-02"]
    }
}
