// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes

/// Turns the rows of one record mapping into lines of our API's language.
struct RowMapper {
    /// What a row stands for.
    enum Purpose {
        /// A record with all its fields.
        case record
        /// A record that is gone: its key and `"deleted":true`.
        case deletion
        /// One key of a list of all: its key without a type.
        case key
    }

    /// The columns a row must bring, in this order, each with the line of the mapping file that asks for it.
    let wanted: [(name: String, line: Int)]
    private let kind: RecordKind
    private let purpose: Purpose
    private let keyFields: [String]
    private let fields: [(name: String, step: FieldStep)]
    private var zones: Zones

    init(_ record: RecordMapping, zone: TimeZone, purpose: Purpose) {
        kind = record.kind
        self.purpose = purpose
        keyFields = record.keyFields
        let rules = purpose == .record ? record.fields : record.fields.filter { record.keyFields.contains($0.field) }
        var compiler = FieldCompiler(nullIf: record.nullIf, zone: zone)
        fields = rules.map { ($0.field, compiler.compile($0.rule, field: $0.field)) }
        if let watermark = record.watermark, purpose == .record {
            _ = compiler.column(watermark.column, line: watermark.line)
        }
        if purpose != .deletion { for column in record.key { _ = compiler.column(column, line: record.line) } }
        wanted = compiler.columns
        zones = Zones(compiler.zones)
    }

    /// Where in `wanted` a column is.
    func index(of column: String) -> Int? { wanted.firstIndex { $0.name == column } }

    /// Appends one line.
    ///
    /// - Parameter cells: the values of `wanted`.
    /// - Throws: `.data` when a value cannot be converted or the key has no value; nothing is appended then.
    mutating func write(_ cells: [Cell], at place: Place, to writer: inout JSONWriter) throws(SourceError) {
        var values: [(String, JSONValue)] = []
        values.reserveCapacity(fields.count)
        for (name, step) in fields {
            do {
                let value = try step.value(cells, &zones)
                if value != .null { values.append((name, value)) }
            } catch {
                throw SourceError(.data, at: place.column(error.column), error.message, remedy: error.remedy)
            }
        }
        for field in keyFields where !fields.isEmpty && !values.contains(where: { $0.0 == field }) {
            throw SourceError(.data, at: place, "the row has no value for '\(field)'", remedy: "every record needs one")
        }
        writer.beginObject()
        if purpose != .key {
            writer.name("type")
            writer.string(kind.rawValue)
        }
        for (name, value) in values {
            writer.name(name)
            writer.value(value)
        }
        if fields.isEmpty { try passOn(cells, at: place, to: &writer) }
        if purpose == .deletion {
            writer.name("deleted")
            writer.bool(true)
        }
        writer.endObject()
        writer.endLine()
    }

    /// The members of an NDJSON line that needs no mapping.
    private func passOn(_ cells: [Cell], at place: Place, to writer: inout JSONWriter) throws(SourceError) {
        guard case .json(.object(let object))? = cells.first else { return }
        for (name, value) in object where name != "type" && (purpose == .record || keyFields.contains(name)) {
            writer.name(name)
            writer.value(value)
        }
    }
}

/// The zones of a mapping's dates, each with its memory of offsets.
struct Zones {
    private var zones: [Zone]

    init(_ zones: [TimeZone]) { self.zones = zones.map(Zone.init) }

    mutating func utc(_ time: WallTime, zone: Int) -> String { zones[zone].utc(time) }
}
