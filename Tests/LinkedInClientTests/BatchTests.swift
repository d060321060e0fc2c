// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import LinkedInClient
import RestLi
import Testing

@Suite struct BatchTests {
    static let names = RecordNames(surface: .v2, context: "urn:li:organization:1000")
    static func item(_ id: String) -> LinkedInClient.Item {
        .init(key: names.key(.candidates, id: id), body: Array(#"{"firstName":"A"}"#.utf8))
    }

    @Test func `a small batch is the documented request`() async throws {
        let far = ScriptedTransport([ScriptedTransport.acceptAll])
        let results = try await far.client().put(.candidates, items: [Self.item("C-1"), Self.item("C 2")])
        #expect(results.map(\.code) == [.accepted, .accepted])
        let call = try #require(far.calls.first)
        #expect(call.method == "PUT" && call.header("authorization") == "Bearer token-1")
        #expect(
            call.url == "https://far.example/v2/atsCandidates?ids%5B0%5D.atsCandidateId=C-1&ids%5B0%5D.dataProvider=ATS"
                + "&ids%5B0%5D.integrationContext=urn:li:organization:1000&ids%5B1%5D.atsCandidateId=C%202&ids%5B1%5D.dataProvider=ATS"
                + "&ids%5B1%5D.integrationContext=urn:li:organization:1000")
        #expect(call.header("X-RestLi-Method") == "batch_update" && call.header("Content-Type") == "application/json")
        #expect(call.header("X-RestLi-Protocol-Version") == nil && call.header("LinkedIn-Version") == nil)
        #expect(
            String(decoding: call.body, as: UTF8.self) == #"{"entities":{"#
                + #""atsCandidateId=C-1&dataProvider=ATS&integrationContext=urn:li:organization:1000":{"firstName":"A"},"#
                + #""atsCandidateId=C%202&dataProvider=ATS&integrationContext=urn:li:organization:1000":{"firstName":"A"}}}"#
        )
    }

    @Test func `a batch of a hundred is tunnelled and keeps its method`() async throws {
        let far = ScriptedTransport([
            { call in
                let original = try Tunnel.decode(
                    http: call.method, override: call.header("X-HTTP-Method-Override") ?? "", query: "",
                    contentType: call.header("Content-Type"), body: call.body)
                #expect(original.http == "PUT" && original.query.utf8.count > 4000 && !call.url.contains("?"))
                return try ScriptedTransport.acceptAll(HTTPCall(method: "PUT", url: call.url, body: original.body))
            }
        ])
        let results = try await far.client().put(.candidates, items: (0..<100).map { Self.item("candidate-\($0)") })
        #expect(results.count == 100 && results.allSatisfy { $0.code == .accepted })
        #expect(far.calls[0].method == "POST" && far.calls[0].header("x-restli-method") == "batch_update")
    }

