// SPDX-License-Identifier: Apache-2.0

/// Text with columns in it: `{first_name} {middle_name?} {last_name}`.
///
/// Null as soon as a column is, unless the column is marked `?`, which then leaves nothing behind, not even a double
/// space. `{{` is a
/// brace. A template that begins with `http` percent-encodes what it inserts.
struct Template: Sendable {
    enum Part: Sendable {
        case text(String)
        case column(String, isOptional: Bool)
    }

    var parts: [Part] = []

    struct Mistake: Error { var message: String }

    /// - Throws: `Mistake` for a brace that is not closed or empty braces.
    init(_ text: String) throws(Mistake) {
        var literal = ""
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            literal += rest[..<brace]
            rest = rest[rest.index(after: brace)...]
            if rest.first == "{" {
                literal += "{"
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                throw Mistake(message: "a { is never closed (write {{ for a brace)")
            }
            var name = rest[..<end]
            let isOptional = name.last == "?"
            if isOptional { name = name.dropLast() }
            guard !name.isEmpty else { throw Mistake(message: "{} names no column") }
            if !literal.isEmpty { parts.append(.text(literal)) }
            literal = ""
            parts.append(.column(String(name), isOptional: isOptional))
            rest = rest[rest.index(after: end)...]
        }
        literal += rest
        if !literal.isEmpty { parts.append(.text(literal)) }
    }

    var columns: [String] {
        parts.compactMap { if case .column(let name, _) = $0 { name } else { nil } }
    }

    /// - Parameter value: the text of the column at this position of `columns`.
    func fill(_ value: (Int) -> String?) -> String? {
        var result = ""
        var isURL = false
        var hasGap = false
        var column = 0
        for (index, part) in parts.enumerated() {
            switch part {
            case .text(let text):
                if index == 0 { isURL = text.hasPrefix("http") }
                result += text
            case .column(_, let isOptional):
                defer { column += 1 }
                guard let value = value(column) else {
                    guard isOptional else { return nil }
                    hasGap = true
                    continue
                }
                result += isURL ? Self.percentEncoded(value) : value
            }
        }
        guard hasGap else { return result.trimmed }
        return result.split(separator: " ").joined(separator: " ").trimmed
    }

    /// Everything but RFC 3986's unreserved characters as `%XX`.
    static func percentEncoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
