// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Intake
import Store

/// The first load of a large customer with LinkedIn's real quotas, both sides in this process and on one virtual clock.
struct Backfill: AsyncParsableCommand {
    @Option var records = 1_000_000
    @Option var folder: String

    func run() async throws {
        let began = ContinuousClock.now
        let world = try await VirtualWorld(folder: folder)
        let (store, customer, start) = (world.store, world.customer, world.time.now())
        try await fill(store, customer, at: start)
        let filled = ContinuousClock.now
        try await world.run(within: .seconds(30 * 86_400)) {
            let tally = try await store.read { try $0.tallies(customer: customer.number) }[.candidate]
            guard tally?.rejected == 0 else { throw ValidationError("refused: \(String(describing: tally))") }
            return tally?.observed == records
        }
        report(
            ("minutes", (world.time.now() - start).seconds / 60), ("refused", Double(world.refused)),
            ("seconds", (ContinuousClock.now - filled).seconds), ("fill", (filled - began).seconds))
        try await world.close()
    }

    private func fill(_ store: Store, _ customer: Customer, at now: Millis) async throws {
        let lines = CandidateLines(seed: 1)
        let intake = Intake()
        for start in stride(from: 0, to: records, by: 10_000) {
            let changes = try (start..<min(start + 10_000, records)).map { number in
                let checked = lines.lines(number..<number + 1).dropLast().withUnsafeBytes { intake.bulkLine($0) }
                guard let change = checked.change else { throw ValidationError("\(checked.problems)") }
                return change
            }
            let number = customer.number
            _ = try await store.write { try $0.accept(changes, customer: number, priority: .backfill, at: now) }
        }
    }
}
