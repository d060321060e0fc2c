// SPDX-License-Identifier: Apache-2.0

/// One push notification.
struct Push: Sendable, Hashable {
    /// Set by the world.
    var id: Int64
    /// Whose secret signs it.
    var application: Int64
    var url: String
    var type: String
    /// The event's id, and what the ATS passes to the follow-up call.
    var requestID: String
    /// What it is about; see `IntegrationID.line`.
    var subject: String
    var body: [UInt8]
    var created: Moment
    var expires: Moment
    var attempts: Int
    /// When to try next; nil when it was delivered or given up.
    var next: Moment?
    /// In words, for the control API.
    var outcome: String
}

/// The state of a callback URL's ownership challenge.
struct CallbackCheck: Sendable, Hashable {
    var application: Int64
    var url: String
    var checked: Moment
    /// When to challenge again.
    var next: Moment?
    /// In a row.
    var failures: Int
    /// In words, for the control API.
    var outcome: String

    /// Three failures in a row block a URL [doc: webhook-validation].
    var isBlocked: Bool { failures >= 3 }
}
