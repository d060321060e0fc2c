// SPDX-License-Identifier: Apache-2.0

import ATSSource
import Domain
import Foundation
import JSONBytes

/// Reads an ATS by its mapping and posts what it reads, a few thousand records at a time; memory does not grow with the ATS.
///
/// A watermark moves only when everything that was read before it has been acknowledged, so a run that ends half-way is simply run again.
struct SourceRun {
    var mapping: Mapping
    /// The name under which the connector keeps the watermarks.
    var name: String
    var upload: BulkUpload
    /// Read everything, not only what changed since the last run.
    var full = false
    var kinds: Set<RecordKind>?
    /// Delete although more than half of a type would go.
    var force = false
    /// Called for every bad row or refused record, with its place.
    var complain: @Sendable (String) -> Void
    var progress: @Sendable (RecordKind, Int) -> Void = { _, _ in }

    /// Records in one body.
    private static let bodyBytes = 4 << 20

    /// What one run did, per type.
    struct Result {
        var counts: [RecordKind: BulkUpload.Counts] = [:]
        /// Rows that became no record.
        var unusable = 0
        /// The counts are of all types together (an NDJSON file holds any).
        var isMixed = false

        var rejected: Int { unusable + counts.values.reduce(0) { $0 + $1.rejected } }
    }

    /// - Throws: `SourceError`, `CommandError`.
    func run() async throws -> Result {
        let marks = full ? [:] : try await watermarks()
        let reader = SourceReader(mapping: mapping, options: ReadingOptions(watermarks: marks, kinds: kinds))
        var result = Result()
        var body = Body()
        while let chunk = try await reader.next() {
            for problem in chunk.problems {
                result.unusable += 1
                complain(problem.description)
            }
            body.append(chunk)
            if body.bytes.count >= Self.bodyBytes { try await post(&body, &result) }
            guard let end = chunk.end, !end.isLimited else { continue }
            try await post(&body, &result)
            if let watermark = end.watermark { try await keep(watermark, of: chunk.name) }
        }
        try await post(&body, &result)
        try await compare(&result)
        return result
    }

    /// Chunks on their way into one request.
    private struct Body {
        var bytes: [UInt8] = []
        /// For each line: the entry of the mapping, the type and the row it came from.
        var origins: [(entry: String, kind: RecordKind, row: Int)] = []

        mutating func append(_ chunk: Chunk) {
            bytes += chunk.lines
            origins += chunk.rows.map { (chunk.name, chunk.kind, $0) }
        }
    }

    private func post(_ body: inout Body, _ result: inout Result) async throws {
        guard !body.origins.isEmpty else { return }
        let answer = try await upload.send(body.bytes)
        for line in answer.lines {
            let origin = body.origins[line.number - 1]
            for text in line.errors + line.warnings {
                complain("\(mapping.file), \(origin.entry), row \(origin.row)\(line.subject) \(text)")
            }
        }
        // A body may hold two types at a boundary; refusals are known per line, the rest is counted where the body ends.
        var counts = answer.counts
        for line in answer.lines where !line.errors.isEmpty {
            result.counts[body.origins[line.number - 1].kind, default: .init()].rejected += 1
            counts.rejected -= 1
        }
        if let kind = body.origins.last?.kind { result.counts[kind, default: .init()] += counts }
        for kind in RecordKind.allCases {
            let count = body.origins.count { $0.kind == kind }
            if count > 0 { progress(kind, count) }
        }
        body = Body()
    }

    /// Deletes what the ATS does not list any more, for the entries that ask for it.
    private func compare(_ result: inout Result) async throws {
        for record in mapping.records where kinds?.contains(record.kind) ?? true {
            guard case .compare? = record.deletions else { continue }
            let reader = SourceReader(mapping: mapping, options: ReadingOptions(purpose: .keys(name: record.name)))
            var keys: [UInt8] = []
            var count = 0
            while let chunk = try await reader.next() {
                guard chunk.problems.isEmpty else { throw chunk.problems[0] }
                keys += chunk.lines
                count += chunk.rows.count
            }
            keys += Array("{\"end\":\(count)}\n".utf8)
            result.counts[record.kind, default: .init()].deleted += try await upload.keepOnly(
                record.kind, keys, force: force)
        }
    }

    private var markPath: String {
        "/api/v1/sources/\(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name)/watermarks"
    }
    private var api: HTTPJSON { .connector(upload.connector, key: upload.key) }

    private func watermarks() async throws -> [String: String] {
        var marks: [String: String] = [:]
        for (name, value) in try await api.send(.GET, markPath)["watermarks"]?.object ?? [:] {
            marks[name] = value.string
        }
        return marks
    }

    private func keep(_ watermark: String, of entry: String) async throws {
        try await api.send(.PUT, markPath, ["watermarks": .object([entry: .string(watermark)])])
    }
}
