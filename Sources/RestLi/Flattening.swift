// SPDX-License-Identifier: Apache-2.0

/// Protocol 1.0.0's way to say objects and lists in a query: `ids[0].part=x` (jobs-oauth-restli 2.3, confidence C).
enum Flattening {
    /// Appends every leaf of `value` as `name=text`, separated by `&`; brackets are percent-encoded as Java does.
    static func append(_ name: String, _ value: Parameter, to out: inout [UInt8]) {
        if Parameter.verbatim.contains(name), case .text(let text) = value {
            leaf(name, text, to: &out)
        } else if case .list(let elements) = value, elements.allSatisfy({ $0.text != nil }) {
            // A top-level list of plain values is the repeated bare name.
            for element in elements { leaf(escape(name), element.text ?? "", to: &out) }
        } else {
            append(path: escape(name), value, to: &out)
        }
    }

    private static func append(path: String, _ value: Parameter, to out: inout [UInt8]) {
        switch value {
        case .text(let text): leaf(path, text, to: &out)
        case .list(let elements):
            for (index, element) in elements.enumerated() { append(path: "\(path)[\(index)]", element, to: &out) }
        case .map(let members):
            for name in members.keys.sorted() {
                append(path: "\(path).\(escape(name))", members[name] ?? .text(""), to: &out)
            }
        }
    }

    private static func leaf(_ path: String, _ text: String, to out: inout [UInt8]) {
        QueryCodec.separate(&out)
        PercentEncoding.append(path, keeping: .queryV1, to: &out)
        out.append(UInt8(ascii: "="))
        PercentEncoding.append(text, keeping: .queryV1, to: &out)
    }

    /// Escapes `.` `[` `]` `~` of one name segment as `~XX`.
    static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: isReserved) else { return name }
        var out: [UInt8] = []
        for byte in name.utf8 {
            if isReserved(byte) {
                out += [UInt8(ascii: "~"), PercentEncoding.upperHex(byte >> 4), PercentEncoding.upperHex(byte & 15)]
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isReserved(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "~")
    }

    /// Reverses `escape`.
    static func unescape(_ name: UnsafeBufferPointer<UInt8>) throws(RestLiError) -> String {
        guard name.contains(UInt8(ascii: "~")) else { return String(decoding: name, as: UTF8.self) }
        var out: [UInt8] = []
        var index = 0
        while index < name.count {
            guard name[index] == UInt8(ascii: "~") else {
                out.append(name[index])
                index += 1
                continue
            }
            guard index + 2 < name.count, let high = PercentEncoding.hexDigit(name[index + 1]),
                let low = PercentEncoding.hexDigit(name[index + 2])
            else { throw RestLiError("Cannot decode key name \(String(decoding: name, as: UTF8.self))") }
            out.append(high << 4 | low)
            index += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// One part of a parameter's name between dots: `name` or `name[index]`.
    struct Segment {
        var name: String
        var index: Int?

        /// - Throws: `RestLiError` 400 for `[12]`, `abc[]`, `abc[-1]`, `abc[12a]`, `abc[1][2]` and the empty text.
        init(_ text: UnsafeBufferPointer<UInt8>) throws(RestLiError) {
            guard let open = text.firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) else {
                if text.isEmpty { throw Self.syntax }
                name = try Flattening.unescape(text)
                return
            }
            guard open > 0, text[open] == UInt8(ascii: "["), open + 2 < text.count, text.last == UInt8(ascii: "]")
            else {
                throw Self.syntax
            }
            var index = 0
            for byte in text[part: (open + 1)..<(text.count - 1)] {
                guard 0x30...0x39 ~= byte else { throw Self.syntax }
                index = index * 10 + Int(byte - 0x30)
                guard index <= Int(Int32.max) else { throw Self.syntax }  // a Java int
            }
            name = try Flattening.unescape(text[part: 0..<open])
            self.index = index
        }

        static let syntax = RestLiError("Path segment parsing error.")
    }
}
