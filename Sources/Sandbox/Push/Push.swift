// SPDX-License-Identifier: Apache-2.0

/// One push notification.
struct Push: Sendable, Hashable {
    /// Set by the world; the order in which notifications came to be.
    var id: Int64
    /// Whose callback URL it goes to.
    var application: Int64
    /// Empty when the application has no callback URL: then it is never sent, and can still be asked for by its id.
    var url: String
    var type: String
    /// The event's id, and what the ATS passes to the follow-up call.
    var requestID: String
    /// What it is about; see `IntegrationID.line`. Empty for exports, which have a table of their own.
    var subject: String
    var body: [UInt8]
    /// Value of `X-LI-Signature`. Every attempt sends the same (modules 3–5, J-7).
    var signature: String
    var created: Moment
    /// When the event itself expires: from then on the follow-up call finds nothing.
    var expires: Moment
    /// When LinkedIn stops trying.
    var ends: Moment
    /// POSTs so far.
    var attempts: Int
    /// Of the last POST.
    var tried: Moment?
    /// When to try next; nil when it was delivered or given up.
    var next: Moment?
    /// HTTP status of the last POST; nil when there was no answer, or no POST yet.
    var status: Int?
    /// In words, for the control API.
    var outcome: String

    /// Any 2xx is an acknowledgement [doc: webhook-validation].
    var isDelivered: Bool { status.map { (200..<300).contains($0) } ?? false }
}

/// The state of a callback URL's ownership challenge.
struct CallbackCheck: Sendable, Hashable {
    var application: Int64
    var url: String
    var checked: Moment
    /// When to challenge again; nil while it is blocked.
    var next: Moment?
    /// In a row.
    var failures: Int
    /// Nothing is sent to a blocked URL.
    var isBlocked: Bool
    /// In words, for the control API.
    var outcome: String

    /// So many failures in a row block a URL [doc: webhook-validation].
    static let mostFailures = 3
    /// A URL is challenged again after two hours [doc: webhook-validation].
    static let interval = Duration.seconds(7200)

    func isDue(at now: Moment) -> Bool { next.map { $0 <= now } ?? false }

    /// The check after a challenge.
    ///
    /// - Parameter failure: nil when the challenge was passed, otherwise why not.
    func settled(_ failure: String?, at now: Moment, enforcing: Bool) -> Self {
        var check = self
        check.checked = now
        check.failures = failure == nil ? 0 : failures + 1
        check.isBlocked = enforcing && check.failures >= Self.mostFailures
        // A blocked URL is not tried again until somebody says so [doc: a developer restarts the validation by hand].
        check.next = check.isBlocked ? nil : now + Self.interval
        check.outcome = failure.map { "\(Self.failureText): \($0)" } ?? "passed"
        return check
    }

    /// [doc: webhook-validation].
    static let failureText = "This URL did not pass the security challenge check"
}
