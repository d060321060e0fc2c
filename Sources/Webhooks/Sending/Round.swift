// SPDX-License-Identifier: Apache-2.0

import Domain
import Synchronization

/// A webhook as it was when a page of its events was begun, and how its receiver does since.
final class Round: Sendable {
    let webhook: Webhook
    let keys: SigningKeys
    private let schedule: RetrySchedule
    private let state: Mutex<(health: Webhook.Health, isOver: Bool)>

    init(_ webhook: Webhook, _ keys: SigningKeys, _ schedule: RetrySchedule) {
        self.webhook = webhook
        self.keys = keys
        self.schedule = schedule
        state = Mutex((webhook.health, false))
    }

    /// What follows from a reply.
    struct Judgement: Sendable {
        var verdict: WebhookAttempt.Verdict
        var health: Webhook.Health
        var disabling: String?
    }

    func judge(_ reply: Reply, attempt: Int, at now: Millis, jitter: Double) -> Judgement {
        let verdict = schedule.verdict(reply, attempt: attempt, at: now, jitter: jitter)
        return state.withLock { state in
            state.health = schedule.health(after: reply, attempt: attempt, state.health, at: now)
            let disabling = schedule.disabling(after: reply, state.health, at: now)
            state.isOver = state.isOver || disabling != nil || (attempt == 1 && state.health.pausedUntil != nil)
            return Judgement(verdict: verdict, health: state.health, disabling: disabling)
        }
    }

    /// The receiver is switched off or seems to be down: what was not begun waits.
    var isOver: Bool { state.withLock { $0.isOver } }
}
