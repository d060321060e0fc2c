// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store
import Testing

/// Exports, ties and suggestions, as an ATS reads and decides them.
@Suite struct ExportRouteTests {
    private static let ada = "urn:li:person:ada"
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
        for (request, job) in [("r1", "J-1"), ("r2", "J-2"), ("r/3", "J 3")] {
            let export = CandidateExport(
                request: request, person: Self.ada, job: job, profile: Array(#"{"firstName":"Ada"}"#.utf8),
                at: TestConnector.start)
            _ = try await connector.store.write { try $0.storeExport(export, customer: 1) }
        }
    }

    @Test func `exports are listed by page and state, and each says what became of it`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let first = try await ats.get("/api/v1/exports?limit=2")
            #expect(first.json["items"]?.array?.map { $0["export"] } == ["r/3", "r1"])
            let second = try await ats.get("/api/v1/exports?limit=2&after=\(first.json["next"]?.string ?? "")")
            #expect(second.json["items"]?.array?.map { $0["export"] } == ["r2"])
            #expect(second.json["next"] == .null)
            #expect(try await ats.get("/api/v1/exports?state=tied").json["items"] == [])
            #expect(try await ats.get("/api/v1/exports?state=odd").status == 400)
            let one = try await ats.get("/api/v1/exports/r%2F3")
            #expect(one.json["jobId"] == "J 3")
            #expect(one.json["profile"]?["firstName"] == "Ada")
            #expect(one.json["candidateId"] == .null)
            #expect(try await ats.get("/api/v1/exports/nothing").problem == "no-such-export")
        }
    }

    @Test func `an answer ties the member, wakes the engine, and may be corrected`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let answer = try await ats.put(
                "/api/v1/exports/r1/candidate", #"{"candidateId":"C-1","applicationId":"A-1"}"#)
            #expect(answer.status == 200)
            #expect(answer.json["candidateId"] == "C-1")
            #expect(answer.json["applicationId"] == "A-1")
            #expect(answer.json["state"] == "tied")
            #expect(connector.woken.records == 1)
            #expect(try await ats.get("/api/v1/exports?candidateId=C-1").json["items"]?.array?.count == 3)
            let ties = try await ats.get("/api/v1/candidates/C-1/ties").json
            #expect(ties["items"]?[0]?["how"] == "ats")
            #expect(
                try await ats.put("/api/v1/exports/r1/candidate", #"{"candidateId":"C-2"}"#).json["candidateId"]
                    == "C-2")
            #expect(try await ats.get("/api/v1/candidates/C-1/ties").json["items"] == [])
        }
    }

    @Test(arguments: [
        ("{}", 422), (#"{"candidateId":""}"#, 422), (#"{"candidateId":"C","applicationId":7}"#, 422), ("{", 400),
    ])
    func `a wrong answer names the field and changes nothing`(body: String, status: Int) async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.put("/api/v1/exports/r1/candidate", body).status == status)
            #expect(try await ats.get("/api/v1/exports/r1").json["candidateId"] == .null)
        }
    }

    @Test func `a tie can be made and undone, and a suggestion accepted or declined`() async throws {
        for candidate in ["C-1", "C-2"] {
            _ = try await connector.store.write {
                try $0.suggestTie(
                    person: Self.ada, candidate: candidate, reasons: ["why"], customer: 1, at: TestConnector.start)
            }
        }
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let tie = "/api/v1/candidates/C-9/ties/\(Self.ada)"
            #expect(try await ats.put(tie, "").status == 201)
            #expect(try await ats.put(tie, "").status == 200)
            #expect(try await ats.delete(tie).status == 204)
            #expect(try await ats.delete(tie).problem == "no-such-tie")
            #expect(try await ats.put("/api/v1/candidates/C-9/ties/ada", "").status == 422)

            let page = try await ats.get("/api/v1/suggestions?limit=1")
            #expect(page.json["items"]?[0]?["candidateId"] == "C-1")
            let next = page.json["next"]?.string?.replacing(" ", with: "%20") ?? ""
            let rest = try await ats.get("/api/v1/suggestions?after=\(next)")
            #expect(rest.json["items"]?.array?.map { $0["candidateId"] } == ["C-2"])
            let path = "/suggestions/\(Self.ada)"
            #expect(try await ats.send(.post, "/api/v1/candidates/C-1\(path)/decline").status == 204)
            #expect(try await ats.send(.post, "/api/v1/candidates/C-2\(path)/accept").status == 204)
            #expect(try await ats.send(.post, "/api/v1/candidates/C-2\(path)/accept").problem == "no-such-suggestion")
            #expect(try await ats.get("/api/v1/suggestions?state=declined").json["items"]?.array?.count == 1)
            #expect(try await ats.get("/api/v1/candidates/C-2/ties").json["items"]?[0]?["person"]?.string == Self.ada)
        }
    }

    @Test func `another customer's key sees none of it`() async throws {
        let other = try await connector.addCustomer("other", secret: "s")
        try await connector.run { test async throws in
            let ats = Client(test, key: other)
            #expect(try await ats.get("/api/v1/exports").json["items"] == [])
            #expect(try await ats.get("/api/v1/exports/r1").status == 404)
            #expect(try await ats.put("/api/v1/exports/r1/candidate", #"{"candidateId":"C-1"}"#).status == 404)
        }
    }

    @Test func `pushes are shown with their state and why`() async throws {
        let push = StoredPush(
            id: "p1", type: "EXPORT_CANDIDATE_PROFILE", body: Array(#"{"id":"p1"}"#.utf8),
            receivedAt: TestConnector.start)
        _ = try await connector.store.write { try $0.storePush(push, customer: 1) }
        _ = try await connector.store.write {
            try $0.settlePush("p1", .expired, reason: "its time is over", customer: 1, at: TestConnector.start)
        }
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let shown = try await ats.get("/api/v1/pushes?state=expired").json["items"]?[0]
            #expect(shown?["because"] == "its time is over")
            #expect(shown?["body"]?["id"] == "p1")
            #expect(try await ats.get("/api/v1/pushes?state=open").json["items"] == [])
        }
    }
}
