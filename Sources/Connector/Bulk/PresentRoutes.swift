// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import Store

/// `POST /api/v1/records/present`: deletions by comparing keys, for an ATS that cannot say what it deleted.
///
/// The list may be as long as the ATS is large: it is compared chunk by chunk in the database, and nothing is deleted
/// before its last line, `{"end": count}`, has proved it whole.
struct PresentRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits
    let gate: BulkGate

    var endpoints: [Endpoint] { [.customer(.post, "/api/v1/records/present", present)] }

    private func present(_ call: Call, _ caller: Caller) async throws -> Response {
        try call.expectBody("application/x-ndjson", "application/ndjson", "application/jsonl")
        guard let kind = try call.kind() else {
            throw HTTPProblem.badParameter("type", "it is needed: the type of the records that are listed")
        }
        let isForced = try call.flag("force")
        try gate.enter(caller)
        defer { gate.leave(caller) }
        var chunks = ChunkReader(call.request, lineLimit: limits.lineBytes)
        let kept = try await PresentIntake(store: store, time: time, signal: signal, customer: caller.number)
            .run(kind, &chunks, isForced: isForced)
        return .json { json in
            json.member("listed", kept.listed)
            json.member("unknown", kept.unknown)
            json.member("deleted", kept.deleted)
        }
    }
}

/// Compares a list of keys with what is stored, and deletes what it lacks.
struct PresentIntake: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let customer: Int64

    /// - Throws: `HTTPProblem` for a list with a hole, one that would delete more than half, and one that another overtook.
    @concurrent func run(_ kind: RecordKind, _ chunks: inout some LineChunks, isForced: Bool) async throws -> (
        listed: Int, unknown: Int, deleted: Int
    ) {
        let (customer, begun) = (customer, time.now())
        let sweep = try await store.write { try $0.sweepBegin(customer: customer, kind: kind, at: begun) }
        do {
            let list = try await read(kind, &chunks, sweep)
            return try await finish(list, kind, sweep, isForced)
        } catch {
            try? await store.write { try $0.sweepAbandon(customer: customer, sweep: sweep) }
            if let error = error as? StoreError, error.code == .notFound { throw HTTPProblem.listOverlaps() }
            throw error
        }
    }

    /// Notes every listed key.
    @concurrent private func read(_ kind: RecordKind, _ chunks: inout some LineChunks, _ sweep: Int64) async throws
        -> PresentList
    {
        let customer = customer
        var list = PresentList(kind)
        while let chunk = try await chunks.next() {
            let keys = try list.read(chunk)
            guard !keys.isEmpty else { continue }
            try await store.write { try $0.sweepSeen(customer: customer, sweep: sweep, keys: keys) }
        }
        try list.finish()
        return list
    }

    private func finish(_ list: PresentList, _ kind: RecordKind, _ sweep: Int64, _ isForced: Bool) async throws -> (
        listed: Int, unknown: Int, deleted: Int
    ) {
        let customer = customer
        let outlook = try await store.read { try $0.sweepOutlook(customer: customer, sweep: sweep) }
        guard isForced || outlook.missing * 2 <= outlook.wanted else {
            throw HTTPProblem.tooManyDeletions(kind, listed: list.count, missing: outlook.missing, of: outlook.wanted)
        }
        var deleted = 0
        var isDone = false
        while !isDone {
            let now = time.now()
            let step = try await store.write {
                try $0.sweepFinish(customer: customer, sweep: sweep, count: list.count, at: now)
            }
            deleted += step.tally.deleted
            isDone = step.isDone
        }
        if deleted > 0 { signal.recordsChanged(customer) }
        return (list.count, max(0, list.count - outlook.known), deleted)
    }
}
