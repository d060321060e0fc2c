// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile
import Store
import Testing

@testable import Dashboard

@Suite struct SystemTests {
    /// What must never leave: it stands in records, messages, secrets and settings of the store.
    private static let secrets = [
        "Wilhelmina", "Featherstonehaugh", "wilhelmina@post.example", "Met her in Oslo", "C-wilhelmina", "cwk_",
        "rsc-sim-child-secret-01", "the partner secret", "+47 555 01 02",
    ]

    private static func world() async throws -> DashboardWorld {
        let world = try await DashboardWorld { parts in
            parts.version = "9.8.7"
            parts.configuration = [
                ConfigurationLine(key: "connector.port", value: "8080", origin: "default", meaning: "port"),
                ConfigurationLine(key: "partner.client_secret", value: "(secret)", origin: "file", meaning: "secret"),
            ]
        }
        let customer = try await world.addCustomer(name: "Featherstonehaugh & Co").number
        let other: JSONValue = ["firstName": "Wilhelmina", "emailAddress": "wilhelmina@post.example"]
        let body: JSONValue = [
            "firstName": "Wilhelmina", "lastName": "Featherstonehaugh", "emailAddress": "wilhelmina@post.example",
            "phoneNumbers": [["number": "+47 555 01 02"]], "note": "Met her in Oslo", "createdAt": 1_700_000_000_000,
        ]
        try await world.store.write { tx in
            _ = try tx.accept(
                [
                    .put(
                        DesiredRecord(
                            key: RecordKey(.candidate, id: "C-wilhelmina"), body: body.bytes,
                            hash: ContentHash(Array(repeating: 7, count: 16))))
                ], customer: customer, priority: .interactive, at: DashboardWorld.start)
            let due = try tx.claimDue(
                customer: customer, kind: .candidate, deletions: false, limit: 1, excluding: [],
                at: DashboardWorld.start)
            try tx.settle(
                due.map {
                    Outcome(
                        $0,
                        .rejected(
                            Reason(
                                .refused,
                                "LinkedIn refused it (422): emailAddress of Wilhelmina Featherstonehaugh is not valid: wilhelmina@post.example, \"Met her in Oslo\""
                            )),
                        requestID: "a1b2c3-uuid")
                }, customer: customer, kind: .candidate, at: DashboardWorld.start)
            // Another one that LinkedIn did not take for now, an hour later, and a feed that is refused.
            let retried = RecordKey(.candidate, id: "C-wilhelmina-2")
            _ = try tx.accept(
                [
                    .put(
                        DesiredRecord(
                            key: retried, body: other.bytes, hash: ContentHash(Array(repeating: 8, count: 16))))
                ],
                customer: customer, priority: .backfill, at: DashboardWorld.start)
            let next = try tx.claimDue(
                customer: customer, kind: .candidate, deletions: false, limit: 1, excluding: [],
                at: DashboardWorld.start)
            let why = Reason(.throttled, "LinkedIn asked us to slow down (429)")
            try tx.settle(
                next.map {
                    Outcome(
                        $0, .retry(at: DashboardWorld.start + .seconds(60), why), requestID: "d4e5f6-uuid", status: 429)
                }, customer: customer, kind: .candidate, at: DashboardWorld.start)
            var count = HistoryCount()
            count.rejected = 1
            try tx.addHistory(count, kind: .candidate, customer: customer, at: DashboardWorld.start)
            _ = try tx.acquireLease(name: "sync", customer: customer, holder: "host/1/abc", now: DashboardWorld.start)
        }
        return world
    }

    @Test func `the system page tells health, size, workers and settings`() async throws {
        let world = try await Self.world()
        await Housekeeping(world.store, time: world.time).measure()
        let page = try await world.get("/ui/system", as: .operator)
        #expect(page.has("Ready: a record sent now would be stored."))
        #expect(page.has("9.8.7"))
        #expect(page.has("host/1/abc"))
        #expect(page.has("<a href=\"/ui/customers/acme\">acme</a>"))
        #expect(page.has("connector.port"))
        #expect(page.has("(secret)"))
        #expect(page.has("<code>record</code>"))
        #expect(try await world.get("/ui/system", as: .viewer).status == 403)
    }

    @Test func `tables are measured once a day, and their growth is told`() async throws {
        let world = try await Self.world()
        await Housekeeping(world.store, time: world.time).measure()
        for _ in 1...3 {
            world.time.advance(by: .seconds(8 * 3_600))
            _ = try await world.get("/ui")
        }
        await Housekeeping(world.store, time: world.time).measure()
        let (days, tables) = try await world.store.read { tx in
            (try tx.daySizes(since: 0), try tx.tableSizes(days: 7, limit: 100))
        }
        #expect(days.count == 2)
        #expect(days.allSatisfy { $0.bytes > 100_000 })
        #expect(tables.contains { $0.table == "record" && $0.before != nil })
        #expect(try await world.get("/ui/system").has("<svg viewBox"))
    }

    @Test func `the support bundle holds what LinkedIn asks for, and nobody`() async throws {
        let world = try await Self.world()
        let file = try await world.post("/ui/system/support-bundle", as: .operator)
        #expect(file.status == 200)
        let json = try JSONValue(parsing: file.text)
        let customer = json["customers"]?.array?.first
        #expect(customer?["customer"]?.string == "acme")
        #expect(customer?["for_linkedin"]?["api_key"]?.string == "c")
        let problem = customer?["for_linkedin"]?["problems"]?.array?.first
        #expect(problem?["x_li_uuid"]?.string == "a1b2c3-uuid")
        #expect(problem?["code"]?.string == "refused")
        #expect(
            problem?["said"]?.string?.hasPrefix("LinkedIn refused it (422): emailAddress of … … is not valid") == true)
        #expect(problem?["status"]?.int == 422)
        #expect(problem?["request"]?["path"]?.string == "/v2/atsCandidates")
        #expect(problem?["request"]?["body_of_the_record"]?["firstName"]?.string == "(text of 10)")
        let retried = customer?["for_linkedin"]?["tried_again"]?.array?.first
        #expect(retried?["status"]?.int == 429 && retried?["x_li_uuid"]?.string == "d4e5f6-uuid")
        #expect(retried?["code"] == "throttled" && retried?["at"]?.string != nil)
        #expect(customer?["last_24_hours"]?[0]?["rejected"]?.int == 1)
        #expect(customer?["callback"]?["last_notification"]?.isNull == true)
        for secret in Self.secrets { #expect(!file.text.contains(secret), "\(secret)") }
        let last = try await world.store.read { try $0.auditEntries(limit: 1).first }
        #expect(last?.action == "system.support-bundle")
        #expect(last?.actor == "operator")
    }
}
