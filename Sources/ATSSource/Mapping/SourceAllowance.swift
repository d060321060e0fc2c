// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a mapping that was written on a page may read. Whoever runs the connector names it; who edits mappings cannot widen it.
///
/// A mapping file on the command line may read whatever its reader's account may; on a page it would be the server's.
package struct SourceAllowance: Sendable, Hashable {
    /// Folders whose files may be read, as absolute paths.
    package private(set) var folders: [String] = []
    /// Data sources of `odbc.ini`.
    package private(set) var dataSources: [String] = []

    package var isEmpty: Bool { folders.isEmpty && dataSources.isEmpty }

    package struct Mistake: Error, CustomStringConvertible {
        package var description: String
    }

    package init() {}

    /// - Parameter text: `/srv/exports, dsn:acme-ats`: absolute folders, and names of data sources.
    /// - Throws: `Mistake` for anything else.
    package init(parsing text: String) throws(Mistake) {
        for part in text.split(separator: ",").compactMap({ String($0).trimmed }) {
            if part.lowercased().hasPrefix("dsn:"), let name = String(part.dropFirst(4)).trimmed {
                dataSources.append(name)
            } else if part.hasPrefix("/"), part != "/" {
                folders.append(URL(fileURLWithPath: part).standardizedFileURL.path)
            } else {
                throw Mistake(description: "'\(part)' is neither an absolute folder nor dsn:NAME")
            }
        }
    }

    /// The mapping, sure to read nothing else.
    ///
    /// - Throws: `SourceError` `.mapping` naming what is not allowed, and what is.
    package func confined(_ mapping: Mapping) throws(SourceError) -> Mapping {
        var mapping = mapping
        switch mapping.source.kind {
        case .odbc(let settings):
            var confined = settings
            confined.connectionString = try connection(settings, mapping)
            mapping.source.kind = .odbc(confined)
            for record in mapping.records { try check(record, mapping) }
        case .csv, .ndjson:
            for record in mapping.records {
                if case .file(let path) = record.input { try check(path, record, mapping) }
            }
        }
        return mapping
    }

    /// The connection string, put together anew from the three keys that a page may say: any other could lead to another server or file.
    private func connection(_ settings: ODBCSettings, _ mapping: Mapping) throws(SourceError) -> String {
        let place = Place(file: mapping.file)
        if settings.hasPlainPassword {
            throw SourceError(
                .mapping, at: place, "the password stands in the mapping",
                remedy: "write PWD: ${NAME} and save its value as a secret")
        }
        let pairs = ConnectionString.pairs(settings.connectionString)
        if let other = pairs.first(where: { !["DSN", "UID", "PWD"].contains($0.key) }) {
            throw SourceError(
                .mapping, at: place, "a mapping on this page cannot say '\(other.key.prefix(40))' in its connection",
                remedy: "name a data source of the server with DSN, and with UID and PWD who reads it")
        }
        guard let dsn = pairs.first(where: { $0.key == "DSN" })?.value, dataSources.contains(dsn),
            Set(pairs.map(\.key)).count == pairs.count
        else {
            throw SourceError(.mapping, at: place, "this data source is not one that pages may read", remedy: remedy)
        }
        for statement in settings.onConnect {
            guard statement.uppercased().hasPrefix("SET "), !statement.contains(";") else {
                throw SourceError(
                    .mapping, at: place, "on_connect may only have statements that begin with SET", remedy: "")
            }
        }
        return pairs.map { "\($0.key)=\(ConnectionString.quoted($0.value));" }.joined()
    }

    /// Only queries. What the login may do still decides: it should be one that may only read.
    private func check(_ record: RecordMapping, _ mapping: Mapping) throws(SourceError) {
        var queries: [QueryText] = []
        if case .query(let query) = record.input { queries.append(query) }
        switch record.deletions {
        case .tombstones(let query)?, .compare(let query?)?: queries.append(query)
        default: break
        }
        for query in queries {
            let words = query.sql.drop { $0.isWhitespace || $0 == "(" }.prefix(7).uppercased()
            guard words.hasPrefix("SELECT") || words.hasPrefix("WITH"), !query.sql.contains(";") else {
                throw SourceError(
                    .mapping, at: Place(file: mapping.file, line: query.line),
                    "a query on this page is one statement that begins with SELECT or WITH, without a semicolon")
            }
        }
    }

    private func check(_ path: String, _ record: RecordMapping, _ mapping: Mapping) throws(SourceError) {
        let place = Place(file: mapping.file, line: record.line)
        let written = URL(fileURLWithPath: path).standardizedFileURL.path
        // First by its name alone: nobody shall learn which files there are elsewhere.
        guard folders.contains(where: { Self.isInside(written, $0) }) else {
            throw SourceError(
                .mapping, at: place, "this file is in no folder that pages may read", remedy: remedy)
        }
        let manager = FileManager.default
        guard manager.fileExists(atPath: written) else { return }
        let real = URL(fileURLWithPath: written).resolvingSymlinksInPath().path
        let type = try? manager.attributesOfItem(atPath: real)[.type] as? FileAttributeType
        guard type == .typeRegular,
            folders.contains(where: { Self.isInside(real, URL(fileURLWithPath: $0).resolvingSymlinksInPath().path) })
        else {
            throw SourceError(.mapping, at: place, "this is no plain file inside a folder that pages may read")
        }
    }

    private static func isInside(_ path: String, _ folder: String) -> Bool {
        path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    private var remedy: String {
        let known = folders + dataSources.map { "the data source \($0)" }
        guard !known.isEmpty else { return "whoever runs the connector names what pages may read in sources.allowed" }
        return "pages may read \(known.joined(separator: ", ")) (the connector's setting sources.allowed)"
    }
}
