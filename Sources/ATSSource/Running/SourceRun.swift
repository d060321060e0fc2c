// SPDX-License-Identifier: Apache-2.0

package import Domain

/// Reads an ATS by its mapping and posts what it reads, a few thousand records at a time; memory does not grow with the ATS.
///
/// A watermark moves only when everything that was read before it has been acknowledged, so a run that ends half-way is simply run again.
package struct SourceRun: Sendable {
    package var mapping: Mapping
    /// The name under which the connector keeps the watermarks.
    package var name: String
    package var sink: any RecordSink
    /// Read everything, not only what changed since the last run.
    package var full: Bool
    package var kinds: Set<RecordKind>?
    /// Delete although more than half of a type would go.
    package var force: Bool
    /// Called for every bad row or refused record, with its place.
    package var complain: @Sendable (SourceComplaint) -> Void
    /// Called for every body that was acknowledged: how many records of a type were in it.
    package var progress: @Sendable (RecordKind, Int) -> Void

    /// Bytes of one body, but for its last chunk.
    private static let bodyBytes = 4 << 20

    package init(
        mapping: Mapping, name: String, sink: any RecordSink, full: Bool = false, kinds: Set<RecordKind>? = nil,
        force: Bool = false, complain: @escaping @Sendable (SourceComplaint) -> Void,
        progress: @escaping @Sendable (RecordKind, Int) -> Void = { _, _ in }
    ) {
        self.mapping = mapping
        self.name = name
        self.sink = sink
        self.full = full
        self.kinds = kinds
        self.force = force
        self.complain = complain
        self.progress = progress
    }

    /// What one run did, per type.
    package struct Result: Sendable {
        package var counts: [RecordKind: BulkReply.Counts] = [:]
        /// Rows that became no record.
        package var unusable = 0
        /// The counts are of all types together (an NDJSON file holds any).
        package var isMixed = false

        package init() {}

        package var rejected: Int { unusable + counts.values.reduce(0) { $0 + $1.rejected } }
    }

    /// - Throws: `SourceError`, and whatever the sink throws.
    package func run() async throws -> Result {
        let marks = full ? [:] : try await sink.watermarks(of: name)
        let reader = SourceReader(mapping: mapping, options: ReadingOptions(watermarks: marks, kinds: kinds))
        var result = Result()
        var body = Body()
        while let chunk = try await reader.next() {
            for problem in chunk.problems {
                result.unusable += 1
                complain(SourceComplaint(problem))
            }
            body.append(chunk)
            if body.bytes.count >= Self.bodyBytes { try await post(&body, &result) }
            guard let end = chunk.end, !end.isLimited else { continue }
            try await post(&body, &result)
            if let watermark = end.watermark { try await sink.keep(watermark, of: chunk.name, in: name) }
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
        let answer = try await sink.send(body.bytes)
        for line in answer.lines {
            let origin = body.origins[line.number - 1]
            let place = "\(mapping.file), \(origin.entry), row \(origin.row)"
            for (text, isWarning) in line.errors.map({ ($0, false) }) + line.warnings.map({ ($0, true) }) {
                complain(
                    SourceComplaint(place: place, type: line.type, id: line.id, message: text, isWarning: isWarning))
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
            result.counts[record.kind, default: .init()].deleted += try await sink.keepOnly(
                record.kind, keys, force: force)
        }
    }
}
