// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import Hummingbird
import JSONBytes
import Store
import Testing

@Suite struct StatusTests {
    let connector: TestConnector
    let key: String

    init() async throws {
        connector = try TestConnector()
        key = try await connector.addCustomer()
    }

    /// Lets LinkedIn answer everything that is due with `result`.
    private func settle(_ kind: RecordKind, _ result: Outcome.Result) async throws {
        let now = connector.time.now()
        try await connector.store.write { tx in
            let customer = try tx.customers()[0].number
            let due = try tx.claimDue(
                customer: customer, kind: kind, deletions: false, limit: 100, excluding: [], at: now)
            try tx.settle(due.map { Outcome($0, result, requestID: "li-1") }, customer: customer, kind: kind, at: now)
        }
    }

    @Test func `sync counts every type and says when nothing is left`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let empty = try await ats.get("/api/v1/sync")
            #expect(empty.json["customer"] == "acme")
            #expect(empty.json["integration"] == "pending")
            #expect(empty.json["idle"] == true)
            #expect(empty.json["records"]?.object?.count == RecordKind.allCases.count)
            _ = try await ats.bulk(Sample.lines(1...3))
            let busy = try await ats.get("/api/v1/sync")
            #expect(busy.json["idle"] == false)
            #expect(busy.json["records"]?["candidate"]?["due"] == 3)
            try await settle(.candidate, .accepted)
            let done = try await ats.get("/api/v1/sync")
            #expect(done.json["idle"] == true)
            #expect(done.json["records"]?["candidate"]?["observed"] == 3)
            let record = try await ats.get("/api/v1/candidates/c1")
            #expect(record.json["state"] == "synced")
            #expect(record.json["linkedIn"]?["holds"] == "this")
        }
    }

    @Test func `budgets show what was spent of LinkedIn's quotas`() async throws {
        let now = connector.time.now()
        try await connector.store.write { tx in
            try tx.reserve(
                customer: try tx.customers()[0].number, group: "candidates", records: 300, requests: 3, at: now)
        }
        try await connector.run { test async throws in
            let budgets = try await Client(test, key: key).get("/api/v1/sync").json["budgets"]?.array ?? []
            let candidates = budgets.first { $0["group"] == "candidates" }
            #expect(candidates?["recordsLastMinute"] == ["spent": 300, "limit": 10_000])
            #expect(candidates?["requestsToday"] == ["spent": 3, "limit": 100_000])
            #expect(candidates?["dayEndsAt"] == "2026-03-02T00:00:00.000Z")
        }
    }

    @Test func `rejections come in pages with the reason, and can be tried again`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            _ = try await ats.bulk(Sample.lines(1...5))
            try await settle(.candidate, .rejected(Reason(.refused, "ERROR :: /emailAddresses/0 :: no")))
            let first = try await ats.get("/api/v1/rejections?limit=3")
            #expect(first.json["rejections"]?.array?.count == 3)
            #expect(first.json["rejections"]?[0]?["code"] == "refused")
            #expect(first.json["rejections"]?[0]?["requestId"] == "li-1")
            let refused = try await ats.get("/api/v1/candidates/c1")
            #expect(refused.json["state"] == "rejected")
            #expect(refused.json["linkedIn"]?["requestId"] == "li-1")
            #expect(refused.json["linkedIn"]?["reason"]?["code"] == "refused")
            let next = try #require(first.json["next"]?.int)
            let second = try await ats.get("/api/v1/rejections?type=candidate&limit=3&after=\(next)")
            #expect(second.json["rejections"]?.array?.compactMap { $0["id"]?.string } == ["c4", "c5"])
            #expect(second.json["next"] == .null)
            #expect(try await ats.send(.post, "/api/v1/sync/retry?type=candidate&id=c1").json["retried"] == 1)
            #expect(try await ats.send(.post, "/api/v1/sync/retry").json["retried"] == 4)
            #expect(try await ats.get("/api/v1/sync").json["records"]?["candidate"]?["due"] == 5)
        }
    }

    @Test func `resync makes everything due again`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            _ = try await ats.bulk(Sample.lines(1...5))
            try await settle(.candidate, .accepted)
            #expect(try await ats.send(.post, "/api/v1/sync/resync?type=candidate").json["due"] == 5)
            #expect(try await ats.get("/api/v1/candidates/c1").json["linkedIn"]?["holds"] == "something else")
        }
    }

    @Test(arguments: ["/api/v1/rejections?type=ghost", "/api/v1/rejections?limit=0", "/api/v1/rejections?after=x"])
    func `a wrong parameter is 400 and named`(path: String) async throws {
        try await connector.run { test async throws in
            let answer = try await Client(test, key: key).get(path)
            #expect(answer.status == 400)
            #expect(answer.problem == "bad-parameter")
            #expect(answer.pointers.count == 1)
        }
    }

    @Test func `watermarks are kept per source and changed one by one`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            let path = "/api/v1/sources/ats%20db/watermarks"
            #expect(try await ats.get(path).json == ["watermarks": [:]])
            _ = try await ats.put(path, #"{"watermarks":{"candidate":"2026-01-01","job":"7"}}"#)
            let answer = try await ats.put(path, #"{"watermarks":{"candidate":"2026-02-01"}}"#)
            #expect(answer.json == ["watermarks": ["candidate": "2026-02-01", "job": "7"]])
            #expect(try await ats.put(path, #"{"watermarks":{"candidate":7}}"#).status == 422)
            #expect(try await ats.put(path, #"{"watermarks":"#).status == 400)
        }
    }

    @Test func `health says live and ready, and a closed database is not ready`() async throws {
        try await connector.run { test async throws in
            let watcher = Client(test, key: nil)
            #expect(try await watcher.get("/health/live").json == ["status": "live"])
            #expect(try await watcher.get("/health/ready").json == ["status": "ready"])
            try await connector.store.close()
            connector.time.advance(by: .seconds(2))
            #expect(try await watcher.get("/health/ready").status == 503)
            #expect(try await watcher.get("/health/live").status == 200)
        }
    }

    @Test func `a pause is told, lasts, and ends`() async throws {
        try await connector.run { test async throws in
            let ats = Client(test, key: key)
            #expect(try await ats.get("/api/v1/sync").json["pausedAt"] == .null)
            let paused = try await ats.send(.post, "/api/v1/sync/pause")
            #expect(paused.status == 200 && paused.json["pausedAt"]?.string != nil)
            #expect(try await ats.get("/api/v1/sync").json["pausedAt"] == paused.json["pausedAt"])
            _ = try await ats.bulk(Sample.lines(1...1))
            #expect(try await ats.get("/api/v1/candidates/c1").json["because"]?.string?.contains("paused") == true)
            #expect(try await ats.send(.post, "/api/v1/sync/resume").json["pausedAt"] == .null)
            #expect(try await ats.get("/api/v1/sync").json["pausedAt"] == .null)
        }
    }
}
