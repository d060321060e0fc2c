// SPDX-License-Identifier: Apache-2.0

/// The right to work on something alone, for a while.
///
/// `term` rises with every change of hands, so a holder that was paused and wakes late can neither renew nor release what another now holds.
package struct Lease: Hashable, Sendable {
    /// The customer's number; 0 for what concerns nobody in particular.
    package var customer: Int64
    /// What is worked on: a lane's name.
    package var name: String
    /// Unique per process and start.
    package var holder: String
    package var term: Int64
    /// When it lapses, reckoned from the start of the call that took or renewed it.
    package var expires: Millis

    package init(customer: Int64, name: String, holder: String, term: Int64, expires: Millis) {
        self.customer = customer
        self.name = name
        self.holder = holder
        self.term = term
        self.expires = expires
    }

    /// Long enough for a pause of the machine; with a look every quarter of it, work goes on within five seconds of a death.
    package static let lifetime: Duration = .milliseconds(3_600)
    /// What the holder keeps back for clocks that disagree.
    package static let margin: Duration = .milliseconds(500)

    /// Whether the holder may still act on it at `now`.
    package func isTrusted(at now: Millis) -> Bool { now < expires - Self.margin }
}
