// SPDX-License-Identifier: Apache-2.0

import Domain
import Hummingbird
import JSONBytes
import LinkedIn
import Store

/// How far everything is, what LinkedIn refused, and two buttons: try again, send everything again.
struct SyncRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal

    var endpoints: [Endpoint] {
        [
            .customer(.get, "/api/v1/sync", status),
            .customer(.get, "/api/v1/rejections", rejections),
            .customer(.post, "/api/v1/sync/retry", retry),
            .customer(.post, "/api/v1/sync/resync", resync),
            .customer(.post, "/api/v1/sync/pause") { call, caller in try await setPaused(true, caller) },
            .customer(.post, "/api/v1/sync/resume") { call, caller in try await setPaused(false, caller) },
        ]
    }

    private func status(_ call: Call, _ caller: Caller) async throws -> Response {
        let now = time.now()
        let (tallies, customer, budgets) = try await store.read { tx in
            (
                try tx.tallies(customer: caller.number), try tx.customer(number: caller.number),
                try BudgetReport.read(tx, customer: caller.number, at: now)
            )
        }
        return .json { json in
            json.member("customer", caller.id.text)
            json.member("integration", (customer?.status ?? .pending).name)
            json.pause(customer?.pausedAt)
            json.tallies(tallies)
            json.name("budgets")
            json.budgets(budgets)
        }
    }

    private func rejections(_ call: Call, _ caller: Caller) async throws -> Response {
        let kind = try call.kind()
        let after = try call.number("after", default: 0, in: 0...Int64.max)
        let limit = try call.number("limit", default: 100, in: 1...1000)
        // Row numbers run through all kinds, so pages of all of them can be merged.
        let found = try await store.read { tx in
            try Self.kinds(kind).flatMap {
                try tx.rejections(customer: caller.number, kind: $0, after: after, limit: Int(limit))
            }
            .sorted { $0.rid < $1.rid }.prefix(Int(limit))
        }
        return .json { json in
            json.name("rejections")
            json.beginArray()
            for rejection in found { json.rejection(rejection) }
            json.endArray()
            json.name("next")
            if found.count == Int(limit), let last = found.last { json.int(last.rid) } else { json.null() }
        }
    }

    private func retry(_ call: Call, _ caller: Caller) async throws -> Response {
        let kind = try call.kind()
        let now = time.now()
        let count: Int
        if let id = call.query["id"] {
            guard let kind else { throw HTTPProblem.badParameter("type", "with id, the type is needed too") }
            let key = RecordKey(kind, parent: call.query["parent"] ?? "", id: id)
            let entry = caller.entry("record.retry", store.receipts.auditName(of: key, customer: caller.id))
            count = try await store.write { tx in
                guard try tx.retry(customer: caller.number, key: key, at: now) else { return 0 }
                try tx.audit(entry, at: now)
                return 1
            }
        } else {
            count = try await store.write { tx in
                let count = try Self.kinds(kind).reduce(0) {
                    try $0 + tx.retryRejected(customer: caller.number, kind: $1, at: now)
                }
                let what = "\(count) of \(kind?.rawValue ?? "all types")"
                try tx.audit(caller.entry("rejected.retry", what), at: now)
                return count
            }
        }
        signal.recordsChanged(caller.number)
        return .json { $0.member("retried", count) }
    }

    private func resync(_ call: Call, _ caller: Caller) async throws -> Response {
        let kind = try call.kind()
        try await store.resync(
            customer: caller.number, kind: kind, by: caller.entry("sync.resync", kind?.rawValue ?? "everything"),
            at: time.now())
        let tallies = try await store.read { try $0.tallies(customer: caller.number) }
        signal.recordsChanged(caller.number)
        return .json { $0.member("due", Self.kinds(kind).reduce(0) { $0 + (tallies[$1]?.due ?? 0) }) }
    }

    /// Stops or resumes sending; what the ATS sends is taken in all the same.
    private func setPaused(_ isPaused: Bool, _ caller: Caller) async throws -> Response {
        let now = time.now()
        let since = try await store.write { tx in
            if try tx.setPaused(isPaused, customer: caller.number, at: now) {
                try tx.audit(caller.entry(isPaused ? "sync.pause" : "sync.resume"), at: now)
            }
            return try tx.pausedSince(customer: caller.number)
        }
        signal.recordsChanged(caller.number)
        return .json { $0.pause(since) }
    }

    private static func kinds(_ kind: RecordKind?) -> [RecordKind] { kind.map { [$0] } ?? RecordKind.allCases }
}
