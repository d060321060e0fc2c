// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import TestSupport

/// A store of one test's own, with one customer.
struct World: Sendable {
    let folder: TemporaryFolder
    let store: Store
    let customer: Int64

    init() async throws {
        folder = try TemporaryFolder()
        let store = try Store.open(directory: folder.path)
        self.store = store
        customer = try await store.write { tx in try tx.addCustomer(.sample(store.vault, "acme"), at: Millis(0)).number
        }
    }

    @discardableResult
    func accept(_ changes: Change..., priority: Priority = .backfill, at now: Int64 = 1_000) async throws -> AcceptTally
    {
        try await accept(changes, priority: priority, at: now)
    }

    @discardableResult
    func accept(_ changes: [Change], priority: Priority = .backfill, at now: Int64 = 1_000) async throws -> AcceptTally
    {
        try await store.write { [customer] in
            try $0.accept(changes, customer: customer, priority: priority, at: Millis(now))
        }
    }

    func claim(
        _ kind: RecordKind, deletions: Bool = false, limit: Int = 100, excluding: Set<Int64> = [], at now: Int64 = 1_000
    ) async throws -> [DueRecord] {
        try await store.write { [customer] in
            try $0.claimDue(
                customer: customer, kind: kind, deletions: deletions, limit: limit, excluding: excluding,
                at: Millis(now))
        }
    }

    func settle(
        _ records: [DueRecord], _ result: Outcome.Result = .accepted, requestID: String? = nil, at now: Int64 = 1_000
    ) async throws {
        guard let kind = records.first?.key.kind else { return }
        let outcomes = records.map { Outcome($0, result, requestID: requestID) }
        try await store.write { [customer] in try $0.settle(outcomes, customer: customer, kind: kind, at: Millis(now)) }
    }

    /// Sends everything of a kind that may be sent.
    func drain(_ kind: RecordKind, deletions: Bool = false, at now: Int64 = 1_000) async throws {
        while case let records = try await claim(kind, deletions: deletions, at: now), !records.isEmpty {
            try await settle(records, at: now)
        }
    }

    func status(_ key: RecordKey) async throws -> RecordStatus? {
        try await store.read { [customer] in try $0.explain(customer: customer, key: key) }
    }

    func state(_ key: RecordKey) async throws -> RecordState? { try await status(key)?.state }

    func tally(_ kind: RecordKind) async throws -> Tally {
        try await store.read { [customer] in try $0.tallies(customer: customer)[kind] ?? Tally() }
    }
}

extension NewCustomer {
    static func sample(_ vault: Vault, _ id: String) throws -> NewCustomer {
        NewCustomer(
            id: CustomerID(id)!, name: "Acme", organization: 1000, contracts: [5001, 5000],
            linkedInURL: "http://127.0.0.1:1", clientID: "c1",
            clientSecret: try vault.seal("s3cret", for: "customer/\(id)/clientSecret"))
    }
}

extension Change {
    static func put(
        _ kind: RecordKind, parent: String = "", _ id: String, _ body: String, job: String? = nil,
        candidate: String? = nil
    ) -> Change {
        .put(
            DesiredRecord(
                key: RecordKey(kind, parent: parent, id: id), body: Array(body.utf8), hash: .of(body), job: job,
                candidate: candidate))
    }

    static func candidate(_ id: String, _ word: String = "a") -> Change {
        .put(.candidate, id, #"{"firstName":"\#(word)","lastName":"B","emailAddresses":["\#(word)@b.c"]}"#)
    }

    static func job(_ id: String, _ title: String = "Cook") -> Change { .put(.job, id, #"{"title":"\#(title)"}"#) }

    static func note(_ candidate: String, _ id: String, _ text: String = "n") -> Change {
        .put(.candidateNote, parent: candidate, id, #"{"note":"\#(text)"}"#)
    }

    static func application(_ id: String, job: String, candidate: String, _ body: String = "{}") -> Change {
        .put(.application, id, body, job: job, candidate: candidate)
    }

    static func stage(_ application: String, _ id: String) -> Change {
        .put(.stage, parent: application, id, #"{"stage":"Hired"}"#)
    }
}

extension ContentHash {
    /// A stand-in for SHA-256 that tells test bodies apart.
    static func of(_ text: String) -> ContentHash {
        var words: [UInt64] = [0xcbf2_9ce4_8422_2325, 0x1234_5678_9abc_def1]
        for byte in text.utf8 {
            for index in words.indices {
                words[index] = (words[index] ^ UInt64(byte)) &* (0x100_0000_01b3 + UInt64(index) * 2)
            }
        }
        return ContentHash(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
    }
}
