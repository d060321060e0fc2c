// SPDX-License-Identifier: Apache-2.0

/// A `Content-Type` value, as far as tunnelling needs it.
struct MediaType {
    /// Type and subtype in lower case.
    var name: String
    /// The parameter `boundary`, without quotes.
    var boundary: String?

    init(_ value: String) {
        let fields = Self.fields(value)
        name = fields.first?.lowercased() ?? ""
        for field in fields.dropFirst() {
            guard let equals = field.firstIndex(of: "=") else { continue }
            guard Self.trim(field[..<equals]).lowercased() == "boundary" else { continue }
            let text = Self.trim(field[field.index(after: equals)...])
            let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
            let bare = isQuoted ? String(text.dropFirst().dropLast()) : text
            boundary = bare.isEmpty ? nil : bare
        }
    }

    /// The parts between semicolons that are not inside quotes.
    private static func fields(_ value: String) -> [String] {
        var isQuoted = false
        return value.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == ";" && !isQuoted
        }.map { trim($0) }
    }

    private static func trim(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}

/// A strict reader of `multipart/mixed` (RFC 2046) that accepts bare line feeds, a preamble and an epilogue.
enum Multipart {
    struct Part: Equatable {
        var contentType: String?
        /// Where the content is in the body, without the line end before the next boundary.
        var content: Range<Int>
    }

    /// - Throws: `RestLiError` 400 when the closing boundary is missing, a header line is none, or there are more
    ///   than 16 parts.
    static func parts(_ body: [UInt8], boundary: String) throws(RestLiError) -> [Part] {
        let marker = Array("--\(boundary)".utf8)
        var parts: [Part] = []
        var start: Int?  // where the current part starts, headers included
        var line = 0
        while line < body.count {
            let end = body[line...].firstIndex(of: 0x0A) ?? body.count
            if let isLast = delimiter(body[line..<end], marker) {
                if let start { parts.append(try part(body, start..<contentEnd(body, start, line))) }
                if isLast { return parts }
                guard parts.count < 16 else { throw malformed("too many parts") }
                start = end + 1
            }
            line = end + 1
        }
        throw malformed("the closing boundary is missing")
    }

    /// Whether `line` is the boundary (false), the closing boundary (true) or neither (nil).
    private static func delimiter(_ line: ArraySlice<UInt8>, _ marker: [UInt8]) -> Bool? {
        guard line.starts(with: marker) else { return nil }
        var rest = line.dropFirst(marker.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast { rest = rest.dropFirst(2) }
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? isLast : nil
    }

    /// The line end before a boundary belongs to the boundary.
    private static func contentEnd(_ body: [UInt8], _ start: Int, _ line: Int) -> Int {
        var end = line
        if end > start, body[end - 1] == 0x0A { end -= 1 }
        if end > start, body[end - 1] == 0x0D { end -= 1 }
        return max(end, start)
    }

    private static func part(_ body: [UInt8], _ range: Range<Int>) throws(RestLiError) -> Part {
        var contentType: String?
        var line = range.lowerBound
        while line < range.upperBound {
            let end = body[line..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            var text = body[line..<end]
            if text.last == 0x0D { text = text.dropLast() }
            line = min(end + 1, range.upperBound)
            if text.isEmpty { return Part(contentType: contentType, content: line..<range.upperBound) }
            guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
                throw malformed("a header line has no colon")
            }
            let name = String(decoding: text[..<colon], as: UTF8.self).lowercased()
            if name == "content-type" {
                contentType = String(decoding: text[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
            }
        }
        return Part(contentType: contentType, content: range.upperBound..<range.upperBound)
    }

    static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while let found = rest.firstIndex(of: needle[0]) {
            if rest[found...].starts(with: needle) { return true }
            rest = rest[(found + 1)...]
        }
        return false
    }

    private static func malformed(_ what: String) -> RestLiError { RestLiError("Malformed multipart body: \(what)") }
}
