// SPDX-License-Identifier: Apache-2.0

/// A query as it goes to the database: SQL with `?`, and the watermark that is bound to each of them.
struct SourceQuery {
    enum Bound: Equatable {
        case timestamp(WallTime)
        case integer(Int64)
        case text(String)
    }

    /// What messages call it.
    var name: String
    var sql: String
    var bound: [Bound]
    /// The line of the mapping file it stands at.
    var line: Int

    init(_ record: RecordMapping, _ main: QueryText, purpose: RowMapper.Purpose, options: ReadingOptions) {
        var query = main
        var watermark = options.watermarks[record.name]
        switch (purpose, record.deletions) {
        case (.record, _):
            name = "\(record.name) query"
        case (.deletion, .tombstones(let tombstones)?):
            name = "\(record.name) deletions"
            query = tombstones
        case (_, .compare(let keys?)?):
            name = "\(record.name) keys"
            query = keys
        default:
            // All keys, from the main query read whole.
            name = "\(record.name) keys"
            watermark = nil
        }
        line = query.line
        sql = query.sql
        if purpose == .record, !record.key.isEmpty {
            // No AS before the alias: Oracle does not take it. The line feed ends a comment at the end of the query.
            sql = "SELECT * FROM (\(query.sql)\n) crosswalk_rows ORDER BY \(record.key.joined(separator: ", "))"
        }
        bound = record.watermark.map { [Bound](repeating: Self.start($0, watermark), count: query.watermarks) } ?? []
    }

    /// Where to read from: the watermark less its overlap, or the rule's start when there is none yet.
    static func start(_ rule: WatermarkRule, _ watermark: String?) -> Bound {
        let text = watermark ?? rule.start
        switch rule.kind {
        case .timestamp:
            // Rule and connector only keep what was read as a time before; anything else reads everything.
            let time = ISODate.read(text)?.time ?? WallTime(year: 1900, month: 1, day: 1)
            guard watermark != nil else { return .timestamp(time) }
            let overlap = rule.overlap.components.seconds
            return .timestamp(WallTime(seconds: time.seconds - overlap, microsecond: time.microsecond))
        case .integer:
            return .integer(Int64(text) ?? .min)
        case .text:
            return .text(text)
        }
    }
}
