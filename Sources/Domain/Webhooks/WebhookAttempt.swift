// SPDX-License-Identifier: Apache-2.0

/// One attempt to deliver one event to one webhook.
package struct WebhookAttempt: Sendable, Hashable {
    /// What becomes of the event.
    package enum Verdict: Sendable, Hashable {
        case delivered
        /// Tried again at that moment.
        case retry(at: Millis)
        /// Given up: a dead letter.
        case dead
    }

    /// The event's number.
    package var number: Int64
    /// 1 for the first attempt.
    package var attempt: Int
    package var at: Millis
    package var took: Duration
    /// The HTTP status; nil when there was no answer.
    package var status: Int?
    /// In words, without anything the receiver said: `delivered`, `answered 500`, `no answer within 15 s`.
    package var outcome: String

    package init(number: Int64, attempt: Int, at: Millis, took: Duration, status: Int?, outcome: String) {
        self.number = number
        self.attempt = attempt
        self.at = at
        self.took = took
        self.status = status
        self.outcome = outcome
    }
}

/// A line of a webhook's log: one of its latest attempts.
package struct WebhookLogEntry: Sendable, Hashable {
    /// Counts all of the webhook's attempts.
    package var serial: Int64
    package var attempt: WebhookAttempt

    package init(serial: Int64, _ attempt: WebhookAttempt) {
        self.serial = serial
        self.attempt = attempt
    }
}

/// An event that could not be delivered yet, or was given up.
package struct WebhookLetter: Sendable, Hashable {
    package var number: Int64
    /// The event's type.
    package var type: String
    package var attempts: Int
    package var firstAt: Millis
    package var lastAt: Millis
    /// When it is tried again; nil for a dead letter.
    package var dueAt: Millis?
    package var status: Int?
    package var outcome: String

    package init(
        number: Int64, type: String, attempts: Int, firstAt: Millis, lastAt: Millis, dueAt: Millis?, status: Int?,
        outcome: String
    ) {
        self.number = number
        self.type = type
        self.attempts = attempts
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.dueAt = dueAt
        self.status = status
        self.outcome = outcome
    }
}

/// An event ready to be posted.
package struct OutgoingEvent: Sendable, Hashable {
    package var number: Int64
    /// How often it was tried before.
    package var attempts: Int
    /// The event as JSON, as the feed shows it.
    package var body: [UInt8]

    package init(number: Int64, attempts: Int, body: [UInt8]) {
        self.number = number
        self.attempts = attempts
        self.body = body
    }
}

/// A stretch of the feed that is delivered once more.
package struct WebhookReplay: Sendable, Hashable {
    package var id: Int64
    /// Every event up to this number was delivered again, or is in a letter.
    package var cursor: Int64
    /// The last one.
    package var until: Int64

    package init(id: Int64, cursor: Int64, until: Int64) {
        self.id = id
        self.cursor = cursor
        self.until = until
    }
}
