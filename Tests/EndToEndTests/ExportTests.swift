// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import NIOHTTP1
import TestSupport
import Testing

@testable import crosswalk

/// A recruiter's export over HTTP, both ways: the push that LinkedIn signs, and everything that follows from it.
@Suite struct ExportTests {
    @Test func `RSC-301 and RSC-303 over HTTP: exported twice, one candidate, both jobs`() async throws {
        try await Stage.run { stage in
            for job in ["J-1", "J-2"] {
                try await stage.api.send(.PUT, "/api/v1/jobs/\(job)", Self.job(job))
            }
            try await stage.settled()
            let seat = try await stage.control.send(
                .POST, "/_sandbox/seats",
                ["contract": 5000, "email": "rita@example.com", "first_name": "Rita", "last_name": "Moss"])["seat"]
            let member = try await stage.control.send(
                .POST, "/_sandbox/members",
                [
                    "first_name": "Ada", "last_name": "Okafor", "email": "ada@post.example", "company": "Northwind",
                    "profile_url": "https://www.linkedin.com/in/ada-okafor-sim",
                ])["number"]
            func export(_ job: String) async throws -> String {
                let answer = try await stage.control.send(
                    .POST, "/_sandbox/export",
                    ["member": member ?? .null, "seat": seat ?? .null, "job": .string(job), "wait": 30])
                #expect(answer["delivery"]?["delivered"] == true, "\(answer)")
                return try #require(answer["request_id"]?.string)
            }

            let first = try await export("J-1")
            try await eventually("the export to arrive") {
                let page = try await stage.api.send(.GET, "/api/v1/events?types=export.received")
                return page["events"]?[0]?["data"]?["export"]?.string == first
            }
            try await stage.api.send(
                .PUT, "/api/v1/exports/\(first)/candidate", ["candidateId": "C-1", "applicationId": "A-1"])
            try await stage.api.send(.PUT, "/api/v1/candidates/C-1", Self.candidate)
            try await stage.api.send(.PUT, "/api/v1/applications/A-1", Self.application("J-1"))
            try await eventually("LinkedIn to show the candidate and the application") {
                let shown = try await stage.control.send(.GET, "/_sandbox/exports/\(first)")
                return shown["candidate"] == "C-1" && shown["application"] == "A-1"
            }

            let second = try await export("J-2")
            try await eventually("the second export to find the candidate") {
                let pages = try await stage.api.send(.GET, "/api/v1/exports?state=tied")
                return pages["items"]?.array?.contains { $0["export"]?.string == second && $0["candidateId"] == "C-1" }
                    ?? false
            }
            try await stage.api.send(.PUT, "/api/v1/applications/A-2", Self.application("J-2"))
            try await stage.settled()
            let counts = try await stage.counts()
            #expect(counts[.candidate] == 1)
            #expect(counts[.application] == 2)
        }
    }

    private static func job(_ id: String) -> JSONValue {
        [
            "title": .string("Engineer \(id)"), "location": "Austin, TX", "status": "open",
            "description": .string(String(repeating: "We build hiring tools. ", count: 6)),
            "applyUrl": "https://ats.example.com/jobs", "createdAt": "2026-01-01T00:00:00Z",
        ]
    }

    private static let candidate: JSONValue = [
        "firstName": "Ada", "lastName": "Okafor", "email": "ada@elsewhere.example",
        "profileUrl": "https://ats.example.com/c/C-1", "createdAt": "2026-01-02T00:00:00Z",
    ]

    private static func application(_ job: String) -> JSONValue {
        ["jobId": .string(job), "candidateId": "C-1", "createdAt": "2026-01-03T00:00:00Z"]
    }
}
