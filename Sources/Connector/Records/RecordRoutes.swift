// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import Intake
import JSONBytes
import Store

/// One record at a time: `PUT`, `GET` and `DELETE` of everything an ATS has.
struct RecordRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits
    let metrics: IntakeMetrics
    let erasures: ErasureRoutes

    var endpoints: [Endpoint] {
        let paths: [(String, RecordKind)] = [
            ("/jobs/{id}", .job),
            ("/candidates/{id}", .candidate),
            ("/candidates/{id}/notes/{noteId}", .candidateNote),
            ("/applications/{id}", .application),
            ("/applications/{id}/notes/{noteId}", .applicationNote),
            ("/applications/{id}/stages/{stageId}", .stage),
            ("/applications/{id}/feedback/{feedbackId}", .feedback),
            ("/jobs/{id}/acls/{aclId}", .acl),
        ]
        return paths.flatMap { path, kind -> [Endpoint] in
            [
                .customer(.put, "/api/v1" + path) { try await put(Self.key(kind, $0), $0, $1) },
                .customer(.get, "/api/v1" + path) { try await get(Self.key(kind, $0), $1) },
                .customer(.delete, "/api/v1" + path) { try await delete(Self.key(kind, $0), $0, $1) },
            ]
        }
    }

    private static func key(_ kind: RecordKind, _ call: Call) -> RecordKey {
        RecordKey(kind, parent: kind.parent == nil ? "" : call.values[0], id: call.values[call.values.count - 1])
    }

    private func put(_ key: RecordKey, _ call: Call, _ caller: Caller) async throws -> Response {
        var body = try await call.wholeBody(
            limit: limits.recordBytes, patience: limits.bodyPatience, instead: "A record is one JSON object.")
        // A permission is its key: it needs no body.
        if key.kind.isPermission, body.readableBytes == 0 {
            body.writeString("{}")
        } else {
            try call.expectBody("application/json")
        }
        let checked = try body.withUnsafeReadableBytes { bytes in
            try Self.expectJSON(bytes)
            return caller.intake(time).record(
                kind: key.kind, parent: key.kind.parent == nil ? nil : key.parent, id: key.id, bytes: bytes)
        }
        guard let change = checked.change else {
            metrics.records(rejected: 1)
            throw HTTPProblem.invalidRecord(checked.problems.map(Fault.init))
        }
        let now = time.now()
        let (tally, status) = try await store.write { tx in
            (
                try tx.accept([change], customer: caller.number, priority: .interactive, at: now),
                try tx.explain(customer: caller.number, key: key)
            )
        }
        metrics.records(accepted: 1)
        signal.recordsChanged(caller.number)
        return .json(tally.added > 0 ? .created : .ok) { json in
            json.recordKey(key)
            json.member("outcome", tally.added > 0 ? "added" : tally.changed > 0 ? "changed" : "unchanged")
            if let status { json.member("state", status.state.name) }
            if let status { json.member("because", status.because) }
            json.name("warnings")
            json.faults(checked.warnings.map(Fault.init))
        }
    }

    private func get(_ key: RecordKey, _ caller: Caller) async throws -> Response {
        let (status, body) = try await store.read { tx in
            (try tx.explain(customer: caller.number, key: key), try tx.body(customer: caller.number, key: key))
        }
        guard let status else { throw HTTPProblem.unknownRecord() }
        return .json { $0.record(status, body: body) }
    }

    /// With `erase=true` a candidate is not only deleted but forgotten, with a receipt.
    private func delete(_ key: RecordKey, _ call: Call, _ caller: Caller) async throws -> Response {
        if try call.flag("erase") {
            guard key.kind == .candidate else {
                throw HTTPProblem.badParameter(
                    "erase", "only a candidate is erased, with everything that belongs to it")
            }
            return try await erasures.erase(.candidate(key.id), caller)
        }
        let now = time.now()
        let (tally, status) = try await store.write { tx in
            (
                try tx.accept([.delete(key)], customer: caller.number, priority: .interactive, at: now),
                try tx.explain(customer: caller.number, key: key)
            )
        }
        if tally.deleted > 0 { signal.recordsChanged(caller.number) }
        guard let status else { return Response(status: .noContent) }
        return .json(.accepted) { json in
            json.recordKey(key)
            json.member("outcome", tally.deleted > 0 ? "deleted" : "unchanged")
            json.member("state", status.state.name)
            json.member("because", status.because)
        }
    }

    /// A body that is no JSON at all is another fault than a record with wrong fields: 400, with the place.
    private static func expectJSON(_ bytes: UnsafeRawBufferPointer) throws {
        do throws(JSONError) {
            var reader = JSONReader(bytes)
            _ = try reader.skip()
            try reader.end()
        } catch {
            throw HTTPProblem.malformedJSON(error)
        }
    }
}
