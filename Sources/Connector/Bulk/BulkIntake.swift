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

    /// Chunks of half a megabyte that are read or checked while others are being stored.
    private static let depth = 6
    /// The same while nothing is being stored: a sender that pauses must not keep much from the disk.
    private static let idleDepth = 3

    /// What a task of `run` ends with.
    private enum Step: Sendable {
        case checked(Int, CheckedChunk)
        case stored([CheckedChunk], AcceptTally)
    }

    /// - Parameter answer: gets a report of every chunk once it is stored.
    /// - Throws: `HTTPProblem` when the body is cut off or the server shuts down, and whatever the store throws. What
    ///   was stored until then stays.
    @concurrent func run(_ chunks: inout some LineChunks, _ answer: inout some BulkAnswer) async throws {
        var duplicates = DuplicateWindow()
        try await withThrowingTaskGroup(of: Step.self) { group in
            var ready: [Int: CheckedChunk] = [:]
            var started = 0
            // Chunks given to the store, and chunks that are on the disk.
            var given = 0
            var stored = 0
            var isMore = true
            while isMore || stored < started {
                // One write at a time keeps the order; everything that became ready meanwhile goes into the next one.
                if given == stored {
                    var batch: [CheckedChunk] = []
                    while let chunk = ready.removeValue(forKey: given) {
                        batch.append(chunk)
                        given += 1
                    }
                    if !batch.isEmpty { group.addTask { [batch] in .stored(batch, try await keep(batch)) } }
                }
                if isMore, started - stored < (given > stored ? Self.depth : Self.idleDepth) {
                    if let chunk = try await chunks.next() {
                        let number = started
                        started += 1
                        group.addTask { .checked(number, CheckedChunk(chunk, with: intake, lineLimit: lineLimit)) }
                    } else {
                        isMore = false
                    }
                    continue
                }
                switch try await group.next() {
                case nil: return
                case .checked(let number, let chunk): ready[number] = chunk
                case .stored(let batch, let tally):
                    stored += batch.count
                    for chunk in batch { note(chunk, &answer.report, &duplicates) }
                    answer.report.add(tally)
                    try await answer.flush()
                }
            }
        }
    }

    private func note(_ chunk: CheckedChunk, _ report: inout BulkReport, _ duplicates: inout DuplicateWindow) {
        report.add(chunk)
        for (change, line) in zip(chunk.changes, chunk.numbers) {
            if let earlier = duplicates.see(change.key, line: line) {
                report.addDuplicate(change.key, line: line, earlier: earlier)
            }
        }
    }

    private func keep(_ batch: [CheckedChunk]) async throws -> AcceptTally {
        guard batch.contains(where: { !$0.changes.isEmpty }) else { return AcceptTally() }
        let now = time.now()
        let customer = customer
        let tally = try await store.write { tx in
            var tally = AcceptTally()
            for chunk in batch where !chunk.changes.isEmpty {
                tally += try tx.accept(chunk.changes, customer: customer, priority: .backfill, at: now)
            }
            return tally
        }
        changed(customer)
        return tally
    }
}
