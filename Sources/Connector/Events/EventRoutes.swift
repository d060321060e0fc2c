// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import ServiceLifecycle
import Store

/// The feed of what the ATS must learn: a cursor, and a long poll for those who wait at its end.
struct EventRoutes: Sendable {
    let store: Store
    let watcher: EventWatcher

    var endpoints: [Endpoint] { [.customer(.get, "/api/v1/events", page)] }

    private func page(_ call: Call, _ caller: Caller) async throws -> Response {
        let after = try call.number("after", default: 0, in: 0...Int64.max / 2)
        let limit = Int(try call.number("limit", default: 100, in: 1...1000))
        let patience = Duration.seconds(try call.number("wait", default: 0, in: 0...60))
        let page = try await self.page(
            of: caller, after: after, limit: limit, types: try call.eventTypes(), within: patience)
        return .json { json in
            json.name("events")
            json.beginArray()
            if page.count > 0 { json.raw(page.json) }
            json.endArray()
            json.name("next")
            json.int(page.next)
        }
    }

    /// Reads until something is found or the patience is over; `next` always moves on, over what was filtered out too.
    private func page(of caller: Caller, after: Int64, limit: Int, types: [String], within patience: Duration)
        async throws -> EventPage
    {
        let end = ContinuousClock.now + patience
        var after = after
        while true {
            let page = try await store.read { [after] tx in
                try tx.eventPage(of: caller.number, named: caller.id, after: after, limit: limit, types: types)
            }
            guard after <= page.head else { throw HTTPProblem.cursorAhead(after: after, head: page.head) }
            guard page.count == 0 else { return page }
            let left = ContinuousClock.now.duration(to: end)
            after = page.next
            // Far behind, with a filter: goes on at once, for a moment at most.
            let isAtEnd = page.next == page.head
            if !isAtEnd, left > .zero { continue }
            guard isAtEnd, left > .zero, !Task.isShuttingDownGracefully, !Task.isCancelled else {
                return page
            }
            await cancelWhenGracefulShutdown {
                await watcher.wait(for: caller.number, beyond: page.head, atMost: left)
            }
        }
    }
}

extension Call {
    /// The `types` parameter, names with commas between them; empty when it is not there.
    ///
    /// - Throws: `HTTPProblem` 400 for a name that is no type.
    func eventTypes() throws -> [String] {
        let names = (query["types"] ?? "").split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
        for name in names where EventType(rawValue: name) == nil {
            throw HTTPProblem.badParameter(
                "types", "it is a list of \(EventType.allCases.map(\.rawValue).joined(separator: ", ")), with commas")
        }
        return names
    }
}
