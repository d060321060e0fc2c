// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// The members of a control request, from its body or its query, each read with a check that names it when it fails.
struct ControlInput: Sendable {
    private let values: JSONObject
    /// From a query everything is text, so numbers and flags are read out of it.
    private let isText: Bool
    private let prefix: String

    private init(_ values: JSONObject, isText: Bool, prefix: String = "") {
        self.values = values
        self.isText = isText
        self.prefix = prefix
    }

    /// Members that are read already.
    init(_ values: JSONObject) { self.init(values, isText: false) }

    /// A JSON object; an empty body is an empty object.
    init(body: [UInt8]) throws {
        guard !body.isEmpty else {
            self.init([:], isText: false)
            return
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: body)
        } catch {
            throw ControlError(
                400, "the body is not JSON: \(error.message) at byte \(error.offset)", remedy: "send one JSON object")
        }
        guard let object = value.object else {
            throw ControlError(400, "the body is not an object", remedy: "send one JSON object")
        }
        self.init(object, isText: false)
    }

    init(query: String) {
        var values: JSONObject = [:]
        for (name, value) in FormFields(query.utf8).pairs { values[name] = .string(value) }
        self.init(values, isText: true)
    }

    /// One object inside, with its place in the messages.
    init(_ value: JSONValue, at place: String) throws {
        guard let object = value.object else {
            throw ControlError(field: place, "must be an object", remedy: "see docs/sandbox.md")
        }
        self.init(object, isText: false, prefix: place + ".")
    }

    /// Refuses members nobody reads, because a misspelt one would be ignored in silence.
    func only(_ names: String...) throws {
        for (name, _) in values where !names.contains(name) {
            throw ControlError(
                field: prefix + name, "is not known here",
                remedy: names.isEmpty ? "leave it out" : "use one of: " + names.joined(separator: ", "))
        }
    }

    func has(_ name: String) -> Bool { values[name].map { !$0.isNull } ?? false }

    var all: JSONObject { values }

    func string(_ name: String) throws -> String? {
        guard let value = present(name) else { return nil }
        guard let text = value.string, !text.isEmpty else { throw wrong(name, "must be a text that is not empty") }
        return text
    }

    func int(_ name: String, in range: ClosedRange<Int64> = 0...Int64.max) throws -> Int64? {
        guard let value = present(name) else { return nil }
        guard let number = isText ? value.string.flatMap({ Int64($0) }) : value.int, range.contains(number) else {
            let limit =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            throw wrong(name, "must be a whole number, \(limit)")
        }
        return number
    }

    func double(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let value = present(name) else { return nil }
        guard let number = value.double, range.contains(number) else {
            throw wrong(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func bool(_ name: String) throws -> Bool? {
        guard let value = present(name) else { return nil }
        guard let flag = isText ? value.string.flatMap({ Bool($0) }) : value.bool else {
            throw wrong(name, "must be true or false")
        }
        return flag
    }

    func array(_ name: String) throws -> [JSONValue]? {
        guard let value = present(name) else { return nil }
        guard let array = value.array else { throw wrong(name, "must be an array") }
        return array
    }

    func object(_ name: String) throws -> JSONObject? {
        guard let value = present(name) else { return nil }
        guard let object = value.object else { throw wrong(name, "must be an object") }
        return object
    }

    /// One of a closed set of words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type) throws -> Choice?
    where Choice.RawValue == String {
        guard let text = try string(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw wrong(name, "must be one of: " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    func required<Value>(_ name: String, _ value: Value?) throws -> Value {
        guard let value else {
            throw ControlError(field: prefix + name, "is missing", remedy: "add \"\(prefix)\(name)\"")
        }
        return value
    }

    private func present(_ name: String) -> JSONValue? { values[name].flatMap { $0.isNull ? nil : $0 } }

    private func wrong(_ name: String, _ rule: String) -> ControlError {
        ControlError(
            field: prefix + name, rule, remedy: "correct \"\(prefix)\(name)\"; docs/sandbox.md shows an example")
    }
}
