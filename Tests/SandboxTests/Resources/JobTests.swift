// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import RestLi
import Testing

@testable import Sandbox

/// Jobs over the wire: submissions, tasks, and what is left of them. Jobs reference 5.
@Suite struct JobTests {
    private let create = [("x-restli-method", "batch_create")]

    private func submit(_ side: FarSide, _ jobs: [JSONValue]) async throws -> [JSONValue] {
        let answer = try await side.send("POST", "/v2/simpleJobPostings", ["elements": .array(jobs)], headers: create)
        #expect(answer.status == 200)
        return answer.json["elements"]?.array ?? []
    }

    private func task(_ side: FarSide, _ element: JSONValue?) async throws -> JSONValue? {
        guard let urn = element?["id"]?.string else { return nil }
        try await side.sandbox.advance(by: .seconds(5))
        return try await side.send("GET", "/v2/simpleJobPostingTasks?ids=\(urn)").json["results"]?[urn]
    }

    private func job(_ id: String, _ operation: String) -> JSONValue {
        Sample.job.with([
            "externalJobPostingId": .string(id), "jobPostingOperationType": .string(operation), "state": .null,
        ])
    }

    @Test func `elements are answered in the request's order, errors in their place`() async throws {
        let side = try await FarSide()
        let elements = try await submit(
            side,
            [
                Sample.job, Sample.job.with(["title": nil]), job("REQ-9", "CLOSE"),
                Sample.job.with(["externalJobPostingId": 7]), Sample.job,
            ])
        #expect(elements.map { $0["status"]?.int } == [202, 422, 409, 500, 202])
        #expect(
            elements[1]["error"]?["message"]
                == "ERROR :: /title :: field is required but not found and has no default value\n")
        #expect(elements[2]["error"]?["message"] == "Cannot close job which is already closed or does not exist")
        #expect(elements[1]["id"] == nil)
    }

    @Test func `without the batch_create header the gateway finds fields it does not permit`() async throws {
        let side = try await FarSide()
        let answer = try await side.send("POST", "/v2/simpleJobPostings", ["elements": [Sample.job]])
        #expect(answer.status == 403)
        #expect(
            answer.json["message"]
                == "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/elements]"
        )
    }

    @Test func `the life of a job by operations`() async throws {
        let side = try await FarSide()
        for (operation, status, message) in [
            ("UPDATE", "FAILED", "Operation type UPDATE is not allowed for a non-existing job"),
            ("RENEW", "FAILED", "RENEW is not allowed"),
            ("CREATE", "SUCCEEDED", ""), ("CREATE", "FAILED", "duplicate creation request"),
            ("UPDATE", "SUCCEEDED", ""),
            ("RENEW", "SUCCEEDED", ""), ("CLOSE", "SUCCEEDED", ""), ("UPDATE", "FAILED", "non-existing job"),
            ("CREATE", "SUCCEEDED", ""),
        ] {
            let found = try await task(side, try await submit(side, [job("REQ-1", operation)]).first)
            #expect(found?["status"]?.string == status, "\(operation)")
            #expect(found?["errorMessage"]?.string?.contains(message) ?? message.isEmpty, "\(operation)")
            #expect((found?["jobPosting"] == nil) == (status == "FAILED"))
        }
        let counts = try await side.sandbox.controls.counts(organization: 5001)
        #expect(counts.first { $0.resource == .jobs }?.count == 1)
    }

    @Test func `a historical job comes closed, and state alone closes and opens`() async throws {
        let side = try await FarSide()
        var numbers: [String?] = []
        for state in ["CLOSED", "LISTED", "LISTED", "CLOSED", "CLOSED"] {
            let found = try await task(side, try await submit(side, [Sample.job.with(["state": .string(state)])]).first)
            #expect(found?["status"] == "SUCCEEDED")
            numbers.append(found?["jobPosting"]?.string)
            let page = try await side.sandbox.controls.page(of: .jobs, organization: 5001, after: nil, limit: 10)
            #expect(page.entities.first?["listed"]?.bool == (state == "LISTED"))
        }
        #expect(Set(numbers).count == 2, "opening a closed job makes a new posting")
    }

    @Test func `tasks are found by their own application only, and forgotten after thirty days`() async throws {
        let side = try await FarSide()
        let urn = try #require(try await submit(side, [Sample.job]).first?["id"]?.string)
        let path = "/v2/simpleJobPostingTasks?ids=\(urn)"
        #expect(try await side.send("GET", "/v2/simpleJobPostingTasks?ids=urn:li:jobPosting:1").status == 400)
        let unknown = "urn:li:simpleJobPostingTask:00000000-0000-4000-8000-000000000000"
        let answer = try await side.send("GET", "\(path)&ids=\(unknown)")
        #expect(answer.json["results"]?.object?.keys == [urn])
        #expect(answer.json["errors"]?[unknown]?["status"] == 404)
        let stored = String(urn.dropFirst("urn:li:simpleJobPostingTask:".count))
        #expect(try await side.sandbox.core.world.read { tx in try tx.task(stored, application: 1) } == nil)
        try await side.sandbox.advance(by: .seconds(30 * 86_400 + 1))
        let token = try await FarSide.token(side.sandbox, side.application.clientID, side.application.secrets[0])
        let late = try await side.sandbox.respond(
            to: SandboxRequest("GET", path, headers: [("authorization", "Bearer \(token)")]))
        #expect(try JSONValue(parsing: late.body)["errors"]?[urn]?["status"] == 404)
    }

    @Test func `jobs of another customer are refused in their place`() async throws {
        let side = try await FarSide()
        let elements = try await submit(
            side, [Sample.job.with(["integrationContext": "urn:li:organization:6002"]), Sample.job])
        #expect(elements.map { $0["status"]?.int } == [403, 202])
    }

    @Test func `one job with the switch on answers with the documented HTTP status`() async throws {
        let side = try await FarSide { $0.singleJobErrorsAsHTTP = true }
        let answer = try await side.send(
            "POST", "/v2/simpleJobPostings", ["elements": [job("REQ-9", "CLOSE")]], headers: create)
        #expect(answer.status == 409)
    }
}
