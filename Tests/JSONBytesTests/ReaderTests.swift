// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@Suite struct ReaderTests {
    @Test func `a visitor reads what it wants and skips the rest`() throws {
        let text = #"{"id":"7","n":12,"x":1.5,"ok":true,"no":null,"list":[1,2,3],"rest":{"a":[{}]},"n\u0061me":"é"}"#
        try reading(text) { reader in
            var seen: [String] = []
            try reader.object { reader, name in
                switch name {
                case "id": seen.append(try reader.string())
                case "n": seen.append("\(try reader.int())")
                case "x": seen.append("\(try reader.double())")
                case "ok": seen.append("\(try reader.bool())")
                case "no": seen.append("\(try reader.null())")
                case "list": try reader.array { reader, index in seen.append("\(index)=\(try reader.int())") }
                case "name": seen.append(try reader.text().string)
                default: seen.append("\(name.string) \(try reader.skip().count)")
                }
            }
            #expect(seen == ["7", "12", "1.5", "true", "true", "0=1", "1=2", "2=3", "rest 10", "é"])
        }
    }

    @Test(
        arguments: [
            ("1", 1), ("-0", 0), ("1.0", 1), ("1e3", 1000), ("1.50e1", 15), ("100e-2", 1),
            ("0e99999999999999999999", 0),
            ("0.000", 0), ("9223372036854775807.0", .max), ("-9.223372036854775808e18", .min),
            ("1234567890123456789e0", 1234567890123456789),
            ("0001", nil), ("1.5", nil), ("1e-1", nil), ("9223372036854775808", nil), ("1e19", nil),
            ("1e99999999999999999999", nil),
            ("-9223372036854775809", nil), ("\"1\"", nil), ("true", nil),
        ] as [(String, Int64?)])
    func `an integer is read exactly or refused`(text: String, expected: Int64?) throws {
        #expect((try? reading(text) { try $0.int() }) == expected)
    }

    @Test func `another kind than asked for is a type error and consumes nothing`() throws {
        try reading("[1]") { reader in
            #expect(throws: JSONError(.type, at: 0, "expected an object")) { try reader.object { _, _ in } }
            #expect(throws: JSONError(.type, at: 0, "expected a string")) { try reader.string() }
            #expect(throws: JSONError(.type, at: 0, "expected true or false")) { try reader.bool() }
            let (wasNull, kind, range) = (try reader.null(), try reader.peek(), try reader.skip())
            #expect(!wasNull && kind == .array && range == 0..<3)
        }
    }

    @Test func `an error of the visitor comes out unchanged`() throws {
        struct Stop: Error {}
        try reading(#"{"a":[1]}"#) { reader in
            #expect(throws: Stop.self) { try reader.object { reader, _ in try reader.array { _, _ in throw Stop() } } }
        }
    }

    @Test func `a name compares byte for byte, with literals and with strings, escaped or not`() throws {
        try reading(#"{"key":1,"k\u0065y":2}"#) { reader in
            try reader.object { reader, name in
                let same = "key"
                let other = "keys"
                #expect(name == "key" && name == same && !(name == other) && name != "ke" && name.string == "key")
                _ = try reader.skip()
            }
        }
    }

    @Test func `the offset and the skipped range count bytes`() throws {
        try reading(#" { "é" : [ 1 , "x" ] } "#) { reader in
            try reader.object { reader, _ in
                let range = try reader.skip()
                #expect(String(decoding: reader.bytes(range), as: UTF8.self) == #"[ 1 , "x" ]"#)
                #expect(reader.offset == range.upperBound)
            }
            try reader.end()
            #expect(reader.offset == 24)
        }
    }
}

@discardableResult
func reading<T>(_ text: String, _ body: (inout JSONReader) throws -> T) throws -> T {
    try Array(text.utf8).withUnsafeBytes { bytes in
        var reader = JSONReader(bytes)
        return try body(&reader)
    }
}
