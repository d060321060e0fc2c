// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes

/// The answer to a bulk body, as NDJSON: one line per bad record or warning, and the counts at the end.
///
/// At most `most` lines are listed, so that a file that is wrong throughout gets an answer of a few megabytes instead
/// of one as long as itself; the rest is counted as `unlisted`.
struct BulkReport {
    private(set) var tally = AcceptTally()
    private(set) var lines = 0
    private(set) var rejected = 0
    private(set) var warnings = 0
    private var listed = 0
    private var unlisted = 0
    private var json = JSONWriter(capacity: 4096)
    private let most: Int

    init(most: Int) { self.most = most }

    /// Records that are safe on the disk.
    var accepted: Int { tally.added + tally.changed + tally.unchanged + tally.deleted + tally.unknown }

    mutating func add(_ chunk: CheckedChunk) {
        lines += chunk.lines
        for report in chunk.reports { add(report) }
    }

    mutating func add(_ stored: AcceptTally) { tally += stored }

    mutating func add(_ report: CheckedChunk.Report) {
        if !report.errors.isEmpty { rejected += 1 }
        warnings += report.warnings.count
        guard listed < most else { return unlisted += 1 }
        listed += 1
        json.beginObject()
        json.name("line")
        json.int(Int64(report.line))
        if let type = report.type { json.member("type", type) }
        if let id = report.id { json.member("id", id) }
        if !report.errors.isEmpty {
            json.name("errors")
            json.faults(report.errors)
        }
        if !report.warnings.isEmpty {
            json.name("warnings")
            json.faults(report.warnings)
        }
        json.endObject()
        json.endLine()
    }

    mutating func addDuplicate(_ key: RecordKey, line: Int, earlier: Int) {
        let message = "lines \(earlier) and \(line) name the same record; the last one wins"
        let warning = Fault("/id", "duplicate", message)
        add(CheckedChunk.Report(line: line, type: key.kind.rawValue, id: key.id, warnings: [warning]))
    }

    /// The last line of an answer whose body was read to its end.
    mutating func finish() {
        json.beginObject()
        let counts = [
            ("accepted", accepted), ("unchanged", tally.unchanged), ("changed", tally.changed), ("added", tally.added),
            ("deleted", tally.deleted), ("rejected", rejected), ("warnings", warnings), ("lines", lines),
        ]
        for (name, count) in counts { json.member(name, count) }
        if unlisted > 0 { json.member("unlisted", unlisted) }
        json.endObject()
        json.endLine()
    }

    /// The last line of a streamed answer that failed: there are no counts then.
    mutating func fail(_ problem: HTTPProblem, requestID: String) {
        json.beginObject()
        json.name("error")
        problem.write(to: &json, requestID: requestID)
        json.endObject()
        json.endLine()
    }

    /// What was written since the last call.
    mutating func take() -> [UInt8] {
        defer { json = JSONWriter(capacity: 4096) }
        return json.bytes
    }
}
