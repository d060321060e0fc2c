// SPDX-License-Identifier: Apache-2.0

/// The text of a JSON string where it lies in the buffer: an object member's name, or a value read with
/// `JSONReader.text()`.
///
/// Comparing with a literal allocates nothing unless the text is written with escapes. Valid as long as the buffer is.
package struct JSONName {
    /// The bytes between the quotes, as written; validated.
    package let raw: UnsafeRawBufferPointer
    /// Whether `raw` contains a backslash.
    package let hasEscapes: Bool

    init(raw: UnsafeRawBufferPointer, hasEscapes: Bool) {
        self.raw = raw
        self.hasEscapes = hasEscapes
    }

    /// The text, with escapes resolved.
    package var string: String {
        hasEscapes ? JSONUnescape.string(raw) : String(decoding: raw, as: UTF8.self)
    }

    package static func == (name: JSONName, literal: StaticString) -> Bool {
        if name.hasEscapes { return name.string == "\(literal)" }
        let length = literal.utf8CodeUnitCount
        guard name.raw.count == length else { return false }
        for index in 0..<length where name.raw[index] != literal.utf8Start[index] { return false }
        return true
    }

    package static func != (name: JSONName, literal: StaticString) -> Bool { !(name == literal) }

    /// For `switch name { case "id": … }`.
    package static func ~= (literal: StaticString, name: JSONName) -> Bool { name == literal }

    /// For names that are data; literals use the overload that makes no `String`.
    @_disfavoredOverload
    package static func == (name: JSONName, text: String) -> Bool {
        if name.hasEscapes { return name.string.utf8.elementsEqual(text.utf8) }
        return text.utf8.count == name.raw.count && text.utf8.elementsEqual(name.raw)
    }
}

/// Resolves the escapes of a string that has been validated.
enum JSONUnescape {
    static func string(_ raw: UnsafeRawBufferPointer) -> String {
        // Escapes only ever shrink: `\n` is 2 bytes for 1, `\uXXXX` 6 for at most 3, a pair 12 for 4.
        String(unsafeUninitializedCapacity: raw.count) { out in
            var written = 0
            var index = 0
            while index < raw.count {
                let byte = raw[index]
                guard byte == UInt8(ascii: "\\") else {
                    out[written] = byte
                    written += 1
                    index += 1
                    continue
                }
                let kind = raw[index + 1]
                index += 2
                guard kind == UInt8(ascii: "u") else {
                    out[written] = simple(kind)
                    written += 1
                    continue
                }
                var scalar = UInt32(hex(raw, index))
                index += 4
                if scalar >= 0xD800 && scalar < 0xDC00 {
                    scalar = 0x10000 + ((scalar - 0xD800) << 10) + (UInt32(hex(raw, index + 2)) - 0xDC00)
                    index += 6
                }
                for unit in UTF8.encode(Unicode.Scalar(scalar)!)! {  // validated: never half a pair
                    out[written] = unit
                    written += 1
                }
            }
            return written
        }
    }

    private static func simple(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: kind
        }
    }

    private static func hex(_ raw: UnsafeRawBufferPointer, _ index: Int) -> UInt16 {
        (0..<4).reduce(0) { $0 << 4 | UInt16(hexDigit(raw[index + $1])!) }
    }

    /// The value of one hexadecimal digit of either case.
    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
