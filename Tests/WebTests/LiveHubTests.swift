// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycleTestKit
import Synchronization
import Testing
import TestSupport
import Web

struct LiveHubTests {
    /// A clock that ticks when told.
    private final class Ticks: Sendable {
        private let stream = AsyncStream.makeStream(of: Void.self)
        let looks = Mutex(0)
        func tick() { stream.continuation.yield() }
        func wait() async throws {
            var iterator = stream.stream.makeAsyncIterator()
            guard await iterator.next() != nil else { throw CancellationError() }
        }
    }

    private static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test func `a topic is looked at once however many listen, and each hears what changed`() async throws {
        let ticks = Ticks()
        let value = Mutex("one")
        let hub = LiveHub(sleep: { _ in try await ticks.wait() })
        let look: @Sendable () async -> [LiveHub.Update]? = {
            ticks.looks.withLock { $0 += 1 }
            return [LiveHub.Update("a", value.withLock { $0 }), LiveHub.Update("b", "always\nthe same")]
        }
        var first = hub.listen(to: "topic", look: look).makeAsyncIterator()
        let shown = Self.text(await first.next())
        #expect(
            shown == "event: update\ndata: a\ndata: one\n\nevent: update\ndata: b\ndata: always\ndata: the same\n\n")
        // Whoever comes later hears at once what the others know.
        var second = hub.listen(to: "topic", look: look).makeAsyncIterator()
        #expect(Self.text(await second.next())?.contains("data: one") == true)
        value.withLock { $0 = "two" }
        ticks.tick()
        #expect(Self.text(await first.next()) == "event: update\ndata: a\ndata: two\n\n")
        #expect(Self.text(await second.next()) == "event: update\ndata: a\ndata: two\n\n")
        #expect(ticks.looks.withLock { $0 } == 2)
        #expect(hub.listeners == 2)
    }

    @Test func `nobody looks when the last listener has gone`() async throws {
        let ticks = Ticks()
        let hub = LiveHub(sleep: { _ in try await ticks.wait() })
        let listener = Task {
            for await _ in hub.listen(to: "topic", look: { [LiveHub.Update("a", "x")] }) {}
        }
        try await eventually("the listener's coming and going") { hub.listeners == 1 }
        listener.cancel()
        try await eventually("the listener's coming and going") { hub.listeners == 0 }
    }

    @Test func `a look that failed changes nothing`() async throws {
        let ticks = Ticks()
        let fails = Mutex(true)
        let hub = LiveHub(sleep: { _ in try await ticks.wait() })
        var pieces = hub.listen(
            to: "topic",
            look: {
                fails.withLock { $0 } ? nil : [LiveHub.Update("a", "x")]
            }
        ).makeAsyncIterator()
        fails.withLock { $0 = false }
        ticks.tick()
        #expect(Self.text(await pieces.next()) == "event: update\ndata: a\ndata: x\n\n")
    }

    @Test func `a topic that never changes still finds out whose connection is gone`() async throws {
        let ticks = Ticks()
        let hub = LiveHub(sleep: { _ in try await ticks.wait() })
        var pieces = hub.listen(to: "topic", look: { nil }).makeAsyncIterator()
        for _ in 0..<15 { ticks.tick() }
        #expect(Self.text(await pieces.next()) == ":\n\n")
    }

    @Test func `a stream ends after five minutes, so that the browser asks again and is looked at again`() async throws
    {
        let ticks = Ticks()
        let hub = LiveHub(sleep: { _ in try await ticks.wait() })
        let pieces = hub.listen(to: "topic", look: { [LiveHub.Update("a", "x")] })
        for _ in 0..<300 { ticks.tick() }
        var texts: [String?] = []
        for await piece in pieces { texts.append(Self.text(piece)) }
        #expect(texts.first == "event: update\ndata: a\ndata: x\n\n")
        #expect(hub.listeners == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `streams end when the server stops, and those that begin while it does`() async throws {
        let hub = LiveHub()
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for name in ["one", "one", "other"] {
                    tasks.addTask { for await _ in hub.listen(to: name, look: { [LiveHub.Update("a", "x")] }) {} }
                }
                try await eventually("all to listen") { hub.listeners == 3 }
                trigger.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            for await _ in hub.listen(to: "late", look: { nil }) {}
        }
        #expect(hub.listeners == 0)
    }
}
