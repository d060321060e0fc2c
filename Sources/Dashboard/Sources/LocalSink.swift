// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Connector
import Domain
import JSONBytes
import Store
import Synchronization

/// Takes a run's records in this process, and counts what becomes of them.
struct LocalSink: RecordSink {
    let store: Store
    let time: any Timekeeper
    let intake: LocalIntake
    let customer: Customer
    let tally: RunTally

    func send(_ lines: [UInt8]) async throws -> BulkReply {
        let reply = try BulkReply(parsing: try await intake.records(lines, of: customer))
        tally.add(reply.counts)
        return reply
    }

    func keepOnly(_ kind: RecordKind, _ keys: [UInt8], force: Bool) async throws -> Int {
        let deleted = try await intake.keepOnly(kind, keys, isForced: force, of: customer)
        tally.addDeleted(deleted)
        return deleted
    }

    func watermarks(of source: String) async throws -> [String: String] {
        let customer = customer.number
        return try await store.read { try $0.watermarks(customer: customer, source: source) }
    }

    func keep(_ watermark: String, of entry: String, in source: String) async throws {
        let (customer, now) = (customer.number, time.now())
        try await store.write {
            try $0.setWatermark(customer: customer, source: source, name: entry, value: watermark, at: now)
        }
    }
}

/// How far a run is, and the first of its problems.
final class RunTally: Sendable {
    private struct State {
        var counts = SourceRunRecord.Counts()
        var problems: [SourceProblem] = []
    }

    private let state = Mutex(State())

    var counts: SourceRunRecord.Counts { state.withLock { $0.counts } }
    var problems: [SourceProblem] { state.withLock { $0.problems } }

    func add(_ counts: BulkReply.Counts) {
        state.withLock { state in
            state.counts.read += counts.accepted + counts.rejected
            state.counts.added += counts.added
            state.counts.changed += counts.changed
            state.counts.unchanged += counts.unchanged
            state.counts.deleted += counts.deleted
            state.counts.refused += counts.rejected
            state.counts.warnings += counts.warnings
        }
    }

    func addDeleted(_ count: Int) { state.withLock { $0.counts.deleted += count } }

    func add(_ complaint: SourceComplaint) {
        state.withLock { state in
            if complaint.type.isEmpty, complaint.id.isEmpty {
                state.counts.read += 1
                state.counts.refused += 1
            }
            guard state.problems.count < StoreTransaction.sourceProblemsKept else { return }
            // An id that is no candidate's or job's could not be found again when a candidate is erased.
            state.problems.append(
                SourceProblem(
                    place: complaint.place, kind: complaint.type,
                    candidate: complaint.type == RecordKind.candidate.rawValue ? complaint.id : nil,
                    job: complaint.type == RecordKind.job.rawValue ? complaint.id : nil, message: complaint.message,
                    isWarning: complaint.isWarning))
        }
    }
}
