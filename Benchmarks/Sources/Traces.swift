// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import Intake
import Store

/// What finding an exported member among many candidates costs: making the index, one look-up, and what intake pays for it.
struct Traces: AsyncParsableCommand {
    @Option var records = 1_000_000
    @Option var folder: String

    func run() async throws {
        let store = try Store.open(directory: folder)
        let now = Millis(1_770_033_600_000)
        let customer = try await store.write { tx in
            try tx.addCustomer(
                NewCustomer(
                    id: CustomerID("acme")!, name: "Acme", organization: 1000, contracts: [], linkedInURL: "http://-",
                    clientID: "c", clientSecret: SealedSecret([1])), at: now
            ).number
        }
        let clock = ContinuousClock()
        try await fill(store, customer, seed: 1, at: now)
        let plain = try await clock.measure { try await fill(store, customer, seed: 1, changed: 1, at: now) }
        let index = try await clock.measure {
            while true {
                let page = try await store.read { try $0.untraced(customer: customer, limit: 5_000) }
                try await store.write { try $0.trace(page, customer: customer) }
                if page.isLast { break }
            }
        }
        let noted = try await clock.measure { try await fill(store, customer, seed: 1, changed: 2, at: now) }
        let email = String(decoding: CandidateLines(seed: 1).id(records / 2), as: UTF8.self) + "@example.org"
        let member = CandidateTraces(ExportedProfile(emails: [email]), person: "urn:li:person:x")
        let lookup = try await clock.measure {
            let found = try await store.read { try $0.candidates(like: member, customer: customer) }
            guard found.count == 1 else { throw ValidationError("found \(found.count)") }
        }
        report(
            ("index_seconds", index.seconds), ("lookup_ms", lookup.seconds * 1000),
            ("change_rate_plain", Double(records) / plain.seconds),
            ("change_rate_noted", Double(records) / noted.seconds))
        try await store.close()
    }

    /// 16 bytes that differ where the bodies do.
    private static func hash(_ number: Int, _ changed: Int) -> [UInt8] {
        [number, changed].flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    }

    private func fill(_ store: Store, _ customer: Int64, seed: UInt64, changed: Int = 0, at now: Millis) async throws {
        let lines = CandidateLines(seed: seed, linkedIn: true)
        for start in stride(from: 0, to: records, by: 2_000) {
            let range = start..<min(start + 2_000, records)
            try await store.write { tx in
                let changes = range.map { number -> Change in
                    var body: [UInt8] = []
                    lines.append(number, to: &body)
                    body.insert(contentsOf: "\"suffix\":\"\(changed)\",".utf8, at: 1)
                    return .put(
                        DesiredRecord(
                            key: RecordKey(.candidate, id: String(decoding: lines.id(number), as: UTF8.self)),
                            body: body, hash: ContentHash(Self.hash(number, changed))))
                }
                _ = try tx.accept(changes, customer: customer, priority: .backfill, at: now)
            }
        }
    }
}
