// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONBytes

/// A field rule with column numbers in place of names: what runs for every row.
struct FieldStep {
    indirect enum Origin {
        case column(Int)
        case constant(JSONValue)
        case template(Template, columns: [Int])
        case first([FieldStep])
        case list([FieldStep])
        case split(column: Int, separator: String)
        case object([(name: String, step: FieldStep)])
    }

    enum Conversion {
        case text, boolean, integer, plainText
        case date(DateForm, zone: Int)
    }

    /// A value that cannot be used, without the value.
    struct Failure: Error {
        var column: String
        var message: String
        var remedy: String
    }

    var origin: Origin
    /// What messages call the place: the column, or the field when it has several.
    var column: String
    var nullIf: Set<String>
    var map: [String: String]
    var otherwise: String?
    var conversion: Conversion
    var fallback: JSONValue
    /// The zone of dates whose column already is a date.
    var zone: Int

    private var isConstant: Bool { if case .constant = origin { true } else { false } }

    /// The value for one row; `.null` when there is none.
    func value(_ cells: [Cell], _ zones: inout Zones) throws(Failure) -> JSONValue {
        let raw = try original(cells, &zones)
        guard case .string(let text) = raw else { return raw == .null ? fallback : raw }
        return try converted(text, &zones)
    }

    private func original(_ cells: [Cell], _ zones: inout Zones) throws(Failure) -> JSONValue {
        switch origin {
        case .column(let index):
            return cell(cells[index], &zones)
        case .constant(let value):
            return value
        case .template(let template, let columns):
            return template.fill { present(cells[columns[$0]]) }.map(JSONValue.string) ?? .null
        case .first(let steps):
            for step in steps {
                let value = try step.value(cells, &zones)
                if value != .null { return value }
            }
            return .null
        case .list(let steps):
            var values: [JSONValue] = []
            for step in steps {
                let value = try step.value(cells, &zones)
                if value != .null, !values.contains(value) { values.append(value) }
            }
            return values.isEmpty ? .null : .array(values)
        case .split(let index, let separator):
            guard let text = present(cells[index]) else { return .null }
            var values: [JSONValue] = []
            for piece in text.components(separatedBy: separator) {
                guard let piece = piece.trimmed, !nullIf.contains(piece) else { continue }
                values.append(try converted(piece, &zones))
            }
            return values.isEmpty ? .null : .array(values)
        case .object(let members):
            var object = JSONObject()
            for (name, step) in members {
                let value = try step.value(cells, &zones)
                if value != .null { object[name] = value }
            }
            // Constants alone say nothing about this row.
            return members.contains { !$0.step.isConstant && object[$0.name] != nil } ? .object(object) : .null
        }
    }

    /// A cell as text for conversion, or as the value it already is.
    private func cell(_ cell: Cell, _ zones: inout Zones) -> JSONValue {
        switch cell {
        case .json(let value): return value
        case .wall(let time):
            guard present(cell) != nil else { return .null }
            if case .date(_, let zone) = conversion { return .string(zones.utc(time, zone: zone)) }
            return map.isEmpty ? .string(zones.utc(time, zone: zone)) : .string(time.description)
        default: return present(cell).map(JSONValue.string) ?? .null
        }
    }

    /// The text of a cell unless it means nothing.
    private func present(_ cell: Cell) -> String? {
        guard let text = cell.text, !nullIf.contains(text) else { return nil }
        return text
    }

    private func converted(_ original: String, _ zones: inout Zones) throws(Failure) -> JSONValue {
        var text = original
        if !map.isEmpty { text = map[original] ?? otherwise ?? original }
        switch conversion {
        case .text:
            return .string(text)
        case .plainText:
            return PlainText.of(html: text).trimmed.map(JSONValue.string) ?? fallback
        case .integer:
            guard let number = Int64(text) else {
                throw failure("not a whole number", "correct the value, or leave 'as: integer' out")
            }
            return .int(number)
        case .boolean:
            guard let flag = Self.flag(text) else {
                throw failure("neither true nor false", "give its values a 'map' to true and false")
            }
            return .bool(flag)
        case .date(let form, let zone):
            // A column that already was a date has become ISO 8601 in UTC.
            guard let reading = form.read(text) ?? ISODate.read(text).flatMap({ $0.offset == nil ? nil : $0 }) else {
                throw failure("not a date written as \(form.text)", "set 'format' to how the column writes dates")
            }
            guard let offset = reading.offset else { return .string(zones.utc(reading.time, zone: zone)) }
            return .string(Zone.iso(seconds: reading.time.seconds - offset, microsecond: reading.time.microsecond))
        }
    }

    private func failure(_ message: String, _ remedy: String) -> Failure {
        Failure(column: column, message: message, remedy: remedy)
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "t", "yes", "y", "on": true
        case "0", "false", "f", "no", "n", "off": false
        default: nil
        }
    }
}

/// Gives the columns of a record's rules their numbers.
struct FieldCompiler {
    let nullIf: Set<String>
    let zone: TimeZone
    private(set) var columns: [(name: String, line: Int)] = []
    private(set) var zones: [TimeZone]

    init(nullIf: Set<String>, zone: TimeZone) {
        self.nullIf = nullIf
        self.zone = zone
        zones = [zone]
    }

    mutating func column(_ name: String, line: Int) -> Int {
        if let known = columns.firstIndex(where: { $0.name == name }) { return known }
        columns.append((name, line))
        return columns.count - 1
    }

    mutating func compile(_ rule: FieldRule, field: String) -> FieldStep {
        var name = field
        let origin: FieldStep.Origin
        switch rule.origin {
        case .column(let column):
            name = column
            origin = .column(self.column(column, line: rule.line))
        case .constant(.text(let text)): origin = .constant(.string(text))
        case .constant(.bool(let flag)): origin = .constant(.bool(flag))
        case .constant(.int(let number)): origin = .constant(.int(number))
        case .template(let template):
            origin = .template(template, columns: template.columns.map { column($0, line: rule.line) })
        case .first(let rules): origin = .first(rules.map { compile($0, field: field) })
        case .list(let rules): origin = .list(rules.map { compile($0, field: field) })
        case .split(let column, let separator):
            name = column
            origin = .split(column: self.column(column, line: rule.line), separator: separator)
        case .object(let members): origin = .object(members.map { ($0.field, compile($0.rule, field: $0.field)) })
        }
        let conversion: FieldStep.Conversion =
            switch rule.conversion {
            case .text: .text
            case .boolean: .boolean
            case .integer: .integer
            case .plainText: .plainText
            case .date(let form, let zone): .date(form, zone: index(of: zone ?? self.zone))
            }
        return FieldStep(
            origin: origin, column: name, nullIf: rule.nullIf ?? nullIf, map: rule.map, otherwise: rule.otherwise,
            conversion: conversion,
            fallback: rule.fallback.map(JSONValue.string) ?? .null, zone: 0)
    }

    private mutating func index(of zone: TimeZone) -> Int {
        if let known = zones.firstIndex(of: zone) { return known }
        zones.append(zone)
        return zones.count - 1
    }
}
