// SPDX-License-Identifier: Apache-2.0

import JSONBytes

/// JSON for people: one member a line, indented by two.
enum PrettyJSON {
    /// - Returns: the bytes as they are when they are no JSON.
    static func text(_ bytes: [UInt8]) -> String {
        guard let value = try? JSONValue(parsing: bytes) else { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        write(value, indent: "", to: &text)
        return text
    }

    private static func write(_ value: JSONValue, indent: String, to text: inout String) {
        let inner = indent + "  "
        switch value {
        case .object(let object) where !object.isEmpty:
            text += "{"
            var separator = "\n"
            for (name, value) in object {
                text += separator + inner + String(decoding: JSONValue.string(name).bytes, as: UTF8.self) + ": "
                write(value, indent: inner, to: &text)
                separator = ",\n"
            }
            text += "\n" + indent + "}"
        case .array(let values) where !values.isEmpty:
            text += "["
            var separator = "\n"
            for value in values {
                text += separator + inner
                write(value, indent: inner, to: &text)
                separator = ",\n"
            }
            text += "\n" + indent + "]"
        default:
            text += String(decoding: value.bytes, as: UTF8.self)
        }
    }
}
