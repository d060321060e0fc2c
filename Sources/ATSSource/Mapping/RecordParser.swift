// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import Yams

extension RecordMapping {
    /// One entry of `records`.
    static func parse(
        _ node: Node, _ reader: MappingText, source: SourceSettings, nullIf: Set<String>, known: KnownFields?
    ) throws(SourceError) -> RecordMapping {
        let keys = ["type", "name", "query", "file", "key", "null_if", "watermark", "deleted", "fields"]
        let types = RecordKind.allCases.map(\.rawValue)
        let any = try Section(node, "an entry of records", in: reader, keys: keys)
        guard let type = try any.choice("type", types), let kind = RecordKind(rawValue: type) else {
            throw reader.error(
                any.line, "an entry of records lacks 'type'", remedy: "it is one of: " + types.joined(separator: ", "))
        }
        let section = try Section(node, "the \(type) record", in: reader, keys: keys)
        var record = RecordMapping(
            name: try section.text("name") ?? type, kind: kind, input: try input(section, source), fields: [],
            key: try section.texts("key") ?? [], watermark: nil, deletions: nil,
            nullIf: Set(try section.texts("null_if") ?? Array(nullIf)),
            line: section.line)
        record.watermark = try watermark(section, record)
        record.deletions = try deletions(section, record)
        if let fields = section.node("fields") {
            record.fields = try FieldRule.parseFields(
                fields, of: "the \(type) record", reader, known: known?.fields[kind], prefix: "")
            try record.checkKeyFields(reader)
        } else if case .ndjson = source.kind {
            // The lines already speak our language.
        } else {
            throw reader.error(
                section.line, "the \(type) record lacks 'fields'",
                remedy: "add 'fields:' with one 'field: column' line each")
        }
        return record
    }

    private func checkKeyFields(_ reader: MappingText) throws(SourceError) {
        for field in keyFields where !fields.contains(where: { $0.field == field }) {
            throw reader.error(
                line, "the \(kind.rawValue) record lacks the field '\(field)'",
                remedy: "every record needs it: it is (part of) its key")
        }
    }

    private static func input(_ section: Section, _ source: SourceSettings) throws(SourceError) -> Input {
        switch source.kind {
        case .odbc:
            if section.has("file") {
                throw section.misplaced("file", "only csv and ndjson sources have files", remedy: "write a 'query'")
            }
            return .query(QueryText(try section.required("query"), line: section.line(of: "query")))
        case .csv(let settings):
            return .file(try file(section, in: settings.folder))
        case .ndjson(let folder):
            return .file(try file(section, in: folder))
        }
    }

    private static func file(_ section: Section, in folder: String) throws(SourceError) -> String {
        for key in ["query", "watermark"] where section.has(key) {
            throw section.misplaced(
                key, "only odbc sources have a \(key)",
                remedy: "files are read whole: unchanged records cost nothing downstream")
        }
        _ = try section.required("file")
        let name = try section.expanded("file") ?? ""
        return name.hasPrefix("/") ? name : folder + "/" + name
    }

    private static func watermark(_ section: Section, _ record: RecordMapping) throws(SourceError) -> WatermarkRule? {
        guard case .query(let query) = record.input else { return nil }
        guard let node = section.node("watermark") else {
            if query.watermarks > 0 {
                throw section.reader.error(
                    query.line, "the query uses {watermark}, but there is no 'watermark' column",
                    remedy: "add 'watermark: column'")
            }
            return nil
        }
        guard query.watermarks > 0 else {
            throw section.misplaced(
                "watermark", "the query does not use {watermark}, so every run would read everything",
                remedy: "add a condition such as 'WHERE updated_at >= {watermark}'")
        }
        guard case .mapping = node else {
            return WatermarkRule(
                column: try section.required("watermark"), kind: .timestamp, overlap: .seconds(300),
                start: "1900-01-01 00:00:00",
                line: node.line)
        }
        let rule = try Section(node, "watermark", in: section.reader, keys: ["column", "type", "overlap", "start"])
        let kind = WatermarkRule.Kind(
            rawValue: try rule.choice("type", WatermarkRule.Kind.allCases.map(\.rawValue)) ?? "timestamp")!
        let start = [.timestamp: "1900-01-01 00:00:00", .integer: "\(Int64.min)", .text: ""][kind]!
        let own = try rule.text("start") ?? start
        if kind == .integer ? Int64(own) == nil : kind == .timestamp && DateForm.iso.read(own) == nil {
            throw rule.misplaced("start", "'start' of watermark is no \(kind.rawValue)")
        }
        return WatermarkRule(
            column: try rule.required("column"), kind: kind, overlap: try rule.duration("overlap") ?? .seconds(300),
            start: own, line: rule.line)
    }

    private static func deletions(_ section: Section, _ record: RecordMapping) throws(SourceError) -> Deletions? {
        guard let node = section.node("deleted") else { return nil }
        let rule = try Section(node, "deleted", in: section.reader, keys: ["query", "compare"])
        let query = try rule.text("query").map { QueryText($0, line: rule.line(of: "query")) }
        if query != nil, case .file = record.input {
            throw rule.misplaced("query", "only odbc sources have queries", remedy: "write 'compare: true'")
        }
        if let query, query.watermarks > 0, record.watermark == nil {
            throw rule.misplaced("query", "the query uses {watermark}, but the record has no 'watermark' column")
        }
        if try rule.flag("compare") ?? false {
            if let query, query.watermarks > 0 {
                throw rule.misplaced(
                    "query", "a query that lists all keys cannot use {watermark}", remedy: "remove the condition")
            }
            return .compare(query)
        }
        guard let query else {
            throw section.reader.error(
                rule.line, "'deleted' lacks a query",
                remedy: "add 'query: SELECT …' that gives the deleted ids, or 'compare: true'")
        }
        return .tombstones(query)
    }
}

extension Section {
    /// An error at a key that should not be there, or not like this.
    func misplaced(_ key: String, _ message: String, remedy: String = "") -> SourceError {
        reader.error(line(of: key), message, remedy: remedy)
    }

    /// `90s`, `5m`, `2h`, `1d` or a number of seconds; nil when absent.
    func duration(_ name: String) throws(SourceError) -> Duration? {
        guard let text = try text(name) else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? text[...] : text.dropLast()),
            (0...31_622_400).contains(number * (unit ?? 1))
        else {
            throw reader.error(
                line(of: name), "'\(name)' of \(what) is no length of time",
                remedy: "write it like 90s, 5m, 2h or 1d, at most 366d")
        }
        return .seconds(number * (unit ?? 1))
    }
}
