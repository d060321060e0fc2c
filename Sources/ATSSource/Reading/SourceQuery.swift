// SPDX-License-Identifier: Apache-2.0

/// A query as it goes to the database: SQL with `?`, and the watermark that is bound to each of them.
struct SourceQuery {
    enum Bound: Equatable {
        case timestamp(WallTime)
        case integer(Int64)
        case text(String)
    }

    /// SQL ready to run, and a value for each `?` in it.
    struct Statement {
        var sql: String
        var bound: [Bound]
    }

    /// What messages call it.
    let name: String
    /// The line of the mapping file it stands at.
    let line: Int
    /// Columns the rows are ordered by; empty leaves the order to the database.
    let key: [String]
    private let sql: String
    private let bound: [Bound]

    init(_ record: RecordMapping, _ main: QueryText, purpose: RowMapper.Purpose, options: ReadingOptions) {
        let query: QueryText
        var watermark = options.watermarks[record.name]
        switch (purpose, record.deletions) {
        case (.record, _):
            name = "\(record.name) query"
            query = main
        case (.deletion, .tombstones(let tombstones)?):
            name = "\(record.name) deletions"
            query = tombstones
        case (_, .compare(let keys?)?):
            name = "\(record.name) keys"
            query = keys
        default:
            // All keys, from the main query read whole.
            name = "\(record.name) keys"
            query = main
            watermark = nil
        }
        line = query.line
        sql = query.sql
        key = purpose == .deletion ? [] : record.key
        bound = record.watermark.map { [Bound](repeating: Self.start($0, watermark), count: query.watermarks) } ?? []
    }

    /// The whole query.
    var whole: Statement {
        Statement(sql: key.isEmpty ? sql : "\(wrapped) ORDER BY \(order)", bound: bound)
    }

    /// One page of it, behind the row whose key columns have the values `after`. MySQL's and MariaDB's dialect.
    func page(after: [Bound], rows: Int) -> Statement {
        let marks = after.map { _ in "?" }.joined(separator: ", ")
        let condition = after.isEmpty ? "" : " WHERE (\(order)) > (\(marks))"
        return Statement(sql: "\(wrapped)\(condition) ORDER BY \(order) LIMIT \(rows)", bound: bound + after)
    }

    /// No AS before the alias: Oracle does not take it. The line feed ends a comment at the end of the query.
    private var wrapped: String { "SELECT * FROM (\(sql)\n) crosswalk_rows" }

    private var order: String { key.joined(separator: ", ") }

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
