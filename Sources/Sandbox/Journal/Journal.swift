// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The last requests, in memory: bounded by count and by bytes, the oldest go first.
package final class Journal: Sendable {
    private struct State {
        /// A ring: entry `number` sits at `number % capacity`.
        var ring: [JournalEntry?]
        var first = 1
        var next = 1
        var bytes = 0
    }

    private let capacity: Int
    private let byteLimit: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - capacity: entries; 0 keeps none.
    ///   - byteLimit: of queries and bodies together.
    package init(capacity: Int, byteLimit: Int = 32 << 20) {
        self.capacity = capacity
        self.byteLimit = byteLimit
        state = Mutex(State(ring: Array(repeating: nil, count: capacity)))
    }

    package var isOn: Bool { capacity > 0 }

    package func append(_ entry: JournalEntry) {
        guard capacity > 0 else { return }
        state.withLock { state in
            var entry = entry
            entry.number = state.next
            state.next += 1
            state.bytes += entry.cost
            if state.next - state.first > capacity { dropFirst(&state) }
            state.ring[entry.number % capacity] = entry
            while state.bytes > byteLimit, state.first < entry.number { dropFirst(&state) }
        }
    }

    /// Entries with a number over `number`, oldest first.
    package func entries(after number: Int, limit: Int) -> [JournalEntry] {
        guard capacity > 0 else { return [] }
        return state.withLock { state in
            let start = max(number + 1, state.first)
            guard start < state.next else { return [] }
            return (start..<min(state.next, start + max(0, limit))).compactMap { state.ring[$0 % capacity] }
        }
    }

    /// The latest entries with a number under `number` that are wanted, newest first.
    package func newest(before number: Int, limit: Int, where isWanted: (JournalEntry) -> Bool) -> [JournalEntry] {
        guard capacity > 0 else { return [] }
        // Looked at outside the lock, because bodies may be searched and requests must not wait for that.
        let (ring, first, end) = state.withLock { ($0.ring, $0.first, min($0.next, max(number, $0.first))) }
        var found: [JournalEntry] = []
        for number in (first..<end).reversed() {
            guard found.count < limit else { break }
            if let entry = ring[number % capacity], isWanted(entry) { found.append(entry) }
        }
        return found
    }

    /// Number of the newest entry; 0 when there never was one.
    package var lastNumber: Int { state.withLock { $0.next - 1 } }

    /// Forgets the entries; numbers go on.
    package func clear() {
        state.withLock { state in
            state.ring = Array(repeating: nil, count: capacity)
            state.first = state.next
            state.bytes = 0
        }
    }

    private func dropFirst(_ state: inout State) {
        let slot = state.first % capacity
        state.bytes -= state.ring[slot]?.cost ?? 0
        state.ring[slot] = nil
        state.first += 1
    }
}
