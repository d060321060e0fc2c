// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Synchronization

/// Remembers when LinkedIn challenged which address, without making LinkedIn wait for the disk.
final class ChallengeNotes: Sendable {
    private let store: Store
    private let noted = Mutex<[Int64: Millis]>([:])
    /// Anybody may send a challenge, so one customer's are not all written.
    private static let pace: Duration = .seconds(10)

    init(_ store: Store) { self.store = store }

    func note(customer: Int64, at now: Millis) {
        let isDue = noted.withLock { noted in
            if let last = noted[customer], now < last + Self.pace, last <= now { return false }
            noted[customer] = now
            return true
        }
        guard isDue else { return }
        // Nobody waits for it: LinkedIn's answer has three seconds, and one that is lost is noted at the next challenge.
        Task { [store] in try? await store.write { try $0.noteChallenge(customer: customer, at: now) } }
    }
}
