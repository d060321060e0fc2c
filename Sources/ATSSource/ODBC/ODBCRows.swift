// SPDX-License-Identifier: Apache-2.0

internal import CODBC

/// The rows of a query: fetched in blocks where all columns have known sizes, else row by row with each value read to
/// its end.
final class ODBCRows: RowStream {
    private let connection: ODBCConnection
    private let statement: ODBCStatement
    private let query: SourceQuery
    private let columns: [ODBCColumn]
    private let fetcher: any RowFetcher
    private(set) var number: Int

    /// Runs a statement of the query.
    ///
    /// - Parameter number: how many rows of the query were read before.
    /// - Throws: `.query` and `.disconnected` by the database, `.mapping` for a column the result lacks.
    init(
        _ connection: ODBCConnection, _ query: SourceQuery, _ text: SourceQuery.Statement, behind number: Int = 0,
        wanted: [(name: String, line: Int)], mapping: String, canceller: ODBCCanceller
    ) throws(SourceError) {
        self.connection = connection
        self.query = query
        self.number = number
        let place = Place(file: mapping, line: query.line, query: query.name)
        statement = try ODBCStatement(connection, text, at: place, canceller: canceller)
        let all = statement.columns()
        guard !all.isEmpty else {
            throw SourceError(.query, at: place, "the query gives no rows to read", remedy: "it must be a SELECT")
        }
        let indexes = try ColumnFinder.indexes(
            of: wanted, in: all.map(\.name), source: "the \(query.name)", mapping: mapping)
        columns = indexes.map { all[$0] }
        if let block = BlockFetcher(statement, columns, rows: connection.blockRows) {
            fetcher = block
        } else {
            fetcher = ValueFetcher(statement, columns)
        }
    }

    /// Whether a wanted column holds numbers.
    func isNumber(_ index: Int) -> Bool { if case .ascii = columns[index].form { true } else { false } }

    func place(row: Int) -> Place { Place(query: query.name, row: row) }

    func next() throws(SourceError) -> RowEvent? {
        let place = place(row: number + 1)
        guard let event = try fetcher.next(at: place) else {
            // Some drivers end a result quietly when the server goes away.
            guard !connection.isDead else {
                throw SourceError(
                    .disconnected, at: place, "the database went away while it was being read",
                    remedy: "run again when it is back: nothing half-read was sent, and the watermark has not moved")
            }
            return nil
        }
        number += 1
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
