// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store
import Sync
import Synchronization
import TestSupport
import Testing

/// One test's customer, store and clock.
final class SyncWorld: Sendable {
    static let noon = Millis(1_770_033_600_000)  // 2026-02-02 12:00 UTC

    let folder: TemporaryFolder
    let store: Store
    let time = VirtualTime(SyncWorld.noon)
    let customer: Customer

    init(contracts: [Int64] = [5000]) async throws {
        folder = try TemporaryFolder()
        let store = try Store.open(directory: folder.path("data"))
        self.store = store
        customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: contracts,
                    linkedInURL: "http://127.0.0.1:1",
                    clientID: "client", clientSecret: SealedSecret([1])), at: SyncWorld.noon)
        }
    }

    func engine(_ port: any LinkedInPort, holder: String = "one", _ change: (inout SyncOptions) -> Void = { _ in })
        -> SyncEngine
    {
        var options = SyncOptions(holder: holder, callbackBase: "http://127.0.0.1:8080")
        options.pace = .sandbox
        let dice = Mutex(SeededRandom(seed: 7))
        options.jitter = { dice.withLock { Double.random(in: 0..<1, using: &$0) } }
        change(&options)
        return SyncEngine(
            store: store, options: options, time: time,
            log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { _ in port }
    }

    func accept(_ changes: [Change], _ priority: Priority = .backfill) async throws {
        let (customer, now) = (customer.number, time.now())
        _ = try await store.write { try $0.accept(changes, customer: customer, priority: priority, at: now) }
    }

    /// Runs the engine and moves the clock until nothing is left to do.
    ///
    /// - Returns: how long it took in virtual time.
    @discardableResult
    func settle(_ engine: SyncEngine, within limit: Duration = .seconds(7200)) async throws -> Duration {
        let start = time.now()
        while true {
            let wake = try await engine.pass()
            if try await engine.status(customer).isIdle { return time.now() - start }
            let next = try #require(wake, "the engine sleeps with work left")
            time.advance(to: next)
            try #require(time.now() - start < limit, "no end after \(limit)")
        }
    }

    func tallies() async throws -> [RecordKind: Tally] {
        let customer = customer.number
        return try await store.read { try $0.tallies(customer: customer) }
    }

    func status(of key: RecordKey) async throws -> RecordStatus {
        let customer = customer.number
        return try #require(try await store.read { try $0.explain(customer: customer, key: key) })
    }
}

/// What the ATS says, without an ATS.
func put(
    _ kind: RecordKind, _ id: String, parent: String = "", _ text: String = "x", job: String? = nil,
    candidate: String? = nil
) -> Change {
    let body =
        switch kind {
        case .job: #"{"title":"\#(text)","state":"LISTED"}"#
        case .candidate: #"{"firstName":"\#(text)","lastName":"L","emailAddresses":["a@b.c"]}"#
        case .application:
            #"{"atsJobPostingId":"\#(job ?? "")","atsCandidateId":"\#(candidate ?? "")","source":"\#(text)"}"#
        case .stage: #"{"stage":"\#(text)"}"#
        case .feedback: #"{"feedback":"\#(text)"}"#
        case .candidateNote, .applicationNote: #"{"note":"\#(text)"}"#
        case .acl, .assignee: "{}"
        }
    let bytes = Array(body.utf8)
    return .put(
        DesiredRecord(
            key: RecordKey(kind, parent: parent, id: id), body: bytes, hash: contentHash(bytes),
            job: kind == .application ? job : nil,
            candidate: kind == .application ? candidate : nil))
}

func contentHash(_ bytes: [UInt8]) -> ContentHash {
    var (a, b): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x9e37_79b9_7f4a_7c15)
    for byte in bytes {
        a = (a ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        b = (b &+ UInt64(byte)) &* 0xbf58_476d_1ce4_e5b9
    }
    return ContentHash(withUnsafeBytes(of: (a, b)) { Array($0) })
}

/// A small company's history: every kind, in an order that is wrong on purpose.
func history(candidates: Int, jobs: Int = 5) -> [Change] {
    var changes: [Change] = []
    for number in 0..<candidates {
        let (candidate, application) = ("C\(number)", "A\(number)")
        changes.append(put(.stage, "S1", parent: application, "Applied"))
        changes.append(put(.application, application, "web", job: "J\(number % jobs)", candidate: candidate))
        changes.append(put(.candidateNote, "N1", parent: candidate, "note \(number)"))
        changes.append(put(.candidate, candidate, "First \(number)"))
        if number % 3 == 0 { changes.append(put(.feedback, "F1", parent: application, "good")) }
        if number % 4 == 0 { changes.append(put(.applicationNote, "N1", parent: application, "called")) }
    }
    for number in 0..<jobs { changes.append(put(.job, "J\(number)", "Job \(number)")) }
    return changes
}
