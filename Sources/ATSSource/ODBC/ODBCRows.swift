// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// The rows of a query: fetched in blocks where all columns have known sizes, else row by row with each value read to its end.
final class ODBCRows: RowStream {
    private let connection: ODBCConnection
    private let statement: ODBCStatement
    private let query: SourceQuery
    private let fetcher: any RowFetcher
    private var number = 0

    /// Runs the query.
    ///
    /// - Throws: `.query` and `.disconnected` by the database, `.mapping` for a column the result lacks.
    init(
        _ connection: ODBCConnection, query: SourceQuery, wanted: [(name: String, line: Int)], mapping: String, canceller: ODBCCanceller
    ) throws(SourceError) {
        self.connection = connection
        self.query = query
        let place = Place(file: mapping, line: query.line, query: query.name)
        statement = try ODBCStatement(connection, query, at: place, canceller: canceller)
        let columns = statement.columns()
        guard !columns.isEmpty else { throw SourceError(.query, at: place, "the query gives no rows to read", remedy: "it must be a SELECT") }
        let indexes = try ColumnFinder.indexes(of: wanted, in: columns.map(\.name), source: "the \(query.name)", mapping: mapping)
        let chosen = indexes.map { columns[$0] }
        if let block = BlockFetcher(statement, chosen, rows: connection.blockRows) {
            fetcher = block
        } else {
            fetcher = ValueFetcher(statement, chosen)
        }
    }

    func place(row: Int) -> Place { Place(query: query.name, row: row) }

    func next() throws(SourceError) -> RowEvent? {
        number += 1
        let place = place(row: number)
        guard let event = try fetcher.next(at: place) else {
            // Some drivers end a result quietly when the server goes away.
            guard !connection.isDead else {
                throw SourceError(
                    .disconnected, at: place, "the database went away while it was being read",
                    remedy: "run again when it is back: nothing half-read was sent, and the watermark has not moved")
            }
            return nil
        }
        switch event {
        case .cells(let cells): return .row(number: number, cells: cells)
        case .unusable(let problem): return .unusable(problem)
        }
    }
}

/// Gets the next row out of a statement.
protocol RowFetcher: AnyObject {
    func next(at place: Place) throws(SourceError) -> FetchedRow?
}

enum FetchedRow {
    case cells([Cell])
    case unusable(SourceError)
}
