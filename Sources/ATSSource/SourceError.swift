// SPDX-License-Identifier: Apache-2.0

/// Why reading an ATS did not give what was asked, where, and what to do about it.
///
/// Also what a single bad row is reported as (`Chunk.problems`). Never carries a value of the ATS's data nor a
/// connection string, so it
/// may go to a log or a ticket.
package struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// The mapping file is wrong.
        case mapping
        /// A file is missing or cannot be read.
        case file
        /// A file is not well-formed CSV or NDJSON.
        case format
        /// No connection: driver, address, name or password.
        case connect
        /// The database refused a query.
        case query
        /// The database went away while it was being read.
        case disconnected
        /// One row or value cannot be used; its neighbours can.
        case data
    }

    package var code: Code
    package var place: Place
    /// What is wrong, without a value of the data.
    package var message: String
    /// What to do about it; may be empty.
    package var remedy: String

    package init(_ code: Code, at place: Place, _ message: String, remedy: String = "") {
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// One line: place, what is wrong, what to do.
    package var description: String {
        let place = place.description
        return (place.isEmpty ? "" : place + ": ") + message + (remedy.isEmpty ? "" : "; " + remedy)
    }
}

/// Where in a mapping file, a data file or a query result something is.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The path of a mapping file or data file, as it was given.
    package var file: String?
    /// The line in `file`, from 1.
    package var line: Int?
    /// Which query: `candidate query`, `candidate deletions`.
    package var query: String?
    /// The row of a query's result, from 1.
    package var row: Int?
    /// The column of the row or file.
    package var column: String?

    package init(file: String? = nil, line: Int? = nil, query: String? = nil, row: Int? = nil, column: String? = nil) {
        self.file = file
        self.line = line
        self.query = query
        self.row = row
        self.column = column
    }

    package var description: String {
        var parts: [String] = []
        if let file { parts.append(file) }
        if let line { parts.append("line \(line)") }
        if let query { parts.append(query) }
        if let row { parts.append("row \(row)") }
        if let column { parts.append("column '\(column)'") }
        return parts.joined(separator: ", ")
    }

    /// The same place, one column further in.
    func column(_ name: String) -> Place {
        var place = self
        place.column = name
        return place
    }
}
