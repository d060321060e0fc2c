// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Validates any value, makes nothing of it, and moves behind it.
    ///
    /// - Returns: where its bytes are, without white space around it.
    /// - Throws: `JSONError`.
    package mutating func skip() throws(JSONError) -> Range<Int> {
        skipSpace()
        let start = position
        let outer = depth
        // One bit per open level, the innermost lowest: 1 is an object. Enough for `depthLimit` levels.
        var kinds: UInt64 = 0
        while true {
            switch try peek() {
            case .object:
                try open(.object, UInt8(ascii: "{"))
                skipSpace()
                if take(UInt8(ascii: "}")) {
                    depth -= 1
                } else {
                    kinds = kinds << 1 | 1
                    _ = try memberName()
                    continue
                }
            case .array:
                try open(.array, UInt8(ascii: "["))
                skipSpace()
                if take(UInt8(ascii: "]")) {
                    depth -= 1
                } else {
                    kinds <<= 1
                    continue
                }
            case .string: _ = try scanString()
            case .number: _ = try scanNumber()
            case .bool: _ = try bool()
            case .null: _ = try null()
            }
            if try !nextInside(outer, &kinds) { return start..<position }
        }
    }

    /// After a value: closes every level that ends here.
    ///
    /// - Returns: whether another value follows inside the value that is being skipped.
    private mutating func nextInside(_ outer: Int, _ kinds: inout UInt64) throws(JSONError) -> Bool {
        while depth > outer {
            let isObject = kinds & 1 == 1
            skipSpace()
            if take(UInt8(ascii: ",")) {
                if isObject { _ = try memberName() }
                return true
            }
            guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw fail(.syntax, "expected a comma or the end of the \(isObject ? "object" : "array")")
            }
            kinds >>= 1
            depth -= 1
        }
        return false
    }
}
