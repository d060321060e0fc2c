// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake
import Store

/// Reads a bulk body to its end: cuts it into chunks, checks several chunks side by side, stores them in the order of
/// the lines.
///
/// Memory is bounded by the chunks in flight; when the disk is slower than the network, reading stops and TCP slows the
/// sender down.
struct BulkIntake: Sendable {
    let store: Store
    let time: any Timekeeper
    let intake: Intake
    let customer: Int64
    let lineLimit: Int
    /// Told after every commit that there is something to send.
    let changed: @Sendable (Int64) -> Void

    /// Chunks that are read or checked while another one is stored.
    private static let depth = 3

    /// - Parameter answer: gets a report of every chunk once it is stored.
    /// - Throws: `HTTPProblem` when the body is cut off or the server shuts down, and whatever the store throws. What
    ///   was stored until then stays.
    @concurrent func run(_ chunks: inout ChunkReader, _ answer: inout some BulkAnswer) async throws {
        var duplicates = DuplicateWindow()
        try await withThrowingTaskGroup(of: (Int, CheckedChunk).self) { group in
            var ready: [Int: CheckedChunk] = [:]
            var started = 0
            var stored = 0
            var isMore = true
            while isMore || stored < started {
                if isMore {
                    if let chunk = try await chunks.next() {
                        let number = started
                        started += 1
                        group.addTask { (number, CheckedChunk(chunk, with: intake, lineLimit: lineLimit)) }
                        if started - stored < Self.depth { continue }
                    } else {
                        isMore = false
                        continue
                    }
                }
                while ready[stored] == nil, let (number, chunk) = try await group.next() { ready[number] = chunk }
                guard let chunk = ready.removeValue(forKey: stored) else { break }
                stored += 1
                try await keep(chunk, &answer.report, &duplicates)
                try await answer.flush()
            }
        }
    }

    private func keep(_ chunk: CheckedChunk, _ report: inout BulkReport, _ duplicates: inout DuplicateWindow)
        async throws
    {
        report.add(chunk)
        for (change, line) in zip(chunk.changes, chunk.numbers) {
            if let earlier = duplicates.see(change.key, line: line) {
                report.addDuplicate(change.key, line: line, earlier: earlier)
            }
        }
        guard !chunk.changes.isEmpty else { return }
        let changes = chunk.changes
        let now = time.now()
        let customer = customer
        report.add(try await store.write { try $0.accept(changes, customer: customer, priority: .backfill, at: now) })
        changed(customer)
    }
}