    @Test func `each item gets its own verdict, in order, whatever the spelling`() async throws {
        let tail = "&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A1000"
        let body = """
            {"results":{"atsCandidateId=b%2F1\(tail)":{"status":201},"(atsCandidateId:c,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3A1000)":{"status":204}},
             "errors":{"integrationContext=urn:li:organization:1000&dataProvider=ATS&atsCandidateId=a":{"status":422,"message":"ERROR :: /x","new":1},
             "atsCandidateId=d\(tail)":{"status":503},"atsCandidateId=e\(tail)":{"status":429},"atsCandidateId=f\(tail)":{"status":409},
             "atsCandidateId=g\(tail)":{"status":403},"stranger":{"status":400}},"statuses":{},"more":[]}
            """
        let far = ScriptedTransport([ScriptedTransport.json(200, body, [("X-LI-UUID", "abc==")])])
        let results = try await far.client().put(
            .candidates, items: ["a", "b/1", "c", "d", "e", "f", "g", "h"].map(Self.item))
        #expect(
            results.map(\.code) == [
                .rejected, .accepted, .accepted, .unavailable, .throttled, .unavailable, .forbidden, .missing,
            ])
        #expect(results.map(\.status) == [422, 201, 204, 503, 429, 409, 403, 0])
        #expect(results[0].message == "ERROR :: /x" && results.allSatisfy { $0.requestID == "abc==" })
        #expect(
            results.map(\.remedy) == [
                .fixData, nil, nil, .retry(after: nil), .throttled(retryAfter: nil, isDayLimit: false),
                .retry(after: nil), .rereadIntegration,
                .retry(after: nil),
            ])
    }

    @Test func `a child lives under its parent's path, and a 404 is the parent's`() async throws {
        let far = ScriptedTransport([
            ScriptedTransport.json(200, #"{"results":{"N 1":{"status":204}},"errors":{"N&2":{"status":404}}}"#)
        ])
        let results = try await far.client().put(
            .candidateNotes, parent: Self.names.parent(of: .candidateNotes, owner: "C/1 ü"),
            items: ["N 1", "N&2"].map { .init(key: Self.names.key(.candidateNotes, id: $0), body: Array("{}".utf8)) })
        #expect(results.map(\.code) == [.accepted, .parentUnknown])
        #expect(
            far.calls[0].url == "https://far.example/v2/atsCandidates/atsCandidateId=C%2F1+%C3%BC&dataProvider=ATS"
                + "&integrationContext=urn%3Ali%3Aorganization%3A1000/notes?ids=N%201&ids=N%262")
        #expect(far.calls[0].body == Array(#"{"entities":{"N 1":{},"N&2":{}}}"#.utf8))
    }

    @Test func `a deletion of what is not there has done its work`() async throws {
        let far = ScriptedTransport([
            ScriptedTransport.json(
                200, #"{"results":{"a":{"status":404},"b":{"status":204}},"errors":{"c":{"status":404}}}"#)
        ])
        let results = try await far.client().delete(
            .stages, parent: Self.names.parent(of: .stages, owner: "A"), keys: ["a", "b", "c"].map { .simple($0) })
        #expect(results.map(\.code) == [.gone, .accepted, .gone])
        #expect(
            far.calls[0].method == "DELETE" && far.calls[0].body.isEmpty
                && far.calls[0].header("X-RestLi-Method") == nil)
    }

    @Test func `the versioned surface speaks 2_0_0 with a version`() async throws {
        let names = RecordNames(surface: .rest(version: "202603"), context: "urn:li:organization:1")
        let far = ScriptedTransport([ScriptedTransport.acceptAll])
        let key = names.key(.candidateNotes, id: "N,1", owner: "C-1")
        #expect(names.parent(of: .candidateNotes, owner: "C-1") == nil)
        let results = try await far.client(names.surface).put(
            .candidateNotes, items: [.init(key: key, body: Array("{}".utf8))])
        #expect(results.map(\.code) == [.accepted])
        let call = far.calls[0]
        #expect(call.header("X-RestLi-Protocol-Version") == "2.0.0" && call.header("LinkedIn-Version") == "202603")
        #expect(
            call.url
                == "https://far.example/rest/candidateNotes?ids=List((externalCandidateId:C-1,externalNoteId:N%2C1,"
                + "integrationContext:urn%3Ali%3Aorganization%3A1))")
    }

    @Test func `a key that no path can hold is refused before anything is sent`() async throws {
        let far = ScriptedTransport([])
        let owner = String(repeating: "😀", count: 500)
        await #expect(throws: LinkedInError.self) {
            try await far.client().put(
                .candidateNotes, parent: Self.names.parent(of: .candidateNotes, owner: owner),
                items: [.init(key: .simple("n"), body: Array("{}".utf8))])
        }
        #expect(far.calls.isEmpty && far.tokenCount == 0)
    }

    @Test func `nothing to send is no call`() async throws {
        let far = ScriptedTransport([])
        let client = far.client()
        #expect(try await client.put(.candidates, items: []).isEmpty)
        #expect(try await client.delete(.candidates, keys: []).isEmpty)
        #expect(try await client.createJobs([]).isEmpty && far.calls.isEmpty)
        #expect(try await client.jobTasks([]).isEmpty)
    }

    @Test func `matches are read with a projection`() async throws {
        let body =
            #"{"results":{"atsCandidateId=1&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A1000":"#
            + #"{"matchedMembers":["urn:li:person:x"],"extra":1}},"statuses":{},"errors":{}}"#
        let far = ScriptedTransport([ScriptedTransport.json(200, body)])
        let keys = ["1", "2"].map { Self.names.key(.candidates, id: $0) }
        let matches = try await far.client().matches(keys)
        #expect(matches.count == 1 && matches[keys[0]]?.matched.map(\.description) == ["urn:li:person:x"])
        #expect(far.calls[0].url.hasSuffix("&fields=matchedMembers,manualMatchedMember"))
    }
}
