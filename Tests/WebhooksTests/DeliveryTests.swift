// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import HTTPTypes
import JSONBytes
import SQLFile
import Store
import Testing

@testable import Webhooks

@Suite struct DeliveryTests {
    @Test func `every event arrives in order, signed, under its own name, as the feed shows it`() async throws {
        let world = try await PostWorld()
        try await world.append(2, text: "before")
        try await Receiver.run { receiver in
            let (shown, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            try await world.append(5, text: "é\\n")
            try await world.settle(world.sender())
            #expect(receiver.numbers == [3, 4, 5, 6, 7])
            #expect(receiver.deliveries.map(\.id) == (3...7).map { "evt_acme_\($0)" })
            #expect(receiver.deliveries.allSatisfy { isSigned($0, with: secret) && $0.signatures.count == 1 })
            #expect(receiver.deliveries[0].timestamp == "1770033600")
            #expect(receiver.deliveries[0].json["data"] == ["n": 0, "text": "é\n"])
            let page = try await world.store.read { tx in
                try tx.eventPage(of: world.acme.number, named: world.acme.id, after: 6, limit: 1)
            }
            #expect(receiver.deliveries[4].body == page.json)
            #expect(try await world.show(shown.webhook.id).webhook.cursor == 7)
            let log = try await world.desk.log(world.acme.number, shown.webhook.id, before: .max, limit: 10)
            #expect(log.map(\.attempt.number) == [7, 6, 5, 4, 3])
            #expect(log.allSatisfy { $0.attempt.outcome == "delivered" && $0.attempt.status == 200 })
        }
    }

    @Test func `only the types that were asked for arrive, and from where it was asked`() async throws {
        let world = try await PostWorld()
        try await world.append(3, .matchChanged)
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(
                world.acme, url: receiver.url, types: ["match.changed"], after: 1)
            try await world.append(250, .noteChanged)
            try await world.append(1, .matchChanged)
            try await world.append(1, .noteChanged)
            try await world.settle(world.sender())
            #expect(receiver.numbers == [2, 3, 254])
            #expect(try await world.show(shown.webhook.id).webhook.cursor == 255)
        }
    }

