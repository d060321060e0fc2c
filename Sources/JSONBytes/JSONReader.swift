// SPDX-License-Identifier: Apache-2.0

/// A strict pull reader over UTF-8 bytes (RFC 8259).
///
/// Nothing is built that the caller does not ask for: `skip()` validates a value and returns where its bytes are. It
/// refuses bad UTF-8, lone surrogates, leading zeros, `NaN`, a byte order mark, trailing commas and more than 64
/// levels.
///
/// The caller keeps the buffer alive for as long as the reader and the names it hands out are used.
package struct JSONReader {
    /// How many arrays and objects may lie inside each other.
    package static let depthLimit = 64

    let base: UnsafeRawPointer
    let count: Int
    var position = 0
    var depth = 0

    package init(_ bytes: UnsafeRawBufferPointer) {
        base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!  // never read: the count is 0
        count = bytes.count
    }

    /// How many bytes have been consumed.
    package var offset: Int { position }

    /// The bytes of a range that `skip()` returned.
    package func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of another buffer")
        return UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// The kind of the next value, by its first byte; consumes white space only.
    ///
    /// - Throws: `JSONError` `.syntax` when no value starts there.
    package mutating func peek() throws(JSONError) -> JSONKind {
        skipSpace()
        guard position < count else { throw fail(.syntax, "expected a value") }
        switch byte(position) {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw fail(.syntax, "expected a value")
        }
    }

    /// Reads an object; `member` is called at each value and must consume it with one `read` or `skip()`.
    ///
    /// - Throws: `JSONError`, and whatever `member` throws.
    package mutating func object(_ member: (inout JSONReader, _ name: JSONName) throws -> Void) throws {
        try open(.object, UInt8(ascii: "{"))
        skipSpace()
        if take(UInt8(ascii: "}")) { return depth -= 1 }
        while true {
            let name = try memberName()
            let start = position
            try member(&self, name)
            precondition(position > start, "the visitor of an object must consume the member's value")
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "}")) { return depth -= 1 }
            throw fail(.syntax, "expected a comma or the end of the object")
        }
    }

    /// Reads an array; `element` is called at each element and must consume it with one `read` or `skip()`.
    ///
    /// - Throws: `JSONError`, and whatever `element` throws.
    package mutating func array(_ element: (inout JSONReader, _ index: Int) throws -> Void) throws {
        try open(.array, UInt8(ascii: "["))
        skipSpace()
        if take(UInt8(ascii: "]")) { return depth -= 1 }
        var index = 0
        while true {
            let start = position
            try element(&self, index)
            precondition(position > start, "the visitor of an array must consume the element")
            index += 1
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            if take(UInt8(ascii: "]")) { return depth -= 1 }
            throw fail(.syntax, "expected a comma or the end of the array")
        }
    }

    /// - Throws: `JSONError`.
    package mutating func string() throws(JSONError) -> String {
        guard try peek() == .string else { throw fail(.type, "expected a string") }
        return try scanString().string
    }

    /// Like `string()`, without making a `String`: compare it, or take its `string` later.
    package mutating func text() throws(JSONError) -> JSONName {
        guard try peek() == .string else { throw fail(.type, "expected a string") }
        return try scanString()
    }

    /// - Throws: `JSONError` `.type` for anything but true and false.
    package mutating func bool() throws(JSONError) -> Bool {
        guard try peek() == .bool else { throw fail(.type, "expected true or false") }
        if byte(position) == UInt8(ascii: "t") {
            try literal("true")
            return true
        }
        try literal("false")
        return false
    }

    /// Consumes a null if one is next.
    ///
    /// - Returns: whether there was one.
    package mutating func null() throws(JSONError) -> Bool {
        guard try peek() == .null else { return false }
        try literal("null")
        return true
    }

    /// Checks that only white space follows.
    ///
    /// - Throws: `JSONError` `.trailing`.
    package mutating func end() throws(JSONError) {
        skipSpace()
        if position < count { throw fail(.trailing, "expected nothing after the value") }
    }
}

extension JSONReader {
    @inline(__always)
    func byte(_ index: Int) -> UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

    func fail(_ code: JSONError.Code, _ message: String) -> JSONError { JSONError(code, at: position, message) }

    @inline(__always)
    mutating func skipSpace() {
        while position < count {
            switch byte(position) {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func take(_ wanted: UInt8) -> Bool {
        guard position < count, byte(position) == wanted else { return false }
        position += 1
        return true
    }

    mutating func open(_ kind: JSONKind, _ bracket: UInt8) throws(JSONError) {
        guard try peek() == kind else { throw fail(.type, "expected an \(kind.rawValue)") }
        guard depth < Self.depthLimit else { throw fail(.depth, "expected at most \(Self.depthLimit) levels") }
        depth += 1
        position += 1
    }

    /// A member's name and the colon after it.
    mutating func memberName() throws(JSONError) -> JSONName {
        skipSpace()
        guard position < count, byte(position) == UInt8(ascii: "\"") else {
            throw fail(.syntax, "expected a member name in quotes")
        }
        let name = try scanString()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw fail(.syntax, "expected a colon") }
        return name
    }

    mutating func literal(_ word: StaticString) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        for index in 0..<length {
            guard position + index < count, byte(position + index) == word.utf8Start[index] else {
                throw fail(.syntax, "expected \(word)")
            }
        }
        position += length
    }
}
