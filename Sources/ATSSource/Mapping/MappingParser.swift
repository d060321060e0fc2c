// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import Yams

extension Mapping {
    /// Reads a mapping file.
    ///
    /// - Parameter known: the fields our API knows; nil leaves field names unchecked.
    /// - Parameter environment: what `${NAME}` is taken from.
    /// - Throws: `SourceError` `.file` when there is none, `.mapping` for the first mistake in it, with its line.
    package static func read(
        path: String, known: KnownFields?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SourceError) -> Mapping {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SourceError(
                .file, at: Place(file: path), "there is no such file, or it cannot be read",
                remedy: "check the path and its rights")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw SourceError(.mapping, at: Place(file: path), "not UTF-8 text", remedy: "save it as UTF-8")
        }
        return try parse(text, file: path, known: known, environment: environment)
    }

    /// Reads the text of a mapping file. Relative paths in it start from the folder of `file`.
    ///
    /// - Parameter secrets: what `${NAME}` may be in the connection only, where no message shows it.
    package static func parse(
        _ yaml: String, file: String, known: KnownFields?, environment: [String: String] = [:],
        secrets: [String: String] = [:]
    ) throws(SourceError) -> Mapping {
        let reader = MappingText(file: file, environment: environment, secrets: secrets)
        let top = try Section(try reader.root(yaml), "the mapping", in: reader, keys: ["version", "source", "records"])
        let version = try top.required("version")
        guard version == "1" else {
            throw reader.error(
                top.line(of: "version"), "version \(version) of mapping files is not known",
                remedy: "this program reads version 1")
        }
        guard let sourceNode = top.node("source") else {
            throw reader.error(top.line, "the mapping lacks 'source'", remedy: "add it")
        }
        let (source, nullIf) = try SourceSettings.parse(sourceNode, reader)
        guard case .sequence(let nodes)? = top.node("records"), !nodes.isEmpty else {
            throw reader.error(
                top.line(of: "records"), "'records' must be a list with one entry per record type",
                remedy: "add '- type: candidate …'")
        }
        var records: [RecordMapping] = []
        for node in nodes {
            let record = try RecordMapping.parse(node, reader, source: source, nullIf: nullIf, known: known)
            if records.contains(where: { $0.name == record.name }) {
                throw reader.error(
                    record.line, "there are two records named '\(record.name)'",
                    remedy: "give one of them a 'name' of its own")
            }
            records.append(record)
        }
        for record in records {
            guard case .compare? = record.deletions,
                records.contains(where: { $0.kind == record.kind && $0.name != record.name })
            else { continue }
            throw reader.error(
                record.line,
                "deletions of '\(record.kind.rawValue)' cannot be found by comparing, because two entries supply this type",
                remedy: "use one query with UNION, or a tombstone query")
        }
        return Mapping(file: file, source: source, records: records)
    }
}

extension SourceSettings {
    static func parse(_ node: Node, _ reader: MappingText) throws(SourceError) -> (SourceSettings, nullIf: Set<String>)
    {
        let kindNode = try Section(node, "source", in: reader, keys: nil)
        let kinds = ["odbc", "csv", "ndjson"]
        guard let kind = try kindNode.choice("kind", kinds) else {
            throw reader.error(
                kindNode.line, "source lacks 'kind'", remedy: "add 'kind: odbc', 'kind: csv' or 'kind: ndjson'")
        }
        let shared = ["kind", "time_zone", "null_if"]
        let own = [
            "odbc": ["connection", "on_connect", "block_rows"], "csv": ["folder", "delimiter", "encoding"],
            "ndjson": ["folder"],
        ]
        let section = try Section(node, "a source of kind \(kind)", in: reader, keys: shared + own[kind]!)
        let zone = try section.timeZone("time_zone") ?? .gmt
        let settings: Kind =
            switch kind {
            case "odbc": .odbc(try odbc(section))
            case "csv": .csv(try csv(section))
            default: .ndjson(folder: try folder(section))
            }
        return (SourceSettings(kind: settings, timeZone: zone), nullIf: Set(try section.texts("null_if") ?? []))
    }

    private static func odbc(_ section: Section) throws(SourceError) -> ODBCSettings {
        guard let node = section.node("connection") else {
            throw section.reader.error(
                section.line, "source lacks 'connection'",
                remedy: "add the pieces of an ODBC connection string below it")
        }
        var settings = ODBCSettings(connectionString: "")
        if case .mapping = node {
            let pieces = try Section(node, "connection", in: section.reader, keys: nil)
            for name in pieces.names {
                let value = try pieces.expanded(name, isSecret: true) ?? ""
                if ConnectionString.isPlainPassword(name, try pieces.text(name) ?? "") {
                    settings.hasPlainPassword = true
                }
                settings.connectionString += "\(name)=\(ConnectionString.quoted(value));"
            }
        } else {
            settings.connectionString = try section.expanded("connection", isSecret: true) ?? ""
            settings.hasPlainPassword = ConnectionString.pairs(try section.text("connection") ?? "")
                .contains { ConnectionString.isPlainPassword($0.key, $0.value) }
        }
        settings.onConnect = try section.texts("on_connect") ?? []
        if let rows = try section.number("block_rows", in: 1...5000) { settings.blockRows = rows }
        return settings
    }

    private static func csv(_ section: Section) throws(SourceError) -> CSVSettings {
        var settings = CSVSettings(folder: try folder(section))
        if let text = try section.text("delimiter") {
            let named = ["tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"][text] ?? text
            guard named.utf8.count == 1, let byte = named.utf8.first, byte != UInt8(ascii: "\""), byte != 10, byte != 13
            else {
                throw section.reader.error(
                    section.line(of: "delimiter"),
                    "'delimiter' must be one ASCII character, or tab, comma, semicolon, pipe")
            }
            settings.delimiter = byte
        }
        if let text = try section.choice("encoding", CSVSettings.Encoding.allCases.map(\.rawValue)) {
            settings.encoding = CSVSettings.Encoding(rawValue: text)!
        }
        return settings
    }

    /// The folder of the data, from the folder of the mapping file.
    private static func folder(_ section: Section) throws(SourceError) -> String {
        let base = URL(fileURLWithPath: section.reader.file).deletingLastPathComponent()
        guard let folder = try section.expanded("folder") else { return base.path }
        return URL(fileURLWithPath: folder, relativeTo: base).path
    }
}

extension Section {
    func timeZone(_ name: String) throws(SourceError) -> TimeZone? {
        guard let text = try expanded(name) else { return nil }
        guard let zone = TimeZone(identifier: text) else {
            throw reader.error(
                line(of: name), "there is no time zone '\(text)'", remedy: "write it like Europe/Berlin, or UTC")
        }
        return zone
    }
}
