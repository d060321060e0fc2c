// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import Synchronization

/// Live updates: every open page listens to a topic; each topic is looked at once a second, however many listen, and only while somebody
/// does. What has not changed is not sent. A stream ends after some minutes, and the browser asks again: whoever may not see the page any
/// more is told so then. When the server stops gracefully, every stream ends: a page left open keeps nobody waiting.
package final class LiveHub: Sendable {
    /// The new inside of an element: its id in the page, and the HTML.
    package struct Update: Sendable, Hashable {
        package var element: String
        package var html: String

        package init(_ element: String, _ html: String) {
            self.element = element
            self.html = html
        }
    }

    private struct Listener {
        var pieces: AsyncStream<[UInt8]>.Continuation
        var looks = 0
    }

    private struct Topic {
        var listeners: [Int: Listener] = [:]
        var shown: [String: String] = [:]
        var task: Task<Void, Never>?
        var idle = 0
    }

    private struct State {
        var topics: [String: Topic] = [:]
        var next = 0
    }

    /// How many looks a stream lasts: five minutes of seconds.
    private static let longest = 300

    private let state = Mutex(State())
    private let interval: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    package init(
        interval: Duration = .seconds(1),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.interval = interval
        self.sleep = sleep
    }

    /// How many pages listen.
    package var listeners: Int { state.withLock { $0.topics.values.reduce(0) { $0 + $1.listeners.count } } }

    /// Starts to listen. The stream ends with the browser's connection.
    ///
    /// - Parameter look: what the topic's elements hold now; nil when looking failed or found nothing new.
    package func listen(to name: String, look: @escaping @Sendable () async -> [Update]?) -> AsyncStream<[UInt8]> {
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(64))
        let number = state.withLock { state in
            state.next += 1
            let number = state.next
            var topic = state.topics[name] ?? Topic()
            topic.listeners[number] = Listener(pieces: continuation)
            // What the others have seen already; the page itself may be a second older.
            if !topic.shown.isEmpty {
                continuation.yield(Self.frame(topic.shown.map { Update($0.key, $0.value) }))
            }
            if topic.task == nil {
                topic.task = Task {
                    await cancelWhenGracefulShutdown { await self.watch(name, look) }
                    if Task.isShuttingDownGracefully { self.end(name) }
                }
            }
            state.topics[name] = topic
            return number
        }
        continuation.onTermination = { [weak self] _ in self?.leave(name, number) }
        return stream
    }

    private func leave(_ name: String, _ number: Int) {
        state.withLock { state in
            guard var topic = state.topics[name] else { return }
            topic.listeners[number] = nil
            if topic.listeners.isEmpty {
                topic.task?.cancel()
                state.topics[name] = nil
            } else {
                state.topics[name] = topic
            }
        }
    }

    private func end(_ name: String) {
        let listeners = state.withLock { $0.topics.removeValue(forKey: name)?.listeners.values.map { $0 } ?? [] }
        for listener in listeners { listener.pieces.finish() }
    }

    private func watch(_ name: String, _ look: @Sendable () async -> [Update]?) async {
        while !Task.isCancelled {
            send(await look() ?? [], to: name)
            do { try await sleep(interval) } catch { return }
        }
    }

    private func send(_ updates: [Update], to name: String) {
        let over = state.withLock { state -> [Listener] in
            guard var topic = state.topics[name] else { return [] }
            for number in topic.listeners.keys { topic.listeners[number]?.looks += 1 }
            let news = updates.filter { topic.shown[$0.element] != $0.html }
            for update in news { topic.shown[update.element] = update.html }
            topic.idle = news.isEmpty ? topic.idle + 1 : 0
            state.topics[name] = topic
            // A comment now and then shows that the connection still stands, and finds out when it does not.
            if !news.isEmpty || topic.idle % 15 == 0 {
                let piece = news.isEmpty ? Array(":\n\n".utf8) : Self.frame(news)
                for listener in topic.listeners.values { listener.pieces.yield(piece) }
            }
            return topic.listeners.values.filter { $0.looks >= Self.longest }
        }
        // Outside the lock: their end takes it, too.
        for listener in over { listener.pieces.finish() }
    }

    /// As server-sent events: one each, named `update`, whose first line is the element's id.
    private static func frame(_ updates: [Update]) -> [UInt8] {
        var text = ""
        for update in updates {
            text += "event: update\ndata: \(update.element)\n"
            for line in update.html.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                text += "data: \(line)\n"
            }
            text += "\n"
        }
        return Array(text.utf8)
    }
}
