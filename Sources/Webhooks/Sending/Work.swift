// SPDX-License-Identifier: Apache-2.0

import Domain
import SQLFile
import Store

/// What a courier does next on one of its ways.
struct Work: Sendable {
    /// nil: nothing may go now.
    var page: Page?
    var until: Millis?
    var seen: Int64?
    /// The replay that the page belongs to.
    private var replay: WebhookReplay?
    private var hasCursor = true

    static func next(
        _ way: Courier.Way, _ webhook: Webhook, _ tx: SQLTransaction, customer: CustomerID, at now: Millis, limit: Int
    ) throws -> Work {
        switch way {
        case .letters: return try letters(webhook, tx, customer: customer, at: now, limit: limit)
        case .feed, .replays: break
        }
        // A receiver that seems to be down gets one event now and then, until one is delivered.
        if let paused = webhook.health.pausedUntil, now < paused { return Work(until: paused) }
        let limit = webhook.health.pausedUntil == nil ? limit : 1
        return way == .feed
            ? try feed(webhook, tx, customer: customer, limit: limit)
            : try replay(webhook, tx, customer: customer, limit: limit)
    }

    private static func feed(_ webhook: Webhook, _ tx: SQLTransaction, customer: CustomerID, limit: Int) throws -> Work
    {
        let (events, through) = try tx.outgoing(
            webhook, named: customer, after: webhook.cursor, through: nil, isNew: true, limit: limit)
        guard through > webhook.cursor else { return Work(seen: through) }
        return Work(page: Page(events, through: through))
    }

    private static func replay(_ webhook: Webhook, _ tx: SQLTransaction, customer: CustomerID, limit: Int) throws
        -> Work
    {
        guard let replay = try tx.nextReplay(webhook) else { return Work() }
        let (events, through) = try tx.outgoing(
            webhook, named: customer, after: replay.cursor, through: replay.until, isNew: false, limit: limit)
        return Work(page: Page(events, through: events.isEmpty ? max(through, replay.cursor) : through), replay: replay)
    }

    private static func letters(
        _ webhook: Webhook, _ tx: SQLTransaction, customer: CustomerID, at now: Millis, limit: Int
    ) throws -> Work {
        let (events, next) = try tx.lettersDue(webhook, named: customer, at: now, limit: limit)
        guard !events.isEmpty else { return Work(until: next) }
        return Work(page: Page(events), hasCursor: false)
    }

    /// Moves the cursor that the page has.
    func pass(_ webhook: Webhook, _ number: Int64, _ tx: SQLTransaction) throws {
        if let replay {
            try tx.passReplay(replay, of: webhook, through: number)
        } else if hasCursor {
            try tx.passEvents(webhook, through: number)
        }
    }
}
