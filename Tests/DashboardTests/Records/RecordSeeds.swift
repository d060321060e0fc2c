// SPDX-License-Identifier: Apache-2.0

import Crypto
import Domain
import JSONBytes
import Store

@testable import Dashboard

extension DashboardWorld {
    /// Takes records as the API does once they are checked.
    func accept(_ customer: Customer, _ records: [(key: RecordKey, body: JSONObject)]) async throws {
        let changes = records.map { key, body -> Change in
            let bytes = JSONValue.object(body).bytes
            let isApplication = key.kind == .application
            return .put(
                DesiredRecord(
                    key: key, body: bytes, hash: ContentHash(Array(SHA256.hash(data: bytes).prefix(16))),
                    job: isApplication ? body["atsJobPostingId"]?.string ?? "J" : nil,
                    candidate: isApplication ? body["atsCandidateId"]?.string ?? "C" : nil))
        }
        let now = time.now()
        try await store.write { tx in
            _ = try tx.accept(changes, customer: customer.number, priority: .backfill, at: now)
        }
    }

    func candidates(_ customer: Customer, _ ids: [String]) async throws {
        try await accept(
            customer,
            ids.map {
                (
                    RecordKey(.candidate, id: $0),
                    ["firstName": "Ada", "lastName": .string("Of \($0)"), "emailAddresses": ["a@b.example"]]
                )
            })
    }

    /// What LinkedIn says of everything of a kind that is due.
    func settle(_ customer: Customer, _ kind: RecordKind, _ result: Outcome.Result = .accepted) async throws {
        let now = time.now()
        var isDone = false
        while !isDone {
            isDone = try await store.write { tx in
                let due = try tx.claimDue(
                    customer: customer.number, kind: kind, deletions: false, limit: 1_000, at: now)
                try tx.settle(
                    due.map { Outcome($0, result, requestID: "req-1") }, customer: customer.number, kind: kind, at: now)
                return due.isEmpty
            }
        }
    }

    func state(_ customer: Customer, _ key: RecordKey) async throws -> RecordState? {
        try await store.read { try $0.explain(customer: customer.number, key: key)?.state }
    }

    /// What the audit calls a candidate of acme.
    func auditName(_ candidate: String) -> String {
        store.receipts.auditName(of: RecordKey(.candidate, id: candidate), customer: CustomerID("acme")!)
    }

    /// What the audit holds, oldest first: who, what, and to what.
    func audited() async throws -> [String] {
        try await store.read { tx in
            try tx.auditEntries(after: 0, limit: 100).map { "\($0.actor) \($0.action) \($0.subject)" }
        }
    }
}
