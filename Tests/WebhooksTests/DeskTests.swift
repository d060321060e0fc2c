// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile
import Store
import Testing

@testable import Webhooks

@Suite struct DeskTests {
    @Test func `after a rotation both secrets sign, until the old one's time is over or somebody ends it`() async throws
    {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, old) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let (new, until) = try await world.desk.rotate(world.acme, shown.webhook.id)
            #expect(until == PostWorld.noon + .seconds(86_400))
            let sender = world.sender()
            func deliver() async throws -> Receiver.Delivery {
                try await world.append(1)
                try await world.settle(sender)
                return try #require(receiver.deliveries.last)
            }
            let both = try await deliver()
            #expect(both.signatures.count == 2 && isSigned(both, with: old) && isSigned(both, with: new))
            world.time.advance(by: .seconds(86_400))
            let late = try await deliver()
            #expect(late.signatures.count == 1 && !isSigned(late, with: old) && isSigned(late, with: new))
            let (third, _) = try await world.desk.rotate(world.acme, shown.webhook.id)
            try await world.desk.endOldSecret(world.acme.number, shown.webhook.id)
            let ended = try await deliver()
            #expect(ended.signatures.count == 1 && isSigned(ended, with: third))
            let (fourth, _) = try await world.desk.rotate(world.acme, shown.webhook.id, overlap: .zero)
            let atOnce = try await deliver()
            #expect(atOnce.signatures.count == 1 && isSigned(atOnce, with: fourth))
        }
    }

    @Test func `a replay delivers one event or a stretch again under the same names`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let (sender, id) = (world.sender(), shown.webhook.id)
            for _ in 0..<5 {
                try await world.append(2)
                world.time.advance(by: .seconds(3600))
            }
            try await world.settle(sender)
            func replay(_ stretch: WebhookDesk.Stretch) async throws -> [Int64] {
                receiver.forget()
                let count = try await world.desk.replay(world.acme, id, stretch)
                try await world.settle(sender)
                #expect(receiver.deliveries.count == Int(count))
                #expect(
                    receiver.deliveries.allSatisfy { isSigned($0, with: secret) && $0.id == "evt_acme_\($0.number)" })
                return receiver.numbers
            }
            #expect(try await replay(.event("evt_acme_4")) == [4])
            #expect(try await replay(.numbers(after: 7, until: nil)) == [8, 9, 10])
            #expect(try await replay(.numbers(after: 1, until: 3)) == [2, 3])
            let noon = PostWorld.noon
            #expect(
                try await replay(.times(since: noon + .seconds(3600), until: noon + .seconds(3 * 3600))) == [
                    3, 4, 5, 6,
                ])
            #expect(try await replay(.times(since: noon + .seconds(9 * 3600), until: nil)) == [])
            await #expect(throws: WebhookError.self) {
                try await world.desk.replay(world.acme, id, .event("evt_acme_11"))
            }
            await #expect(throws: WebhookError.self) {
                try await world.desk.replay(world.acme, id, .event("evt_other_1"))
            }
            await #expect(throws: WebhookError.self) {
                try await world.desk.replay(world.acme, id, .numbers(after: 11, until: nil))
            }
        }
    }

    @Test func `a webhook that is set back delivers again what it had delivered`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let sender = world.sender { $0.width = 8 }
            try await world.append(30)
            try await world.settle(sender)
            _ = try await world.desk.change(world.acme.number, shown.webhook.id, after: 10)
            receiver.forget()
            try await world.settle(sender)
            #expect(Set(receiver.numbers) == Set(11...30))
            #expect(receiver.numbers.count == 20)
        }
    }

    @Test func `a test event is signed, says what was answered, and is in no feed`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            #expect(try await world.desk.test(world.acme, shown.webhook.id).reply == .answered(200))
            #expect(receiver.deliveries.map { $0.json["type"] } == ["webhook.test"])
            #expect(isSigned(receiver.deliveries[0], with: secret))
            receiver.answer(418)
            #expect(try await world.desk.test(world.acme, shown.webhook.id).reply.outcome == "answered 418")
            #expect(try await world.store.read { try $0.lastEvent(customer: world.acme.number) } == 0)
        }
    }

    @Test func `one customer's webhooks get and show nothing of another's`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (mine, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let (theirs, _) = try await world.desk.add(world.other, url: receiver.url, types: [], after: nil)
            try await world.append(2, to: world.acme, text: "acme's")
            try await world.append(1, to: world.other, text: "other's")
            try await world.settle(world.sender())
            #expect(
                receiver.deliveries.filter { isSigned($0, with: secret) }.map(\.id) == ["evt_acme_1", "evt_acme_2"])
            #expect(try await world.desk.list(world.other.number).map(\.webhook.id) == [theirs.webhook.id])
            for call: @Sendable (Int64) async throws -> Void in [
                { _ = try await world.desk.show($0, mine.webhook.id) },
                { _ = try await world.desk.change($0, mine.webhook.id, enabled: false) },
                { _ = try await world.desk.log($0, mine.webhook.id, before: .max, limit: 1) },
                { _ = try await world.desk.deadLetters($0, mine.webhook.id, after: 0, limit: 1) },
            ] {
                await #expect(throws: WebhookError.self) { try await call(world.other.number) }
            }
            #expect(try await world.desk.remove(world.other.number, mine.webhook.id) == false)
            #expect(try await world.desk.list(world.acme.number).count == 1)
        }
    }

    @Test func `what is wrong about a new webhook is refused with its field`() async throws {
        let world = try await PostWorld(policy: .strict)
        func refusal(_ url: String, types: [String] = [], after: Int64? = nil) async -> String? {
            do {
                _ = try await world.desk.add(world.acme, url: url, types: types, after: after)
                return nil
            } catch { return (error as? WebhookError)?.pointer }
        }
        #expect(await refusal("http://example.com") == "/url")
        #expect(await refusal("https://192.168.0.1/") == "/url")
        #expect(await refusal("https://example.com", types: ["match.changed", "ghost"]) == "/types/1")
        #expect(await refusal("https://example.com", after: 1) == "/after")
        for _ in 0..<WebhookDesk.most { #expect(await refusal("https://example.com") == nil) }
        #expect(await refusal("https://example.com") == "")
    }

    @Test func `a removed webhook and a removed customer leave nothing behind`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer(500)
            let sender = world.sender()
            try await world.append(2)
            _ = try await sender.pass()
            #expect(try await world.desk.remove(world.acme.number, shown.webhook.id))
            let left = try await world.store.read { tx in
                try ["webhook", "webhook_letter", "webhook_replay", "webhook_attempt"].reduce(Int64(0)) { sum, table in
                    sum + (try tx.first("SELECT count(*) FROM \(table)") { $0.int(0) } ?? 0)
                }
            }
            #expect(left == 0)
            #expect(try await sender.pass() == nil)
        }
    }
}
