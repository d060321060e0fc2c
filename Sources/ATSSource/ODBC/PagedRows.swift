// SPDX-License-Identifier: Apache-2.0

/// The rows of a query read page by page in the order of its key, for drivers that keep a whole result in memory.
///
/// A page begins behind the key of the row before it, so rows that appear or vanish meanwhile shift nothing.
final class PagedRows: RowStream {
    /// Rows in a page: some ten megabytes of a driver's memory at 1 KB a row.
    private static let rows = 10_000

    private let connection: ODBCConnection
    private let query: SourceQuery
    private let wanted: [(name: String, line: Int)]
    private let mapping: String
    private let canceller: ODBCCanceller
    /// Where the key columns are among the wanted ones.
    private let keys: [Int]
    private var page: ODBCRows?
    private var last: [Cell]?
    private var inPage = 0
    private var number = 0

    init(
        _ connection: ODBCConnection, _ query: SourceQuery, wanted: [(name: String, line: Int)], mapping: String,
        canceller: ODBCCanceller
    ) {
        self.connection = connection
        self.query = query
        self.wanted = wanted
        self.mapping = mapping
        self.canceller = canceller
        keys = query.key.compactMap { name in wanted.firstIndex { $0.name == name } }
    }

    func place(row: Int) -> Place { Place(query: query.name, row: row) }

    func next() throws(SourceError) -> RowEvent? {
        while true {
            if page == nil { page = try open([]) }
            let current = page!
            if let event = try current.next() {
                inPage += 1
                number = current.number
                if case .row(_, let cells) = event { last = cells }
                return event
            }
            guard inPage == Self.rows, let last else { return nil }
            var after: [SourceQuery.Bound] = []
            for index in keys { after.append(try bound(last[index], current, index)) }
            // The old statement goes before the new one comes: one at a time on a connection.
            page = nil
            page = try open(after)
        }
    }

    private func open(_ after: [SourceQuery.Bound]) throws(SourceError) -> ODBCRows {
        inPage = 0
        return try ODBCRows(
            connection, query, query.page(after: after, rows: Self.rows), behind: number, wanted: wanted,
            mapping: mapping, canceller: canceller)
    }

    private func bound(_ cell: Cell, _ rows: ODBCRows, _ index: Int) throws(SourceError) -> SourceQuery.Bound {
        switch cell {
        case .wall(let time): return .timestamp(time)
        case .text(let text):
            return rows.isNumber(index) ? Int64(text).map { .integer($0) } ?? .text(text) : .text(text)
        case .null, .json:
            throw SourceError(
                .query, at: place(row: number).column(wanted[index].name),
                "the key column is null, so the next page cannot be asked for",
                remedy: "name columns in 'key' that always have a value")
        }
    }
}
