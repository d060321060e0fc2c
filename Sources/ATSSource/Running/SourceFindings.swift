// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Intake
import JSONBytes

/// What checking a source found, put together chunk by chunk: rows as records, and every problem. Nothing is sent.
package struct SourceFindings: Sendable {
    /// One row.
    package struct Row: Sendable {
        /// Of the query's result or the file.
        package var number: Int
        /// The record as it would be sent: one JSON object.
        package var record: [UInt8]
        package var problems: [Problem]
        package var warnings: [Problem]
    }

    /// One entry of the mapping.
    package struct Entry: Sendable {
        package var name: String
        package var kind: RecordKind
        /// What was read.
        package var rows = 0
        package var bad = 0
        /// Rows that became no record.
        package var unusable: [SourceError] = []
        package var shown: [Row] = []
    }

    package private(set) var entries: [Entry] = []
    package private(set) var isClean = true

    /// Show what has a problem, and of each entry no more than the first of those, so that any number of rows can be looked at.
    private let onlyProblems: Bool
    private let intake: Intake
    private static let most = 20

    package init(onlyProblems: Bool = false, intake: Intake = Intake(Intake.Settings())) {
        self.onlyProblems = onlyProblems
        self.intake = intake
    }

    /// Reads what `options` allows.
    ///
    /// - Throws: `SourceError` when the source cannot be read; `CancellationError`.
    package mutating func read(_ mapping: Mapping, _ options: ReadingOptions) async throws {
        let reader = SourceReader(mapping: mapping, options: options)
        while let chunk = try await reader.next() { add(chunk) }
    }

    package mutating func add(_ chunk: Chunk) {
        if entries.last?.name != chunk.name { entries.append(Entry(name: chunk.name, kind: chunk.kind)) }
        let last = entries.count - 1
        entries[last].rows += chunk.rows.count + chunk.problems.count
        for problem in chunk.problems where isShown(bad: true, of: last) { entries[last].unusable.append(problem) }
        for (line, row) in zip(chunk.lines.split(separator: UInt8(ascii: "\n")), chunk.rows) {
            let checked = line.withUnsafeBytes { intake.bulkLine($0) }
            guard isShown(bad: !checked.problems.isEmpty, of: last) else { continue }
            entries[last].shown.append(
                Row(number: row, record: Array(line), problems: checked.problems, warnings: checked.warnings))
        }
    }

    private mutating func isShown(bad isBad: Bool, of entry: Int) -> Bool {
        isClean = isClean && !isBad
        entries[entry].bad += isBad ? 1 : 0
        return onlyProblems ? isBad && entries[entry].bad <= Self.most : true
    }
}
