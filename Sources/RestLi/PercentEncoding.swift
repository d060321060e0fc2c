// SPDX-License-Identifier: Apache-2.0

/// A set of ASCII characters that an encoding leaves as they are.
struct ASCIISet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Letters and digits, and the characters of `others`.
    init(alphanumericsAnd others: StaticString) {
        for range in [UInt8(ascii: "0")...UInt8(ascii: "9"), 0x41...0x5A, 0x61...0x7A] {
            for byte in range { insert(byte) }
        }
        for index in 0..<others.utf8CodeUnitCount { insert(others.utf8Start[index]) }
    }

    /// All printable ASCII characters but space and those of `reserved`.
    init(printableBut reserved: StaticString) {
        for byte: UInt8 in 0x21...0x7E { insert(byte) }
        for index in 0..<reserved.utf8CodeUnitCount { remove(reserved.utf8Start[index]) }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 64 ? low >> byte & 1 == 1 : byte < 128 && high >> (byte - 64) & 1 == 1
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << byte } else { high |= 1 << (byte - 64) }
    }

    private mutating func remove(_ byte: UInt8) {
        if byte < 64 { low &= ~(1 << byte) } else { high &= ~(1 << (byte - 64)) }
    }
}

/// Which characters stay as they are, in each place of the protocol (jobs-oauth-restli 2.3 and 2.4, confidence C).
extension ASCIISet {
    /// 1.0.0, value of a query parameter, and its name but for the brackets.
    static let queryV1 = ASCIISet(alphanumericsAnd: "-._~!$'()*,;:@/?")
    /// 1.0.0, keys in the path and in answers: Java's `URLEncoder`, which writes a space as `+`.
    static let form = ASCIISet(alphanumericsAnd: ".-*_")
    /// 1.0.0, values of keys in request bodies: what both generations of servers read alike.
    static let requestBodyV1 = ASCIISet(printableBut: "%&=+#\"")
    /// 2.0.0, value of a query parameter, on top of the characters the grammar reserves.
    static let queryV2 = ASCIISet(alphanumericsAnd: ";/?@!*$~-._")
    /// 2.0.0, keys in the path.
    static let pathV2 = ASCIISet(alphanumericsAnd: "@&=+!*$~-._")
}

/// Percent-encoding of UTF-8 text.
package enum PercentEncoding {
    /// Appends `text`, escaping every byte that is not in `kept`.
    ///
    /// - Parameter spaceAsPlus: whether a space is written as `+`, as Java's `URLEncoder` does.
    static func append(_ text: String, keeping kept: ASCIISet, spaceAsPlus: Bool = false, to out: inout [UInt8]) {
        for byte in text.utf8 {
            if kept.contains(byte) {
                out.append(byte)
            } else if spaceAsPlus && byte == 0x20 {
                out.append(UInt8(ascii: "+"))
            } else {
                appendEscape(byte, to: &out)
            }
        }
    }

    static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "%"))
        out.append(upperHex(byte >> 4))
        out.append(upperHex(byte & 15))
    }

    static func upperHex(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x41 + digit - 10 }

    /// What to do with a `%` that two hexadecimal digits do not follow, and with bytes that are not UTF-8.
    enum Strictness { case strict, lenient }

    /// Decodes `%XX`, and `+` as a space if asked.
    ///
    /// - Throws: `RestLiError` 400 when strict and the text is malformed; lenient keeps a stray `%` and repairs bad
    ///   UTF-8.
    static func decode(
        _ text: UnsafeBufferPointer<UInt8>, plusAsSpace: Bool, _ strictness: Strictness = .strict
    ) throws(RestLiError) -> String {
        guard text.contains(where: { $0 == UInt8(ascii: "%") || (plusAsSpace && $0 == UInt8(ascii: "+")) }) else {
            return String(decoding: text, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                if index + 1 < text.count, let high = hexDigit(text[index]), let low = hexDigit(text[index + 1]) {
                    bytes.append(high << 4 | low)
                    index += 2
                } else if strictness == .strict {
                    throw malformed
                } else {
                    bytes.append(byte)
                }
            } else {
                bytes.append(plusAsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        if strictness == .lenient { return String(decoding: bytes, as: UTF8.self) }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw malformed }
        return decoded
    }

    /// Like the other `decode`, on a string.
    package static func decode(_ text: String, plusAsSpace: Bool) throws(RestLiError) -> String {
        try withBytes(text) { (bytes) throws(RestLiError) in try decode(bytes, plusAsSpace: plusAsSpace) }
    }

    /// Decodes what can be decoded and keeps the rest; for texts that may or may not be encoded.
    package static func decodeLeniently(_ text: String, plusAsSpace: Bool = false) -> String {
        withBytes(text) { bytes in
            (try? decode(bytes, plusAsSpace: plusAsSpace, .lenient)) ?? String(decoding: bytes, as: UTF8.self)
        }
    }

    // UNVERIFIED: the text; the framework's URI class refuses such a URI before Rest.li sees it.
    private static let malformed = RestLiError("Malformed percent-encoding in the URI")

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

/// Runs `body` on the UTF-8 bytes of `text`, keeping its typed error.
func withBytes<T, E: Error>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> T) throws(E) -> T {
    var text = text
    let result: Result<T, E> = text.withUTF8 { bytes in Result { () throws(E) -> T in try body(bytes) } }
    return try result.get()
}

extension UnsafeBufferPointer<UInt8> {
    /// A part of the buffer as a buffer.
    subscript(part range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[range]) }

    /// Calls `body` with each part between `separator`s.
    func split<E: Error>(at separator: UInt8, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> Void) throws(E) {
        var start = 0
        for index in 0..<count where self[index] == separator {
            try body(self[part: start..<index])
            start = index + 1
        }
        try body(self[part: start..<count])
    }
}
