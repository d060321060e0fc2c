// SPDX-License-Identifier: Apache-2.0

import Foundation
import Yams

extension FieldRule {
    private static let origins = ["column", "constant", "template", "first", "list", "split", "object"]
    private static let steps = ["null_if", "map", "otherwise", "as", "format", "time_zone", "default"]
    private static let conversions = ["text", "date", "boolean", "integer", "plain_text"]

    /// `fields:`, or the members of an `object:`.
    ///
    /// - Parameter known: all fields of the type; nested ones are written with dots.
    /// - Parameter prefix: `address.` within an object.
    static func parseFields(
        _ node: Node, of what: String, _ reader: MappingText, known: [String]?, prefix: String
    ) throws(SourceError) -> [NamedRule] {
        let section = try Section(node, "the fields of \(what)", in: reader, keys: nil)
        let level =
            known?.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }.filter { !$0.contains(".") }.map(
                String.init) ?? []
        var rules: [NamedRule] = []
        for (key, value) in node.mapping ?? [:] {
            let field = key.scalar?.string ?? ""
            if !level.isEmpty, !level.contains(field) {
                throw reader.error(
                    key.line, "'\(prefix)\(field)' is not a field of \(what)",
                    remedy: Nearest.hint(for: field, in: level))
            }
            rules.append(
                NamedRule(field: field, rule: try parse(value, field: prefix + field, what, reader, known: known)))
        }
        guard !rules.isEmpty else {
            throw reader.error(section.line, "\(section.what) are empty", remedy: "add one 'field: column' line each")
        }
        return rules
    }

    private static func parse(
        _ node: Node, field: String, _ what: String, _ reader: MappingText, known: [String]?
    ) throws(SourceError) -> FieldRule {
        if case .scalar(let scalar) = node {
            guard !scalar.string.isEmpty else {
                throw reader.error(node.line, "'\(field)' names no column", remedy: "write 'field: column'")
            }
            return FieldRule(origin: .column(scalar.string), line: node.line)
        }
        let section = try Section(node, "'\(field)'", in: reader, keys: origins + steps)
        let given = origins.filter(section.has)
        guard given.count == 1 else {
            throw reader.error(
                section.line,
                given.isEmpty
                    ? "'\(field)' does not say where it comes from"
                    : "'\(field)' says it twice: \(given.joined(separator: ", "))",
                remedy: "give exactly one of " + origins.joined(separator: ", "))
        }
        var rule = FieldRule(origin: try origin(given[0], section, field, what, known), line: section.line)
        switch rule.origin {
        case .list, .object, .constant:
            if let step = steps.first(where: section.has) {
                throw section.misplaced(
                    step, "'\(step)' does not go with '\(given[0])'", remedy: "put it on the columns inside")
            }
        default:
            try rule.readSteps(section)
        }
        return rule
    }

    private static func origin(
        _ name: String, _ section: Section, _ field: String, _ what: String, _ known: [String]?
    ) throws(SourceError) -> Origin {
        let reader = section.reader
        switch name {
        case "column":
            return .column(try section.required("column"))
        case "constant":
            return .constant(try constant(section))
        case "template":
            do {
                return .template(try Template(try section.expanded("template") ?? ""))
            } catch let mistake as Template.Mistake {
                throw section.misplaced("template", "the template of '\(field)' is wrong: \(mistake.message)")
            } catch {
                // Always one: `expanded` throws `SourceError`, `Template` its own `Mistake`, which is caught above.
                throw error as! SourceError
            }
        case "split":
            let pair = try Section(section.node("split")!, "'split' of '\(field)'", in: reader, keys: ["column", "on"])
            let separator = try pair.required("on")
            return .split(column: try pair.required("column"), separator: separator)
        case "object":
            return .object(
                try parseFields(section.node("object")!, of: what, reader, known: known, prefix: field + "."))
        default:
            guard case .sequence(let items)? = section.node(name), !items.isEmpty else {
                throw section.misplaced(
                    name, "'\(name)' of '\(field)' must be a list of columns",
                    remedy: "write \(name): [column1, column2]")
            }
            var rules: [FieldRule] = []
            for item in items { rules.append(try parse(item, field: field, what, reader, known: known)) }
            return name == "first" ? .first(rules) : .list(rules)
        }
    }

    private static func constant(_ section: Section) throws(SourceError) -> Constant {
        let text = try section.expanded("constant") ?? ""
        guard case .scalar(let scalar)? = section.node("constant"), scalar.style == .plain || scalar.style == .any
        else { return .text(text) }
        if text == "true" || text == "false" { return .bool(text == "true") }
        return Int64(text).map(Constant.int) ?? .text(text)
    }

    private mutating func readSteps(_ section: Section) throws(SourceError) {
        nullIf = try section.texts("null_if").map { Set($0) }
        fallback = try section.text("default")
        otherwise = try section.text("otherwise")
        if let node = section.node("map") {
            let pairs = try Section(node, "'map' of \(section.what)", in: section.reader, keys: nil)
            for name in pairs.names { map[name] = try pairs.text(name) }
        } else if otherwise != nil {
            throw section.misplaced(
                "otherwise", "'otherwise' needs a 'map'", remedy: "use 'default' for a column that is empty")
        }
        let name = try section.choice("as", Self.conversions)
        if name != "date", let key = ["format", "time_zone"].first(where: section.has) {
            throw section.misplaced(key, "'\(key)' needs 'as: date'", remedy: "add it")
        }
        switch name {
        case "date":
            var form = DateForm.iso
            if let text = try section.text("format") {
                do { form = try DateForm(text) } catch {
                    throw section.misplaced("format", "the date format is wrong: \(error.message)")
                }
            }
            conversion = .date(form, zone: try section.timeZone("time_zone"))
        case "boolean": conversion = .boolean
        case "integer": conversion = .integer
        case "plain_text": conversion = .plainText
        default: conversion = .text
        }
    }
}
