// SPDX-License-Identifier: Apache-2.0

package import Domain

/// When a delivery that failed is tried again. Pure.
package struct RetrySchedule: Sendable {
    /// The wait after the first, the second, … attempt; after the last one the letter is dead.
    package var waits: [Duration]
    /// A receiver that delivered nothing for so long is switched off.
    package var patience: Duration
    /// So many first attempts that failed in a row say that the receiver is down: new events then wait for it instead of failing one by one.
    package var failuresBeforePause: Int64
    /// How long they wait between two tries.
    package var pause: Duration

    package init(
        waits: [Duration], patience: Duration, failuresBeforePause: Int64 = 20, pause: Duration = .seconds(300)
    ) {
        self.waits = waits
        self.patience = patience
        self.failuresBeforePause = failuresBeforePause
        self.pause = pause
    }

    /// Ten attempts over 75 hours 35 minutes (Standard Webhooks 1.0.0, "Retry schedule", names such a one), switched off after five days.
    package static let standard = Self(
        waits: [
            .seconds(5), .seconds(300), .seconds(1_800), .seconds(7_200), .seconds(18_000), .seconds(36_000),
            .seconds(50_400), .seconds(72_000), .seconds(86_400),
        ], patience: .seconds(5 * 86_400))

    /// What becomes of an event.
    ///
    /// - Parameters:
    ///   - attempt: 1 for the first.
    ///   - jitter: 0 ≤ value < 1; up to a tenth is added to the wait, so that a thousand letters do not come back at once.
    package func verdict(_ reply: Reply, attempt: Int, at now: Millis, jitter: Double) -> WebhookAttempt.Verdict {
        guard !reply.isDelivered else { return .delivered }
        guard attempt <= waits.count else { return .dead }
        let wait = waits[attempt - 1]
        let planned = now + .milliseconds(wait.milliseconds + Int64(Double(wait.milliseconds) * jitter / 10))
        guard let asked = reply.retryAfter else { return .retry(at: planned) }
        // A receiver may ask for patience, but not forever: a day at most.
        return .retry(at: max(planned, now + min(asked, .seconds(86_400))))
    }

    /// How the receiver does, after one more attempt. Only first attempts tell whether it is down: some events that it refuses again and
    /// again hold up no new one.
    package func health(after reply: Reply, attempt: Int, _ before: Webhook.Health, at now: Millis) -> Webhook.Health {
        guard !reply.isDelivered else { return Webhook.Health() }
        var health = before
        health.failingSince = before.failingSince ?? now
        guard attempt == 1 else { return health }
        health.failures += 1
        if health.failures >= failuresBeforePause { health.pausedUntil = now + pause }
        return health
    }

    /// Why a webhook is switched off; nil while it stays on.
    package func disabling(after reply: Reply, _ health: Webhook.Health, at now: Millis) -> String? {
        if reply.status == 410 { return "the receiver answered 410 Gone" }
        guard let since = health.failingSince, now - since >= patience else { return nil }
        return "nothing was delivered since \(since.iso8601)"
    }
}
