// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The same value for people: a member a line, two spaces deeper inside.
    package var indented: String {
        var text = ""
        write(to: &text, depth: 0)
        return text + "\n"
    }

    private func write(to text: inout String, depth: Int) {
        let (inner, outer) = (String(repeating: "  ", count: depth + 1), String(repeating: "  ", count: depth))
        switch self {
        case .object(let object) where !object.isEmpty:
            text += "{\n"
            for (index, (name, value)) in object.enumerated() {
                text +=
                    (index > 0 ? ",\n" : "") + inner + String(decoding: JSONValue.string(name).bytes, as: UTF8.self)
                    + ": "
                value.write(to: &text, depth: depth + 1)
            }
            text += "\n" + outer + "}"
        case .array(let elements) where !elements.isEmpty:
            text += "[\n"
            for (index, value) in elements.enumerated() {
                text += (index > 0 ? ",\n" : "") + inner
                value.write(to: &text, depth: depth + 1)
            }
            text += "\n" + outer + "]"
        default: text += String(decoding: bytes, as: UTF8.self)
        }
    }
}