    @Test func `a receiver that is down for two days gets everything once it is back, first attempts in order`()
        async throws
    {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let sender = world.sender { $0.page = 7 }
            receiver.answer(503)
            for _ in 0..<8 {
                try await world.append(10)
                try await world.settle(sender, within: .seconds(6 * 3600))
            }
            // Nothing is hammered: new events wait while the receiver is down.
            #expect(receiver.deliveries.count < 1_500)
            receiver.answer(200)
            receiver.forget()
            try await world.settle(sender)
            #expect(Set(receiver.numbers) == Set(1...80))
            #expect(receiver.numbers.count == 80)
            #expect(try await world.show(shown.webhook.id).waiting == 0)
            #expect(try await world.show(shown.webhook.id).dead == 0)
        }
    }

    @Test func `first attempts are made in the order of the events`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { Receiver.Answer(status: $0.number % 3 == 0 && $0.timestamp == "1770033600" ? 500 : 200) }
            try await world.append(40)
            try await world.settle(world.sender())
            #expect(receiver.numbers.prefix(40).elementsEqual(1...40))
            #expect(receiver.numbers.dropFirst(40).elementsEqual(stride(from: 3, through: 39, by: 3)))
        }
    }

    @Test func `one event that is always refused holds up no other, and ends as a dead letter`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { Receiver.Answer(status: $0.number == 3 ? 500 : 200) }
            let sender = world.sender()
            try await world.append(9)
            _ = try await sender.pass()
            #expect(receiver.numbers == Array(1...9))
            try await world.settle(sender)
            #expect(receiver.numbers.filter { $0 == 3 }.count == 10)
            let dead = try await world.desk.deadLetters(world.acme.number, shown.webhook.id, after: 0, limit: 10)
            #expect(dead.map(\.number) == [3])
            #expect(dead.map(\.attempts) == [10])
            #expect(dead[0].outcome == "answered 500")
            let age = dead[0].lastAt - dead[0].firstAt
            #expect(age == .seconds(75 * 3600 + 35 * 60 + 5))
            // The same name in every attempt, and a timestamp of its own.
            let tries = receiver.deliveries.filter { $0.number == 3 }
            #expect(Set(tries.map(\.id)) == ["evt_acme_3"])
            #expect(Set(tries.map(\.timestamp)).count == 10)

            receiver.answer(200)
            #expect(try await world.desk.retryDead(world.acme, shown.webhook.id, event: "evt_acme_3") == 1)
            try await world.settle(sender)
            #expect(receiver.numbers.last == 3)
            #expect(try await world.show(shown.webhook.id).dead == 0)
        }
    }

    @Test func `events that are refused again and again do not make new ones wait`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { Receiver.Answer(status: $0.number <= 60 && $0.number % 2 == 0 ? 500 : 200) }
            let sender = world.sender()
            try await world.append(60)
            try await world.settle(sender, within: .seconds(400))
            try await world.append(5)
            _ = try await sender.pass()
            #expect(receiver.numbers.suffix(5).elementsEqual(61...65))
            #expect(try await world.show(shown.webhook.id).waiting == 30)
        }
    }

    @Test func `a receiver that does not answer in time is tried again, and the next events go on`() async throws {
        let world = try await PostWorld(patience: .seconds(3))
        let never = AsyncStream.makeStream(of: Void.self)
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { delivery in
                guard delivery.number == 1 else { return Receiver.Answer() }
                return Receiver.Answer(after: { for await _ in never.stream {} })
            }
            try await world.append(4)
            _ = try await world.sender().pass()
            #expect(receiver.numbers == [1, 2, 3, 4])
            let log = try await world.desk.log(world.acme.number, shown.webhook.id, before: .max, limit: 10)
            #expect(log.last?.attempt.outcome.hasPrefix("no answer within") == true)
            #expect(try await world.show(shown.webhook.id).waiting == 1)
            never.continuation.finish()
        }
    }

    @Test func `410 switches the webhook off, tells the feed, and switching it on goes on where it stopped`()
        async throws
    {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(
                world.acme, url: receiver.url, types: ["note.changed"], after: nil)
            receiver.answer { Receiver.Answer(status: $0.number == 2 ? 410 : 200) }
            let sender = world.sender()
            try await world.append(5)
            try await world.settle(sender)
            #expect(receiver.numbers == [1, 2])
            let off = try await world.show(shown.webhook.id).webhook
            #expect(off.disabledBecause == "the receiver answered 410 Gone")
            let told = try await world.store.read { try $0.events(customer: world.acme.number, after: 5, limit: 10) }
            #expect(told.map(\.type) == ["webhook.disabled"])
            receiver.answer(200)
            _ = try await world.desk.change(world.acme.number, shown.webhook.id, enabled: true)
            try await world.settle(sender)
            #expect(receiver.numbers == [1, 2, 3, 4, 5, 2])
        }
    }

    @Test func `a receiver that takes nothing for five days is switched off`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer(500)
            let sender = world.sender()
            for _ in 0..<5 {
                try await world.append(3)
                try await world.settle(sender, within: .seconds(30 * 3600))
            }
            let webhook = try await world.show(shown.webhook.id).webhook
            #expect(webhook.disabledBecause?.hasPrefix("nothing was delivered since 2026-02-02") == true)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is a failure and is not followed`(status: Int) async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { [url = receiver.url] _ in
                Receiver.Answer(status: status, headers: [.location: url + "&again=1"])
            }
            try await world.append(1)
            _ = try await world.sender().pass()
            #expect(receiver.numbers == [1])
            #expect(try await world.show(shown.webhook.id).waiting == 1)
        }
    }

    @Test(arguments: [429, 503])
    func `Retry-After is kept`(status: Int) async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer { _ in Receiver.Answer(status: status, headers: [.retryAfter: "1234"]) }
            try await world.append(1)
            #expect(try await world.sender().pass() == PostWorld.noon + .seconds(1234))
        }
    }

    @Test func `Retry-After as a date is kept`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "GMT")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
            let date = format.string(from: Date(timeIntervalSinceNow: 1234))
            receiver.answer { _ in Receiver.Answer(status: 503, headers: [.retryAfter: date]) }
            try await world.append(1)
            let wait = try #require(try await world.sender().pass()) - PostWorld.noon
            #expect((.seconds(1200) ... .seconds(1234)).contains(wait))
        }
    }

    @Test(
        arguments: [
            ("120", nil, 120), ("Sun, 06 Nov 1994 08:50:37 GMT", nil, 60),
            // By the receiver's own clock, however wrong it is.
            ("Tue, 01 Jan 2030 00:01:30 GMT", "Tue, 01 Jan 2030 00:00:00 GMT", 90),
            // Over already.
            ("Sun, 06 Nov 1994 08:00:00 GMT", nil, 0), ("Sun, 06 Nov 1994 08:50:37 GMT", "yesterday", 60),
            ("soon", nil, nil), ("-5", nil, nil), ("Sun, 06 Nov 1994 08:49:37 CET", nil, nil),
            ("Sun, 06 Foo 1994 08:49:37 GMT", nil, nil), ("", nil, nil),
        ] as [(String, String?, Int?)])
    func `Retry-After is read as seconds or as a date`(text: String, date: String?, seconds: Int?) throws {
        // Sun, 06 Nov 1994 08:49:37 GMT.
        let now = Millis(784_111_777_000)
        #expect(RetryAfter.wait(text, date: date, at: now) == seconds.map { .seconds($0) })
    }

    @Test func `an event that was erased meanwhile is delivered without its data`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer(500)
            let sender = world.sender()
            try await world.append(1, text: "secret")
            _ = try await sender.pass()
            _ = try await world.store.write { tx in
                try tx.run("UPDATE event SET data = NULL WHERE customer_id = ?", .int(world.acme.number))
            }
            receiver.answer(200)
            try await world.settle(sender)
            #expect(receiver.deliveries.last?.json["data"] == .null)
            #expect(receiver.deliveries.last?.id == "evt_acme_1")
        }
    }
}
