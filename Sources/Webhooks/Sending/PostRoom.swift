// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Metrics
import Store

/// What all couriers share.
struct PostRoom: Sendable {
    let store: Store
    let poster: any Poster
    let watcher: EventWatcher
    let options: SenderOptions
    let time: any Timekeeper
    let log: Logger
}

/// Every metric of webhooks. Labels are bounded: no customer, no webhook, no status that a receiver chooses.
enum WebhookMetrics {
    static func attempt(_ reply: Reply, took: Duration) {
        Counter(label: "crosswalk_webhook_attempts_total", dimensions: [("outcome", reply.label)]).increment()
        Timer(label: "crosswalk_webhook_attempt_seconds").record(duration: took)
    }

    static func deadLetter() { Counter(label: "crosswalk_webhook_dead_letters_total").increment() }
}
