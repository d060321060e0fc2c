// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Foundation

/// A mapping file, read and checked: where an ATS keeps its data and which column is which field.
///
/// `docs/mapping-guide.md` describes the file. Secrets are named in it as `${NAME}` and taken from the environment
/// when it is read.
package struct Mapping: Sendable {
    /// The path it was read from, as it was given.
    package var file: String
    package var source: SourceSettings
    /// In the order of the file; names are unique.
    package var records: [RecordMapping]
}

/// What is true of the whole source.
package struct SourceSettings: Sendable {
    package enum Kind: Sendable {
        /// A database by unixODBC.
        case odbc(ODBCSettings)
        case csv(CSVSettings)
        /// A folder of NDJSON files.
        case ndjson(folder: String)
    }

    package var kind: Kind
    /// The zone of dates that do not carry one. Default UTC.
    package var timeZone: TimeZone
}

/// How to reach a database and talk to it.
package struct ODBCSettings: Sendable {
    /// Contains the password: never put it into a message.
    var connectionString: String
    /// The mapping holds the password itself, not the name of a variable.
    var hasPlainPassword = false
    /// Statements run right after connecting, such as `SET TIME ZONE 'UTC'`.
    var onConnect: [String] = []
    /// Rows asked for at once where a query's columns have known sizes.
    var blockRows = 200
}

/// Where CSV files are and how they are written.
package struct CSVSettings: Sendable {
    enum Encoding: String, CaseIterable, Sendable {
        case utf8 = "utf-8"
        case latin1 = "latin-1"
        case windows1252 = "windows-1252"
    }

    var folder: String
    var delimiter = UInt8(ascii: ",")
    var encoding = Encoding.utf8
}

/// Where the records of one type come from and how a row becomes a record.
package struct RecordMapping: Sendable {
    package enum Input: Sendable {
        case query(QueryText)
        /// The path of a file.
        case file(String)
    }

    /// How the reader learns that a record is gone from the ATS.
    package enum Deletions: Sendable {
        /// Rows of this query are records that were deleted.
        case tombstones(QueryText)
        /// Everything the ATS does not list any more was deleted. The query lists all keys; nil means the main one,
        /// read whole.
        case compare(QueryText?)
    }

    /// What the watermark and messages call it: `name:` of the file, or else the type.
    package var name: String
    package var kind: RecordKind
    package var input: Input
    /// ATS field and rule, in the order of the file; empty for NDJSON that already has our field names.
    var fields: [NamedRule]
    /// Columns that order the rows, together unique: results are read in pages by them where a driver cannot stream.
    /// May be empty.
    var key: [String]
    var watermark: WatermarkRule?
    package var deletions: Deletions?
    /// Texts that mean "nothing" in any column.
    var nullIf: Set<String>
    var line: Int

    /// The ATS fields that make up the record's key: `id`, and the parent's id for a child.
    var keyFields: [String] { [kind.parent?.idField, "id"].compactMap(\.self) }
}

extension RecordKind {
    /// The ATS field by which a child names its parent.
    var idField: String { rawValue + "Id" }
}

/// SQL with the place it stands at. `{watermark}` in it has become `?`.
package struct QueryText: Sendable {
    var sql: String
    /// How many `?` the watermark is bound to.
    var watermarks: Int
    var line: Int

    init(_ text: String, line: Int) {
        let pieces = text.components(separatedBy: "{watermark}")
        sql = pieces.joined(separator: "?").trimmingCharacters(
            in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: ";")))
        watermarks = pieces.count - 1
        self.line = line
    }
}

/// The fields our API knows, per record type: what a mapping's field names are checked against.
///
/// The caller takes them from the intake's own tables. A nested field is written `address.city`; where a field has
/// none, what is below
/// it is not checked.
package struct KnownFields: Sendable {
    package var fields: [RecordKind: [String]]

    package init(_ fields: [RecordKind: [String]]) { self.fields = fields }
}
