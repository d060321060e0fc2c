// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Synchronization
import Testing
import Webhooks

@testable import Dashboard

/// The feed, endpoints and LinkedIn's notifications, as pages show them.
@Suite struct EventsTests {
    /// Answers every post alike and remembers it.
    private final class Receiver: Poster {
        let bodies = Mutex<[String]>([])
        let reply: Reply

        init(_ reply: Reply = .answered(200)) { self.reply = reply }

        func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) async -> Reply {
            bodies.withLock { $0.append(String(decoding: body, as: UTF8.self)) }
            return reply
        }
    }

    private func world(_ receiver: Receiver = Receiver()) async throws -> (DashboardWorld, Customer) {
        let world = try await DashboardWorld { parts in
            parts.webhooks = WebhookDesk(
                store: parts.store, policy: .sandbox, poster: receiver, time: parts.time)
        }
        return (world, try await world.addCustomer())
    }

    private func append(_ count: Int, to world: DashboardWorld, _ customer: Customer) async throws {
        let data: JSONValue = ["candidateId": "C-1", "text": .string(Hostile.text)]
        try await world.store.write { tx in
            for index in 1...count {
                try tx.append(
                    NewEvent(
                        index % 10 == 0 ? .recordRejected : .noteChanged, candidate: "C-1", person: "urn:li:person:a",
                        isFromLinkedIn: true, data: data.bytes), customer: customer.number, at: DashboardWorld.start)
            }
        }
    }

    @Test func `the feed is read newest first by key, filtered by type, and one event shows its JSON`() async throws {
        let (world, customer) = try await world()
        #expect(try await world.get("/ui/customers/acme/events").has("Nothing happened yet"))
        try await append(120, to: world, customer)
        let first = try await world.get("/ui/customers/acme/events", as: .viewer)
        #expect(first.has("/events/one/120\"") && !first.has("/events/one/70\"") && !Hostile.isLoose(in: first))
        #expect(first.has("data-live=\"/ui/customers/acme/events/live\""))
        #expect(first.has("before=71"))
        let second = try await world.get("/ui/customers/acme/events?before=71", as: .viewer)
        #expect(second.has("/events/one/70\"") && !second.has("data-live"))
        let refused = try await world.get("/ui/customers/acme/events?type=record.rejected", as: .viewer)
        #expect(refused.count(of: "/events/one/") == 12)
        let one = try await world.get("/ui/customers/acme/events/one/7", as: .viewer)
        #expect(
            one.has("evt_acme_7") && one.has("&quot;candidateId&quot;: &quot;C-1&quot;") && !Hostile.isLoose(in: one))
        #expect(try await world.get("/ui/customers/acme/events/one/121").status == 404)
        #expect(try await world.get("/ui/customers/acme/events/one/x").status == 404)
    }

    @Test func `an endpoint is added, its secret shown once, tested, switched off and on, and removed`() async throws {
        let receiver = Receiver()
        let (world, customer) = try await world(receiver)
        let base = "/ui/customers/acme/events/webhooks"
        let wrong = try await world.post(
            base, [("url", "ftp://x\"><script>alert('x')</script>"), ("types", "note.changed")])
        #expect(wrong.status == 422 && wrong.has("url-error") && !Hostile.isLoose(in: wrong))
        #expect(wrong.has("value=\"note.changed\" checked"), "what was chosen is not lost")
        let added = try await world.post(base, [("url", "http://127.0.0.1:9/hook"), ("types", "note.changed")])
        #expect(added.status == 200 && added.has("whsec_"))
        let desk = WebhookDesk(store: world.store, policy: .sandbox, poster: receiver, time: world.time)
        let id = try #require(try await desk.list(customer.number).first?.webhook.id)
        #expect(try await !world.get("\(base)/\(id)/settings").has("whsec_"))

        let tested = try await world.post("\(base)/\(id)/test", as: .operator)
        #expect(tested.has("was delivered") && receiver.bodies.withLock { $0.count } == 1)
        #expect(try await world.follow("\(base)/\(id)/switch", [("to", "off")], as: .operator).has("Switch on"))
        #expect(try await world.follow("\(base)/\(id)/switch", [("to", "on")], as: .operator).has("Switch off"))
        #expect(try await world.post("\(base)/\(id)/rotate", [("overlap", "3600")]).has("whsec_"))
        #expect(try await world.get("\(base)/\(id)/settings").has("The old secret signs along"))
        #expect(try await world.post("\(base)/\(id)/rotate", as: .operator).status == 403)
        #expect(try await world.follow("\(base)/\(id)/remove").has("Nobody is told by itself"))
        #expect(try await world.get("\(base)/\(id)").status == 404)
        let audit = try await world.store.read { try $0.auditEntries(limit: 20).map(\.action) }
        #expect(
            audit.reversed() == [
                "webhook.add", "webhook.test", "webhook.off", "webhook.on", "webhook.rotate", "webhook.remove",
            ])
    }

    @Test func `one event, a range by numbers and a range by time are delivered again`() async throws {
        let (world, customer) = try await world()
        try await append(20, to: world, customer)
        let base = "/ui/customers/acme/events/webhooks"
        _ = try await world.post(base, [("url", "http://127.0.0.1:9/hook")])
        let desk = WebhookDesk(store: world.store, policy: .sandbox, poster: Receiver(), time: world.time)
        let id = try #require(try await desk.list(customer.number).first?.webhook.id)
        for fields in [
            [("event", "evt_acme_3")], [("after", "4"), ("until", "9")],
            [("since", "2026-03-01T00:00"), ("before", "2027-01-01T00:00")],
        ] {
            #expect(
                try await world.post("\(base)/\(id)/replay", fields, as: .operator).location?.hasSuffix("done=replayed")
                    == true)
        }
        let replays = try await world.store.read { try $0.webhookReplays(customer: customer.number, webhook: id) }
        #expect(replays.map { [$0.cursor, $0.until] } == [[2, 3], [4, 9], [0, 20]])
        #expect(try await world.get("\(base)/\(id)").has("Events 5 to 9 are being delivered again"))
        #expect(try await world.post("\(base)/\(id)/replay", [], as: .operator).status == 422)
        #expect(try await world.post("\(base)/\(id)/replay", [("event", "evt_other_3")], as: .operator).status == 404)
    }

    @Test func `dead letters are listed with their outcome and tried again`() async throws {
        let (world, customer) = try await world()
        try await append(3, to: world, customer)
        let base = "/ui/customers/acme/events/webhooks"
        _ = try await world.post(base, [("url", "http://127.0.0.1:9/hook")])
        let webhook = try #require(try await world.store.read { try $0.webhooks(customer: customer.number) }.first)
        try await world.store.write { tx in
            for number in [1, 2] as [Int64] {
                try tx.settle(
                    WebhookAttempt(
                        number: number, attempt: 9, at: DashboardWorld.start, took: .milliseconds(12), status: 500,
                        outcome: "answered 500"), .dead, of: webhook, health: .init(failures: 1), cursor: 3)
            }
        }
        let path = "\(base)/\(webhook.id)"
        let dead = try await world.get(path + "/dead", as: .operator)
        #expect(dead.has("answered 500") && dead.count(of: "Deliver again</button></form>") == 2)
        #expect(try await world.get(path).has("answered 500"))
        #expect(try await world.get("/ui/customers/acme/events/one/1").has("Given up: a dead letter"))
        _ = try await world.post(path + "/retry", [("event", "evt_acme_1")], as: .operator)
        let counts = try await world.store.read { try $0.letterCounts(customer: customer.number, webhook: webhook.id) }
        #expect(counts == (1, 1))
        _ = try await world.post(path + "/retry", as: .operator)
        #expect(try await world.get(path + "/dead").has("No dead letters"))
    }

    @Test func `notifications of a type nobody told us about are shown as they came`() async throws {
        let (world, customer) = try await world()
        let body: JSONValue = ["eventType": .string(Hostile.text)]
        try await world.store.write { tx in
            for (id, state) in [("p-1", StoredPush.State.unknown), ("p-2", .open)] {
                _ = try tx.storePush(
                    StoredPush(id: id, type: Hostile.text, body: body.bytes, receivedAt: DashboardWorld.start),
                    customer: customer.number)
                if state != .open {
                    _ = try tx.settlePush(
                        id, state, reason: "an unknown type", customer: customer.number, at: DashboardWorld.start)
                }
            }
        }
        let list = try await world.get("/ui/customers/acme/events/pushes?state=unknown", as: .viewer)
        #expect(list.has("p-1") && !list.has("pushes/p-2") && !Hostile.isLoose(in: list))
        let one = try await world.get("/ui/customers/acme/events/pushes/p-1", as: .viewer)
        #expect(one.has("Unknown type") && one.has("eventType") && !Hostile.isLoose(in: one))
    }
}
