// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Intake
import JSONBytes
import Store

/// What the ATS holds and the connector does not, because it was refused at the door.
struct DemoRefusals {
    /// How many reasons of each type are told.
    static let most = 3

    private(set) var counts: [RecordKind: Int] = [:]
    private(set) var examples: [String] = []

    /// Reads the whole ATS once more, sends nothing, and asks the intake's rules again: what was refused twice counts once, and what was
    /// deleted since does not count.
    static func find(_ mapping: Mapping, _ store: Store, _ customer: Customer) async throws -> DemoRefusals {
        let reader = SourceReader(mapping: mapping, options: ReadingOptions())
        let intake = Intake(Intake.Settings())
        var refusals = DemoRefusals()
        while let chunk = try await reader.next() {
            for problem in chunk.problems { refusals.add(chunk.kind, problem.description) }
            for (line, row) in zip(chunk.lines.split(separator: UInt8(ascii: "\n")), chunk.rows) {
                let checked = line.withUnsafeBytes { intake.bulkLine($0) }
                guard let problem = checked.problems.first else { continue }
                let record = try JSONValue(parsing: Array(line))
                let id = record["id"]?.string ?? ""
                let parent = chunk.kind.parent.flatMap { record["\($0.rawValue)Id"]?.string } ?? ""
                let key = RecordKey(chunk.kind, parent: parent, id: id)
                // An earlier version may have been good enough: then it is there, and only the edit was refused.
                guard try await store.read({ try $0.explain(customer: customer.number, key: key) }) == nil else {
                    continue
                }
                refusals.add(
                    chunk.kind,
                    "\(chunk.name), row \(row) (\(chunk.kind.rawValue) \(id)) \(problem.pointer): \(problem.message)")
            }
        }
        return refusals
    }

    private mutating func add(_ kind: RecordKind, _ reason: String) {
        counts[kind, default: 0] += 1
        if counts[kind, default: 0] <= Self.most { examples.append(reason) }
    }
}
