// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// Turns the rows of one file or query into chunks.
final class EntryReader {
    private let rows: any RowStream
    private var mapper: RowMapper
    private let record: RecordMapping
    private let purpose: RowMapper.Purpose
    private let options: ReadingOptions
    private let givesEnd: Bool
    private var highWater: HighWater?
    /// Where the main query of an entry got to while its deletions are read.
    private let inherited: String?
    private var rowsRead = 0
    private(set) var isFinished = false

    init(
        rows: any RowStream, mapper: RowMapper, record: RecordMapping, purpose: RowMapper.Purpose,
        options: ReadingOptions, givesEnd: Bool,
        inherited: String?
    ) {
        self.rows = rows
        self.mapper = mapper
        self.record = record
        self.purpose = purpose
        self.options = options
        self.givesEnd = givesEnd
        self.inherited = inherited
        if purpose == .record, let rule = record.watermark, let column = mapper.index(of: rule.column) {
            highWater = HighWater(rule: rule, column: column, before: options.watermarks[record.name])
        }
    }

    /// The highest value seen; an entry with a query for deletions gives it only when that has been read, too.
    var watermark: String? { highWater?.text ?? inherited }

    /// The next chunk; nil when there is nothing more to say.
    func next() throws(SourceError) -> Chunk? {
        var chunk = Chunk(name: record.name, kind: record.kind)
        var writer = JSONWriter(capacity: options.chunkBytes + (16 << 10))
        while chunk.rows.count < options.chunkLines, writer.bytes.count < options.chunkBytes,
            chunk.problems.count < options.chunkLines
        {
            guard rowsRead < options.limit ?? Int.max else {
                finish(&chunk, isLimited: true)
                break
            }
            guard let event = try rows.next() else {
                finish(&chunk, isLimited: false)
                break
            }
            rowsRead += 1
            take(event, &chunk, &writer)
        }
        chunk.lines = writer.bytes
        return chunk.rows.isEmpty && chunk.problems.isEmpty && chunk.end == nil ? nil : chunk
    }

    private func take(_ event: RowEvent, _ chunk: inout Chunk, _ writer: inout JSONWriter) {
        switch event {
        case .unusable(let problem):
            chunk.problems.append(problem)
        case .row(let number, let cells):
            highWater?.see(cells)
            do throws(SourceError) {
                try mapper.write(cells, at: rows.place(row: number), to: &writer)
                chunk.rows.append(number)
                if purpose == .deletion { chunk.deletions += 1 }
            } catch {
                chunk.problems.append(error)
            }
        }
    }

    private func finish(_ chunk: inout Chunk, isLimited: Bool) {
        isFinished = true
        if givesEnd { chunk.end = Chunk.End(watermark: isLimited ? nil : watermark, isLimited: isLimited) }
    }
}
