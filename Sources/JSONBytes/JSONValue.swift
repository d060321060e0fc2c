// SPDX-License-Identifier: Apache-2.0

/// Any JSON value, for documents that are small or whose shape is not known. Hot paths use `JSONReader`.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits 64 bits.
    case int(Int64)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Parses one document.
    ///
    /// - Throws: `JSONError`.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(JSONError) in try JSONValue(parsing: buffer) }
        }
        self = try result.get()
    }

    /// Parses one document.
    ///
    /// - Throws: `JSONError`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.value()
        try reader.end()
    }

    /// Parses one document.
    ///
    /// - Throws: `JSONError`.
    package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }

    /// The value as compact JSON.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }

    package var kind: JSONKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int, .double: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}

extension JSONValue {
    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    package var isNull: Bool { self == .null }

    /// An integer, also one written as `1.0` or `1e3`.
    package var int: Int64? {
        switch self {
        case .int(let value): value
        case .double(let value): Int64(exactly: value)
        default: nil
        }
    }

    package var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The member of an object; nil when it is not there or this is no object. Assigning nil removes it.
    package subscript(name: String) -> JSONValue? {
        get { object?[name] }
        set {
            guard case .object(var members) = self else { return }
            self = .null  // so that the members have one owner and are changed in place
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The element of an array; nil when it is not there or this is no array.
    package subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONReader {
    /// Reads any value. In an object that has a name twice, the last one wins.
    ///
    /// - Throws: `JSONError`.
    package mutating func value() throws(JSONError) -> JSONValue {
        switch try peek() {
        case .string: return .string(try scanString().string)
        case .number: return try number()
        case .bool: return .bool(try bool())
        case .null:
            _ = try null()
            return .null
        case .array:
            var elements: [JSONValue] = []
            try open(.array, UInt8(ascii: "["))
            skipSpace()
            if take(UInt8(ascii: "]")) {
                depth -= 1
                return .array(elements)
            }
            repeat {
                elements.append(try value())
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw fail(.syntax, "expected a comma or the end of the array") }
            depth -= 1
            return .array(elements)
        case .object:
            var members = JSONObject()
            try open(.object, UInt8(ascii: "{"))
            skipSpace()
            if take(UInt8(ascii: "}")) {
                depth -= 1
                return .object(members)
            }
            repeat {
                let name = try memberName().string
                members[name] = try value()
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw fail(.syntax, "expected a comma or the end of the object") }
            depth -= 1
            return .object(members)
        }
    }
}
