// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import Store
import Sync
import Testing

/// Erasures through engine and sandbox, under one virtual clock.
extension SandboxWorld {
    func beginErasure(_ scope: ErasureScope) async throws -> String {
        let (request, now) = (store.receipts.request(scope, customer: customer.id), time.now())
        return try await store.write { [customer] tx in try tx.beginErasure(request, of: customer, at: now) }
    }

    func erasure(_ id: String) async throws -> Erasure {
        let customer = customer.number
        return try #require(try await store.read { try $0.erasure(id, customer: customer) })
    }

    /// Runs the engine and moves the clock until an erasure is finished.
    func finish(_ id: String, _ engine: SyncEngine, within limit: Duration = .seconds(10 * 86_400)) async throws
        -> Erasure
    {
        let start = time.now()
        while true {
            let wake = try await engine.pass()
            let erasure = try await erasure(id)
            if erasure.state == .finished { return erasure }
            time.advance(to: max(try #require(wake, "the engine sleeps with an erasure open"), erasure.dueAt))
            try #require(time.now() - start < limit, "no end after \(limit): \(erasure)")
        }
    }

    /// What the sandbox holds, by resource; empty resources are left out.
    func counts() async throws -> [String: Int64] {
        let counts = try await state("")["counts"]?.object ?? JSONObject()
        return Dictionary(
            uniqueKeysWithValues: counts.compactMap { name, value in
                value.int.flatMap { $0 > 0 ? (name, $0) : nil }
            })
    }

    /// A candidate with everything that hangs on one, and a neighbour.
    func family() async throws {
        try await accept([
            Proper.job("J1"), Proper.candidate("C1", "Canary"), Proper.candidate("C2", "Kept"),
            Proper.note(.candidateNote, "N1", of: "C1"), Proper.application("A1", job: "J1", candidate: "C1"),
            Proper.application("A2", job: "J1", candidate: "C2"), Proper.note(.applicationNote, "N1", of: "A1"),
            Proper.stage("S1", application: "A1"), Proper.feedback("F1", application: "A1"),
            Proper.stage("S1", application: "A2"),
        ])
    }
}

extension Erasure {
    /// The words of the signed receipt.
    var words: JSONValue? { receipt.flatMap { Receipt($0) }?.json["receipt"] }
    var outcome: String? { words?["linkedIn"]?["outcome"]?.string }
}
