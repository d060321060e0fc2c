// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

/// RFC 8259, read the strict way.
@Suite struct GrammarTests {
    static let valid: [(String, JSONValue)] = [
        ("null", nil), (" true ", true), ("\t\r\n false", false),
        ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", 9223372036854775808.0), ("1.5", 1.5), ("1e3", 1000.0), ("1E+2", 100.0),
        ("-2.5e-1", -0.25),
        ("1.7976931348623157e308", 1.7976931348623157e308), ("5e-324", .double(.leastNonzeroMagnitude)),
        ("1e-400", 0.0),
        (#""""#, ""), (#""a b/c""#, "a b/c"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#, "Aé€😀\0"), (#""é€😀\#u{7f}""#, "é€😀\u{7f}"),
        (#""\u2028""#, "\u{2028}"),
        (#""\#u{FEFF}""#, "\u{FEFF}"), ("\"\u{10FFFF}\"", "\u{10FFFF}"),
        ("[]", []), ("[ ]", []), ("[1,[2,[]]]", [1, [2, []]]), ("{}", [:]), ("{ }", [:]),
        (#"{"a":1,"b":{"c":[null,{}]}}"#, ["a": 1, "b": ["c": [nil, [:]]]]),
        (#"{"a":1,"a":2}"#, ["a": 2]), (#"{"":0}"#, ["": 0]), (#"{ "a" : 1 , "b" : 2 }"#, ["b": 2, "a": 1]),
        (#"{"\u0061":1}"#, ["a": 1]),
    ]

    @Test(arguments: valid)
    func `a valid document is read, and skipped without being read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
        try Array(text.utf8).withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            let range = try reader.skip()
            try reader.end()
            #expect(try JSONValue(parsing: reader.bytes(range)) == value)
        }
    }

    static let invalid: [(String, JSONError.Code)] = [
        ("", .syntax), (" ", .syntax), ("nul", .syntax), ("nulL", .syntax), ("True", .syntax), ("tru", .syntax),
        ("NaN", .syntax),
        ("Infinity", .syntax), ("-Infinity", .syntax), ("undefined", .syntax),
        ("01", .syntax), ("-", .syntax), ("-01", .syntax), ("+1", .syntax), (".5", .syntax), ("1.", .syntax),
        ("1.e1", .syntax),
        ("1e", .syntax), ("1e+", .syntax), ("0x10", .trailing), ("1e400", .range), ("-1e400", .range),
        ("1_000", .trailing),
        (#"""#, .syntax), (#""a"#, .syntax), (#""\"#, .syntax), (#""\x""#, .syntax), (#""\u12""#, .syntax),
        (#""\u12g4""#, .syntax),
        ("\"\t\"", .syntax), ("\"\n\"", .syntax), ("\"\0\"", .syntax), ("'a'", .syntax),
        (#""\ud83d""#, .utf8), (#""\ude00""#, .utf8), (#""\ud83d\u0041""#, .utf8), (#""\ud83dx""#, .utf8),
        (#""\ud83d\ud83d""#, .utf8),
        ("[", .syntax), ("[1", .syntax), ("[1,", .syntax), ("[1,]", .syntax), ("[,1]", .syntax), ("[1 2]", .syntax),
        ("[1}", .syntax),
        ("]", .syntax), ("{", .syntax), (#"{"a""#, .syntax), (#"{"a":"#, .syntax), (#"{"a":1"#, .syntax),
        (#"{"a":1,}"#, .syntax),
        (#"{,"a":1}"#, .syntax), ("{a:1}", .syntax), ("{1:1}", .syntax), (#"{"a" 1}"#, .syntax), (#"{"a":1]"#, .syntax),
        (#"{"a":1 "b":2}"#, .syntax), ("1 2", .trailing), ("{}{}", .trailing), ("[]]", .trailing), ("null,", .trailing),
        ("\u{FEFF}1", .syntax), ("\u{A0}1", .syntax), ("1\u{C}", .trailing), ("/* c */ 1", .syntax),
        ("1 // c", .trailing),
    ]

    @Test(arguments: invalid)
    func `an invalid document is refused with the right code, read or skipped`(text: String, code: JSONError.Code) {
        #expect(failure(Array(text.utf8)) { _ = try $0.value() } == code)
        // Skipping makes no numbers, so it cannot find one too large.
        #expect(failure(Array(text.utf8)) { _ = try $0.skip() } == (code == .range ? nil : code))
    }

    static let badUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82],
        [0xE2, 0x82, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x41], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
        [0xFF],
    ]

    @Test(arguments: badUTF8, [0, 1, 7, 8, 13])
    func `bad UTF-8 is refused wherever it lies`(bytes: [UInt8], filler: Int) {
        let document = [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "x"), count: filler) + bytes
        #expect(failure(document + [UInt8(ascii: "\"")]) { _ = try $0.skip() } == .utf8)
        #expect(failure(document) { _ = try $0.value() } == .utf8, "at the end of the buffer")
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func `64 levels are read and 65 are refused`(open: String, close: String) throws {
        func document(_ levels: Int) -> [UInt8] {
            let inner = open == "[" ? "" : "1"
            return Array(
                (String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)).utf8)
        }
        #expect(failure(document(64)) { _ = try $0.value() } == nil)
        #expect(failure(document(64)) { _ = try $0.skip() } == nil)
        #expect(failure(document(65)) { _ = try $0.value() } == .depth)
        #expect(failure(document(65)) { _ = try $0.skip() } == .depth)
        #expect(failure(document(100_000)) { _ = try $0.skip() } == .depth)
    }

    @Test func `an error names the byte and what was expected, never the content`() {
        #expect(throws: JSONError(.syntax, at: 14, "expected a value")) {
            try JSONValue(parsing: #"{"secret":[1, x]}"#)
        }
        let error = JSONError(.syntax, at: 14, "expected a value")
        #expect("\(error)" == "expected a value, at byte 14")
    }
}

/// The code `read` fails with on the whole of `bytes`; nil when it does not fail.
func failure(_ bytes: [UInt8], _ read: (inout JSONReader) throws -> Void) -> JSONError.Code? {
    bytes.withUnsafeBytes { buffer in
        var reader = JSONReader(buffer)
        do {
            try read(&reader)
            try reader.end()
            return nil
        } catch {
            return (error as? JSONError)?.code
        }
    }
}
