// SPDX-License-Identifier: Apache-2.0

/// Protocol 2.0.0's grammar: `(a:b,c:List(1,2))` (jobs-oauth-restli 2.4, confidence C).
///
///     element := string | map | list
///     map     := "(" [ string ":" element { "," string ":" element } ] ")"
///     list    := "List(" [ element { "," element } ] ")"
enum Element {
    /// How an element is escaped on top of the characters the grammar reserves.
    enum Rendering {
        /// JSON body keys and the id header: only `( ) , : '` and `%`.
        case reduced
        case query
        case path
    }

    /// Appends `value`; map keys are sorted, as Java does.
    static func append(_ value: Parameter, _ rendering: Rendering, to out: inout [UInt8]) {
        switch value {
        case .text(let text): append(text, rendering, to: &out)
        case .list(let elements):
            out += Array("List(".utf8)
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                append(element, rendering, to: &out)
            }
            out.append(UInt8(ascii: ")"))
        case .map(let members):
            out.append(UInt8(ascii: "("))
            for (index, name) in members.keys.sorted().enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                append(name, rendering, to: &out)
                out.append(UInt8(ascii: ":"))
                append(members[name] ?? .text(""), rendering, to: &out)
            }
            out.append(UInt8(ascii: ")"))
        }
    }

    /// Appends one string.
    static func append(_ text: String, _ rendering: Rendering, to out: inout [UInt8]) {
        if text.isEmpty { return out += Array("''".utf8) }
        switch rendering {
        case .query: PercentEncoding.append(text, keeping: .queryV2, to: &out)
        case .path: PercentEncoding.append(text, keeping: .pathV2, to: &out)
        case .reduced:
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "'"),
                    UInt8(ascii: "%"):
                    PercentEncoding.appendEscape(byte, to: &out)
                default: out.append(byte)
                }
            }
        }
    }

    /// Parses a whole text.
    ///
    /// - Parameter strictness: what to do with a `%` that is none; bodies are lenient (jobs-oauth-restli 9 item 19).
    /// - Throws: `RestLiError` 400 with the framework's text; columns count from 0.
    static func parse(
        _ text: UnsafeBufferPointer<UInt8>, _ strictness: PercentEncoding.Strictness = .strict
    ) throws(RestLiError) -> Parameter {
        var parser = ElementParser(text: text, strictness: strictness)
        let element = try parser.element(depth: 0)
        try parser.end()
        return element
    }
}

private struct ElementParser {
    let text: UnsafeBufferPointer<UInt8>
    let strictness: PercentEncoding.Strictness
    private var position = 0

    init(text: UnsafeBufferPointer<UInt8>, strictness: PercentEncoding.Strictness) {
        self.text = text
        self.strictness = strictness
    }

    /// A token: one of `( ) , :`, the five characters `List(`, or a string.
    private struct Token {
        enum Kind: Equatable { case mark(UInt8), list, string }
        var kind: Kind
        var range: Range<Int>
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    }

    private func peek() throws(RestLiError) -> Token {
        guard position < text.count else { throw RestLiError("unexpected end of input") }
        if Self.isMark(text[position]) {
            return Token(kind: .mark(text[position]), range: position..<(position + 1))
        }
        let end = text[position...].firstIndex(where: Self.isMark) ?? text.count
        let range = position..<end
        if end < text.count, text[end] == UInt8(ascii: "("), text[part: range].elementsEqual("List".utf8) {
            return Token(kind: .list, range: position..<(end + 1))
        }
        return Token(kind: .string, range: range)
    }

    private mutating func next() throws(RestLiError) -> Token {
        let token = try peek()
        position = token.range.upperBound
        return token
    }

    private func string(_ token: Token) throws(RestLiError) -> String {
        let raw = text[part: token.range]
        if raw.elementsEqual("''".utf8) { return "" }
        return try PercentEncoding.decode(raw, plusAsSpace: false, strictness)
    }

    mutating func element(depth: Int) throws(RestLiError) -> Parameter {
        let token = try next()
        switch token.kind {
        case .string: return .text(try string(token))
        case .list where depth < Parameter.depthLimit: return .list(try elements(depth: depth + 1))
        case .mark(UInt8(ascii: "(")) where depth < Parameter.depthLimit: return .map(try members(depth: depth + 1))
        case .list, .mark(UInt8(ascii: "(")): throw RestLiError("more than \(Parameter.depthLimit) levels")
        case .mark:
            throw RestLiError(
                "unexpected token: '\(shown(token))' (column \(token.range.lowerBound)) at start of element")
        }
    }

    private mutating func elements(depth: Int) throws(RestLiError) -> [Parameter] {
        var elements: [Parameter] = []
        if try peek().kind == .mark(UInt8(ascii: ")")) {
            _ = try next()
            return elements
        }
        repeat { elements.append(try element(depth: depth)) } while try more()
        return elements
    }

    private mutating func members(depth: Int) throws(RestLiError) -> [String: Parameter] {
        var members: [String: Parameter] = [:]
        if try peek().kind == .mark(UInt8(ascii: ")")) {
            _ = try next()
            return members
        }
        repeat {
            let name = try next()
            guard name.kind == .string else {
                throw RestLiError(
                    "expected string token, found grammar token: '\(shown(name))' (column \(name.range.lowerBound))")
            }
            try expect(UInt8(ascii: ":"))
            members[try string(name)] = try element(depth: depth)
        } while try more()
        return members
    }

    /// After an element of a list or a map: a comma, or its end.
    private mutating func more() throws(RestLiError) -> Bool {
        if try peek().kind == .mark(UInt8(ascii: ",")) {
            _ = try next()
            return true
        }
        try expect(UInt8(ascii: ")"))
        return false
    }

    private mutating func expect(_ mark: UInt8) throws(RestLiError) {
        let token = try next()
        if token.kind == .mark(mark) { return }
        throw RestLiError(
            "expected '\(Character(Unicode.Scalar(mark)))' but found '\(shown(token))' (column \(token.range.lowerBound))"
        )
    }

    mutating func end() throws(RestLiError) {
        guard position < text.count else { return }
        let token = try peek()
        throw RestLiError(
            "tokens left over after parsing; first excess token: '\(shown(token))' (column \(token.range.lowerBound))")
    }

    private func shown(_ token: Token) -> String { String(decoding: text[part: token.range], as: UTF8.self) }
}
