// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import JSONBytes
import Store
import Testing

@Suite struct PrivacyTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test func `erasing a candidate answers 202 with where to look, and what was held is gone`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.send(.put, "/api/v1/candidates/4711", Sample.candidate).status == 201)
            let answer = try await ats.send(.delete, "/api/v1/candidates/4711?erase=true")
            #expect(answer.status == 202)
            let id = try #require(answer.json["erasure"]?.string)
            #expect(connector.woken.erasures == 1)
            let open = try await ats.get("/api/v1/erasures/\(id)").json
            #expect(open["what"] == "candidate" && open["state"] == "deleting at LinkedIn")
            #expect(open["erasedHereAt"]?.string != nil && open["receipt"] == nil)
            #expect(open["linkedIn"]?["candidate"]?["total"]?.int == 1)
            let record = try await ats.get("/api/v1/candidates/4711").json
            #expect(record["deleted"] == true && record["desired"]?.isNull == true)
            // Whoever knows the id learns of it; nobody else does.
            #expect(try await ats.get("/api/v1/erasures?candidate=4711").json["items"]?.array?.count == 1)
            #expect(try await ats.get("/api/v1/erasures?candidate=4712").json["items"]?.array?.count == 0)
            #expect(try await ats.get("/api/v1/erasures").json["items"]?.array?.count == 1)
            #expect(try await ats.get("/api/v1/erasures/er_0").problem == "no-such-erasure")
            #expect(try await ats.send(.delete, "/api/v1/jobs/1?erase=true").problem == "bad-parameter")
        }
    }

    @Test func `a member is erased by URN, and bodies that name nobody are refused`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let answer = try await ats.send(.post, "/api/v1/erasures", #"{"person":"urn:li:person:abc"}"#)
            #expect(answer.status == 202)
            for body in [
                #"{}"#, #"{"person":"abc"}"#, #"{"candidate":""}"#, #"{"candidate":"1","person":"urn:li:person:a"}"#,
            ] {
                #expect(try await ats.send(.post, "/api/v1/erasures", body).problem == "invalid-body", "\(body)")
            }
            #expect(try await ats.send(.post, "/api/v1/erasures", "no").problem == "malformed-json")
        }
    }

    @Test func `everything goes only when the customer's id is said, and then nothing is taken in`() async throws {
        let other = try await connector.addCustomer("other")
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            for query in ["", "?confirm=", "?confirm=other"] {
                #expect(try await ats.send(.delete, "/api/v1/data" + query).status == 400)
            }
            let answer = try await ats.send(.delete, "/api/v1/data?confirm=acme")
            #expect(answer.status == 202)
            let again = try await ats.send(.delete, "/api/v1/data?confirm=acme")
            #expect(again.json["erasure"] == answer.json["erasure"])
            let refused = try await ats.send(.put, "/api/v1/candidates/1", Sample.candidate)
            #expect(refused.status == 410 && refused.problem == "contract-ended")
            #expect(
                try await Client(test, key: other).send(.put, "/api/v1/candidates/1", Sample.candidate).status == 201)
        }
    }

    @Test func `an erasure of another customer is not found`() async throws {
        let other = try await connector.addCustomer("other")
        try await connector.run { test async throws in
            let id = try #require(
                try await Client(test, key: key).send(.delete, "/api/v1/candidates/1?erase=true").json["erasure"]?
                    .string)
            let stranger = Client(test, key: other)
            #expect(try await stranger.get("/api/v1/erasures/\(id)").status == 404)
            #expect(try await stranger.send(.post, "/api/v1/erasures/\(id)/close").status == 404)
            #expect(try await stranger.get("/api/v1/erasures?candidate=1").json["items"]?.array?.count == 0)
        }
    }

    @Test func `a retention policy is set whole, and a wrong one changes nothing`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let first = try await ats.get("/api/v1/retention").json
            #expect(first["closedProfiles"] == "notify" && first["days"]?["inMails"]?.isNull == true)
            let set = try await ats.send(
                .put, "/api/v1/retention", #"{"days":{"inMails":365,"events":90},"closedProfiles":"erase"}"#)
            #expect(set.json["days"]?["inMails"]?.int == 365 && set.json["closedProfiles"] == "erase")
            for (body, pointer) in [
                (#"{"days":{"inMails":0}}"#, "/days/inMails"), (#"{"days":{"mails":3}}"#, "/days/mails"),
                (#"{"closedProfiles":"keep"}"#, "/closedProfiles"), (#"{"x":1}"#, "/x"), ("[]", ""),
            ] {
                let answer = try await ats.send(.put, "/api/v1/retention", body)
                #expect(answer.problem == "invalid-body" && answer.pointers == [pointer])
            }
            #expect(try await ats.get("/api/v1/retention").json["days"]?["events"]?.int == 90)
            #expect(try await ats.get("/api/v1/retention/runs").json["items"]?.array == [])
            #expect(try await ats.get("/api/v1/closed-profiles/checks").json["items"]?.array == [])
            #expect(try await ats.get("/api/v1/erasures/key").json["key"]?.string == connector.store.receipts.publicKey)
        }
    }
}
