// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import ServiceLifecycle
import Store
import Synchronization
import TestSupport
import Testing

@testable import Webhooks

@Suite struct CrashTests {
    @Test(arguments: [1, 8])
    func `a sender that dies at any moment loses nothing, and what it settled does not come again`(width: Int)
        async throws
    {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            let (shown, _) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            try await world.append(60)
            receiver.answer { Receiver.Answer(status: $0.number % 7 == 0 && $0.timestamp == "1770033600" ? 500 : 200) }
            for round in 0..<12 {
                let sender = world.sender("process \(round)") {
                    $0.width = width
                    $0.page = 20
                }
                let target = receiver.deliveries.count + 3
                // Cancelled in the middle, as kill -9 would: what was posted and not settled is unknown.
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await sender.pass() }
                    group.addTask { while receiver.deliveries.count < target, !Task.isCancelled { await Task.yield() } }
                    await group.next()
                    group.cancelAll()
                }
                // The lease of the dead lapses.
                world.time.advance(by: .seconds(4))
            }
            try await world.settle(world.sender("last") { $0.width = width })
            #expect(Set(receiver.numbers) == Set(1...60))
            let shownNow = try await world.show(shown.webhook.id)
            #expect(shownNow.webhook.cursor == 60 && shownNow.waiting == 0 && shownNow.dead == 0)
            // Twice at the most for each death and each place; the refused ones come again on purpose.
            #expect(receiver.deliveries.count <= 60 + 8 + 12 * width)
        }
    }

    @Test func `two processes do not deliver for one customer at once, and the second goes on when the first is gone`()
        async throws
    {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let (first, second) = (world.sender("first"), world.sender("second"))
            try await world.append(3)
            _ = try await first.pass()
            try await world.append(3)
            _ = try await second.pass()
            #expect(receiver.numbers == [1, 2, 3])
            world.time.advance(by: .seconds(4))
            _ = try await second.pass()
            #expect(receiver.numbers == [1, 2, 3, 4, 5, 6])
            try await world.append(1)
            _ = try await first.pass()
            #expect(receiver.numbers.count == 6)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `the running service delivers what happens, and stops gracefully`() async throws {
        let world = try await PostWorld()
        try await Receiver.run { receiver in
            _ = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            let options = SenderOptions(holder: "one")
            let sender = WebhookSender(
                store: world.store, poster: world.poster, watcher: EventWatcher(world.store), options: options,
                log: quiet)
            let group = ServiceGroup(configuration: .init(services: [sender], logger: quiet))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for round in 1...3 {
                    try await world.append(20)
                    try await eventually("the events to arrive") { Set(receiver.numbers) == Set(1...Int64(round * 20)) }
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            // The lease was given back: another process may begin at once.
            #expect(
                try await world.store.write { tx in
                    try tx.acquireLease(
                        name: "webhooks", customer: world.acme.number, holder: "other", now: PostWorld.noon) != nil
                })
        }
    }

    @Test func `logs name webhook and customer, and never what an event holds`() async throws {
        let world = try await PostWorld()
        let lines = Mutex<[String]>([])
        let log = Logger(label: "test") { _ in Recorder { line in lines.withLock { $0.append(line) } } }
        try await Receiver.run { receiver in
            let (_, secret) = try await world.desk.add(world.acme, url: receiver.url, types: [], after: nil)
            receiver.answer(500)
            try await world.append(2, text: "ada@example.com")
            try await world.settle(world.sender(log: log))
            let said = lines.withLock { $0.joined(separator: "\n") }
            #expect(said.contains("an event was given up"))
            for secret in ["ada@example.com", secret, "thanks", receiver.url] { #expect(!said.contains(secret)) }
        }
    }
}

/// Everything that is logged, as text.
private struct Recorder: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace
    var write: @Sendable (String) -> Void

    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { write("\(event.message) \(event.metadata ?? [:])") }
}
