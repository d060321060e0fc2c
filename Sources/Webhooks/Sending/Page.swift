// SPDX-License-Identifier: Apache-2.0

import Domain
import Synchronization

/// Events that are delivered together, and how far a cursor may follow: only over what is settled, so that nothing is skipped when the
/// process dies.
final class Page: Sendable {
    let events: [OutgoingEvent]
    /// The cursor once everything is settled: the last number that was looked at.
    let through: Int64
    private let open: Mutex<Set<Int64>>
    private let numbers: [Int64]

    /// - Parameter through: nil for letters, which have no cursor.
    init(_ events: [OutgoingEvent], through: Int64? = nil) {
        self.events = events
        self.through = through ?? 0
        numbers = events.map(\.number)
        open = Mutex(Set(numbers))
    }

    /// Where the cursor may stand in the transaction that settles `number`.
    func cursor(settling number: Int64) -> Int64 {
        open.withLock { open in
            guard let first = numbers.first(where: { $0 != number && open.contains($0) }) else { return through }
            return first - 1
        }
    }

    /// The transaction is on the disk.
    func settled(_ number: Int64) { open.withLock { _ = $0.remove(number) } }

    var isSettled: Bool { open.withLock { $0.isEmpty } }
}
