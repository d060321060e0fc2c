// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import Store
import Web

/// Fills a store as after months of work: mostly synced, some due, refused and waiting, matches, events, an audit.
struct PageSeed: Sendable {
    let store: Store
    let records: Int
    let customers: Int

    private static let now = SystemTime().now()
    private static let reason = Reason(
        .refused, "LinkedIn refused it (400): ERROR :: /emailAddresses/0 :: is not a valid e-mail")

    /// The query of the group of refusals that this makes.
    static var group: String {
        FormFields([("type", "candidate"), ("code", reason.code.rawValue), ("reason", reason.message)]).query()
    }

    private static let lines = CandidateLines(seed: 3, linkedIn: true)

    static func id(_ number: Int) -> String { String(decoding: lines.id(number), as: UTF8.self) }

    func fill() async throws {
        let small = records / 2 / max(1, customers - 1)
        for number in 0..<customers {
            let customer = try await add(number)
            try await fill(customer, number == 0 ? records - small * (customers - 1) : small)
            if number % 20 == 0 {
                FileHandle.standardError.write(Data("\(number + 1) of \(customers) customers filled\n".utf8))
            }
        }
        try await store.write { tx in
            for number in 0..<2_000 {
                try tx.audit(
                    AuditEntry(actor: "bench", action: "record.retry", subject: "candidate \(number)"), at: Self.now)
            }
        }
    }

    private func add(_ number: Int) async throws -> Int64 {
        let id = number == 0 ? "large" : "small-\(number)"
        let sealed = try store.vault.seal("not-a-secret", for: Customer.secretPurpose(CustomerID(id)!))
        return try await store.write { tx in
            let customer = try tx.addCustomer(
                NewCustomer(
                    id: CustomerID(id)!, name: "Customer \(number)", organization: Int64(1000 + number),
                    contracts: [Int64(5000 + number)], linkedInURL: "http://127.0.0.1:1", clientID: "c-\(number)",
                    clientSecret: sealed), at: Self.now)
            try tx.setStatus(customer: customer.number, .enabled)
            return customer.number
        }
    }

    /// Six of ten records are candidates, three applications, one of ten a note.
    private func fill(_ customer: Int64, _ count: Int) async throws {
        let (candidates, applications) = (count * 6 / 10, count * 3 / 10)
        try await accept(customer, 1) { _ in Self.put(RecordKey(.job, id: "J-1"), Array(#"{"title":"Engineer"}"#.utf8))
        }
        try await accept(customer, candidates) { number in
            var body: [UInt8] = []
            Self.lines.append(number, to: &body)
            return Self.put(RecordKey(.candidate, id: Self.id(number)), body)
        }
        try await accept(customer, applications) { number in
            let body =
                #"{"atsJobPostingId":"J-1","atsJobPostingName":"Engineer","atsCandidateId":"\#(Self.id(number))"}"#
            return Self.put(
                RecordKey(.application, id: "A-\(number)"), Array(body.utf8), job: "J-1",
                candidate: Self.id(number))
        }
        try await accept(customer, count - candidates - applications) { number in
            Self.put(
                RecordKey(.candidateNote, parent: Self.id(number), id: "N-\(number)"), Array(#"{"note":"met"}"#.utf8))
        }
        for kind in [RecordKind.job, .candidate, .application, .candidateNote] { try await settle(customer, kind) }
        try await match(customer)
        while true {
            let page = try await store.read { try $0.untraced(customer: customer, limit: 5_000) }
            try await store.write { try $0.trace(page, customer: customer) }
            if page.isLast { break }
        }
    }

    private func accept(_ customer: Int64, _ count: Int, _ change: @escaping @Sendable (Int) -> Change) async throws {
        for start in stride(from: 0, to: count, by: 2_000) {
            let range = start..<min(start + 2_000, count)
            try await store.write { tx in
                _ = try tx.accept(range.map(change), customer: customer, priority: .backfill, at: Self.now)
            }
        }
    }

    private static func put(_ key: RecordKey, _ body: [UInt8], job: String? = nil, candidate: String? = nil) -> Change {
        let hash = (0..<16).map { UInt8(truncatingIfNeeded: key.id.hashValue >> ($0 * 4)) }
        return .put(DesiredRecord(key: key, body: body, hash: ContentHash(hash), job: job, candidate: candidate))
    }

    /// One of fifty is refused, one of a hundred stays due.
    private func settle(_ customer: Int64, _ kind: RecordKind) async throws {
        let reason = Self.reason
        while true {
            let isDone = try await store.write { tx in
                let due = try tx.claimDue(
                    customer: customer, kind: kind, deletions: false, limit: 2_000, at: Self.now)
                let outcomes = due.map { record -> Outcome in
                    let result: Outcome.Result =
                        switch record.rid % 100 {
                        case 0, 1: .rejected(reason)
                        case 2: .retry(at: Self.now + .seconds(86_400), Reason(.unavailable, "LinkedIn answered 503"))
                        default: .accepted
                        }
                    return Outcome(record, kind == .job ? .accepted : result, requestID: "req-\(record.rid)")
                }
                try tx.settle(outcomes, customer: customer, kind: kind, at: Self.now)
                return due.isEmpty
            }
            if isDone { return }
        }
    }

    /// Six of ten are matched.
    private func match(_ customer: Int64) async throws {
        let due = Self.now + .seconds(30 * 86_400)
        for day in 0..<30 {
            try await store.write { try $0.storeMatches([], customer: customer, at: Self.now - .seconds(day * 86_400)) }
        }
        while true {
            let isDone = try await store.write { tx in
                let polls = try tx.matchesDue(customer: customer, at: due, limit: 2_000)
                try tx.storeMatches(
                    polls.map { poll in
                        MatchReading(
                            poll, matched: poll.rid % 10 < 6 ? ["urn:li:person:p\(poll.rid)"] : [], manual: nil,
                            nextAt: due + .seconds(1))
                    }, customer: customer, at: Self.now)
                return polls.isEmpty
            }
            if isDone { return }
        }
    }
}
