// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store
import Testing

@Suite struct WebhookRouteTests {
    let connector: TestConnector
    let key: String
    static let path = "/api/v1/webhooks"

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    @Test func `a webhook is created with its secret shown once, changed, switched off and on, and deleted`()
        async throws
    {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let made = try await ats.send(
                .post, Self.path, #"{"url":"https://Example.com/hook","types":["match.changed"]}"#)
            #expect(made.status == 201)
            #expect(made.json["secret"]?.string?.hasPrefix("whsec_") == true)
            #expect(made.json["url"] == "https://example.com/hook")
            let one = Self.path + "/" + (made.json["id"]?.string ?? "")
            let shown = try await ats.get(one).json
            #expect(shown["secret"] == nil)
            #expect(shown["types"] == ["match.changed"])
            #expect(try await ats.get(Self.path).json["items"]?.array == [shown])
            let off = try await ats.send(.patch, one, #"{"enabled":false,"types":[]}"#).json
            #expect(off["enabled"] == false && off["types"] == [] && off["disabledBecause"] != nil)
            #expect(try await ats.send(.patch, one, #"{"enabled":true}"#).json["enabled"] == true)
            let rotated = try await ats.send(.post, one + "/secret?overlap=60").json
            #expect(rotated["secret"]?.string != made.json["secret"]?.string)
            #expect(try await ats.get(one).json["oldSecretUntil"] == "2026-03-01T09:01:00.000Z")
            #expect(try await ats.delete(one + "/secret/old").status == 204)
            #expect(try await ats.get(one).json["oldSecretUntil"] == nil)
            #expect(try await ats.delete(one).status == 204)
            #expect(try await ats.delete(one).status == 204)
            #expect(try await ats.get(one).status == 404)
        }
    }

    @Test(arguments: [
        (#"{}"#, "/url"), (#"{"url":7}"#, "/url"), (#"{"url":"http://example.com"}"#, "/url"),
        (#"{"url":"https://127.0.0.1/"}"#, "/url"), (#"{"url":"https://169.254.169.254/latest/meta-data"}"#, "/url"),
        (#"{"url":"https://example.com","types":"match.changed"}"#, "/types"),
        (#"{"url":"https://example.com","types":["ghost"]}"#, "/types/0"),
        (#"{"url":"https://example.com","after":-1}"#, "/after"),
        (#"{"url":"https://example.com","after":9}"#, "/after"),
        (#"[]"#, ""),
    ])
    func `a webhook that is wrong is 422 with the field`(body: String, pointer: String) async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).send(.post, Self.path, body)
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer])
        }
    }

    @Test func `one customer neither sees nor reaches another's webhook`() async throws {
        let other = try await connector.addCustomer("other")
        try await connector.run { test async throws in
            let made = try await Client(test, key: key).send(.post, Self.path, #"{"url":"https://example.com"}"#).json
            let one = Self.path + "/" + (made["id"]?.string ?? "")
            let stranger = Client(test, key: other)
            #expect(try await stranger.get(Self.path).json["items"] == [])
            #expect(try await stranger.get(one).status == 404)
            #expect(try await stranger.send(.patch, one, #"{"enabled":false}"#).status == 404)
            #expect(try await stranger.send(.post, one + "/secret").status == 404)
            #expect(try await stranger.send(.post, one + "/test").status == 404)
            #expect(try await stranger.send(.post, one + "/replay", #"{"after":0}"#).status == 404)
            #expect(try await stranger.get(one + "/deliveries").status == 404)
            #expect(try await stranger.get(one + "/dead-letters").status == 404)
            #expect(try await stranger.send(.post, one + "/dead-letters/retry").status == 404)
            _ = try await stranger.delete(one)
            #expect(try await Client(test, key: key).get(one).json["enabled"] == true)
        }
    }

    @Test func `a replay says which events, and lists are empty before anything was delivered`() async throws {
        let now = connector.time.now()
        try await connector.store.write { tx in
            for _ in 0..<5 {
                try tx.append(
                    NewEvent(.erased, isFromLinkedIn: false, data: Array("{}".utf8)),
                    customer: try tx.customers()[0].number, at: now)
            }
        }
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let made = try await ats.send(.post, Self.path, #"{"url":"https://example.com"}"#).json
            let one = Self.path + "/" + (made["id"]?.string ?? "")
            for (body, count) in [
                (#"{"after":2}"#, 3), (#"{"after":0,"until":2}"#, 2), (#"{"event":"evt_acme_5"}"#, 1),
                (#"{"since":"2026-03-01T09:00:00Z"}"#, 5), (#"{"since":"2026-03-02"}"#, 0),
            ] {
                let answer = try await ats.send(.post, one + "/replay", body)
                #expect(
                    answer.status == 202 && answer.json == ["events": .int(Int64(count))], "\(body): \(answer.text)")
            }
            #expect(try await ats.send(.post, one + "/replay", #"{"event":"evt_acme_6"}"#).status == 404)
            #expect(try await ats.send(.post, one + "/replay", #"{}"#).status == 422)
            #expect(try await ats.send(.post, one + "/replay", #"{"since":"yesterday"}"#).status == 422)
            #expect(try await ats.get(one + "/deliveries").json == ["items": [], "next": .null])
            #expect(try await ats.get(one + "/dead-letters").json == ["items": [], "next": .null])
            #expect(try await ats.send(.post, one + "/dead-letters/retry").json == ["retried": 0])
        }
    }
}
