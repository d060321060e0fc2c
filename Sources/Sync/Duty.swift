// SPDX-License-Identifier: Apache-2.0

import Domain

/// What a duty is called when it is woken.
package enum DutyName: CaseIterable, Sendable {
    /// Asks how submitted jobs ended.
    case jobTasks
    /// Reads what push notifications announce: exports, changed integrations.
    case pushes
    /// Reads what recruiters did: seats, InMail, stub profiles, notes, closed profiles.
    case pulls
    /// Erases candidates, and everything of a customer at a contract's end.
    case erasures
    /// Forgets LinkedIn's data when its time is over.
    case retention
}

/// Work for one customer besides sending records: watching tasks, answering pushes, pulling what recruiters did, erasing.
///
/// A duty keeps everything it must not forget in the store, so that a process that dies loses nothing; `step` is safe to run again.
protocol Duty: Sendable {
    /// Its bell is rung when there may be work; a loop also looks by itself now and then.
    var name: DutyName { get }
    /// False: it works whatever the state of the integration.
    var needsEnabled: Bool { get }
    /// The ways of its calls; empty for a duty that calls nobody.
    var turnstiles: [Turnstile] { get }
    /// Does what is due now, until nothing may go.
    ///
    /// - Returns: what was settled and when it is due next.
    func step() async throws -> Lane.Run
}
