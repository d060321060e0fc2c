// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import Intake
import JSONBytes
import TestSupport

/// Everything a reader gave, put together.
struct Everything {
    var records: [JSONValue] = []
    var rows: [Int] = []
    var problems: [SourceError] = []
    var ends: [String: Chunk.End] = [:]
    var chunks = 0

    /// The records of one type without the `type` member, by id.
    func byID(_ kind: RecordKind) -> [String: JSONObject] {
        var result: [String: JSONObject] = [:]
        for case .object(var object) in records where object["type"] == .string(kind.rawValue) {
            object["type"] = nil
            if case .string(let id)? = object["id"] { result[id] = object }
        }
        return result
    }

    /// What the intake refuses of the records, by `type id`, with the fields it complains about.
    func refusals() -> [String: [String]] {
        var refusals: [String: [String]] = [:]
        let intake = Intake()
        for record in records {
            let checked = record.bytes.withUnsafeBytes(intake.bulkLine)
            guard !checked.problems.isEmpty || !checked.warnings.isEmpty else { continue }
            refusals["\(record["type"]?.string ?? "") \(record["id"]?.string ?? "")"] =
                (checked.problems + checked.warnings).map(\.pointer)
        }
        return refusals
    }

    static func read(_ mapping: Mapping, _ options: ReadingOptions = ReadingOptions()) async throws -> Everything {
        var result = Everything()
        let reader = SourceReader(mapping: mapping, options: options)
        while let chunk = try await reader.next() {
            let lines = chunk.lines.split(separator: UInt8(ascii: "\n"))
            precondition(lines.count == chunk.rows.count)
            for line in lines { result.records.append(try JSONValue(parsing: Array(line))) }
            result.rows += chunk.rows
            result.problems += chunk.problems
            result.chunks += 1
            if let end = chunk.end { result.ends[chunk.name] = end }
        }
        return result
    }
}

extension JSONValue {
    /// A value written as JSON text.
    static func json(_ text: String) -> JSONValue { try! JSONValue(parsing: text) }
}

extension TemporaryFolder {
    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    func write(_ name: String, bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path(name))) }

    /// A mapping file in this folder.
    func mapping(_ yaml: String, known: KnownFields? = nil, environment: [String: String] = [:]) throws(SourceError)
        -> Mapping
    {
        try Mapping.parse(yaml, file: path("mapping.yaml"), known: known, environment: environment)
    }
}
