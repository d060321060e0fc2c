// SPDX-License-Identifier: Apache-2.0

import Dispatch
package import Domain
import JSONBytes

/// What to read.
package struct ReadingOptions: Sendable {
    package enum Purpose: Sendable, Hashable {
        /// Records and the deletions found by tombstone queries.
        case records
        /// All keys of one entry, as `{"id"}` lines (with the parent's id for a child), for finding deletions by
        /// comparing.
        case keys(name: String)
    }

    package var purpose = Purpose.records
    /// Where earlier runs got to, by entry name; empty reads everything.
    package var watermarks: [String: String] = [:]
    /// At the most so many rows of each entry: for `check`.
    package var limit: Int?
    /// Only these types; nil for all.
    package var kinds: Set<RecordKind>?
    /// A chunk is handed out when it has so many bytes or lines.
    package var chunkBytes = 256 << 10
    package var chunkLines = 1000

    package init(
        purpose: Purpose = .records, watermarks: [String: String] = [:], limit: Int? = nil,
        kinds: Set<RecordKind>? = nil
    ) {
        self.purpose = purpose
        self.watermarks = watermarks
        self.limit = limit
        self.kinds = kinds
    }
}

/// Reads an ATS by its mapping, chunk by chunk, as slowly as the caller asks for them; memory does not grow with the
/// number of rows.
///
/// It works on a thread of its own, because database drivers block. Entries come in the order of `RecordKind`, parents
/// first. When a
/// call throws, reading has ended; whatever was handed out before is whole, and no watermark of an unfinished entry
/// was given.
package actor SourceReader {
    private let executor = QueueExecutor()
    private let mapping: Mapping
    private let options: ReadingOptions
    private var steps: [Step]
    private var current: EntryReader?
    private var inherited: String?
    private var connection: ODBCConnection?
    private let canceller = ODBCCanceller()

    /// One file or query to read.
    private struct Step {
        var record: RecordMapping
        var purpose: RowMapper.Purpose
        var isLast: Bool
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(mapping: Mapping, options: ReadingOptions = ReadingOptions()) {
        self.mapping = mapping
        self.options = options
        let records = mapping.records.filter { options.kinds?.contains($0.kind) ?? true }.enumerated()
            .sorted { ($0.element.kind, $0.offset) < ($1.element.kind, $1.offset) }.map(\.element)
        switch options.purpose {
        case .keys(let name):
            steps = records.filter { $0.name == name }.map { Step(record: $0, purpose: .key, isLast: true) }
        case .records:
            steps = records.flatMap { record -> [Step] in
                guard case .tombstones? = record.deletions, options.limit == nil else {
                    return [Step(record: record, purpose: .record, isLast: true)]
                }
                return [
                    Step(record: record, purpose: .record, isLast: false),
                    Step(record: record, purpose: .deletion, isLast: true),
                ]
            }
        }
    }

    /// The next chunk; nil when everything has been read. It may hold no line and still problems or the end of an
    /// entry.
    ///
    /// - Throws: `SourceError`; `CancellationError` when the task was cancelled, also while a query runs.
    package func next() async throws -> Chunk? {
        try await withTaskCancellationHandler {
            do {
                try Task.checkCancellation()
                return try read()
            } catch {
                close()
                // A cancelled query looks like a failed one.
                try Task.checkCancellation()
                throw error
            }
        } onCancel: {
            canceller.cancel()
        }
    }

    /// Ends the connection to the database. Reading to the end, an error and releasing the reader do it too.
    package func close() {
        steps = []
        current = nil
        connection = nil
    }

    private func read() throws -> Chunk? {
        while true {
            if current == nil {
                guard let step = steps.first else {
                    connection = nil
                    return nil
                }
                steps.removeFirst()
                current = try open(step)
            }
            let entry = current!
            let chunk = try entry.next()
            if entry.isFinished {
                inherited = chunk?.end == nil ? entry.watermark : nil
                current = nil
            }
            if let chunk { return chunk }
        }
    }

    private func open(_ step: Step) throws -> EntryReader {
        let mapper = RowMapper(step.record, zone: mapping.source.timeZone, purpose: step.purpose)
        return EntryReader(
            rows: try rows(step, mapper), mapper: mapper, record: step.record, purpose: step.purpose, options: options,
            givesEnd: step.isLast,
            inherited: inherited)
    }

    private func rows(_ step: Step, _ mapper: RowMapper) throws -> any RowStream {
        switch (mapping.source.kind, step.record.input) {
        case (.csv(let settings), .file(let path)):
            return try CSVRows(path: path, settings: settings, wanted: mapper.wanted, mapping: mapping.file)
        case (_, .file(let path)):
            return try NDJSONRows(path: path, wanted: mapper.wanted)
        case (.odbc(let settings), .query(let query)):
            let connection = try self.connection ?? ODBCConnection(settings, file: mapping.file)
            self.connection = connection
            let text = SourceQuery(step.record, query, purpose: step.purpose, options: options)
            if connection.needsPages, !text.key.isEmpty {
                return PagedRows(connection, text, wanted: mapper.wanted, mapping: mapping.file, canceller: canceller)
            }
            return try ODBCRows(
                connection, text, text.whole, wanted: mapper.wanted, mapping: mapping.file, canceller: canceller)
        case (_, .query):
            throw SourceError(
                .mapping, at: Place(file: mapping.file, line: step.record.line), "only odbc sources have queries")
        }
    }
}

/// Runs an actor on a thread of its own, so that blocking calls hold up nobody else.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "crosswalk.source")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
