// SPDX-License-Identifier: Apache-2.0

/// The request line's target, taken apart by us and not by the web framework: an id may contain `/`, `+`, `%` or an
/// emoji, so segments are cut first and decoded afterwards, strictly (RFC 3986 section 2.4).
struct RequestTarget: Hashable, Sendable {
    /// The decoded segments; an empty segment stays, so that `/candidates/` is not `/candidates`.
    let path: [String]
    /// The decoded query, last value wins. Here `+` is a space, as forms write it.
    let query: [String: String]

    /// Why a target cannot be read. The text is safe to show: it carries no part of the target.
    struct Malformed: Error, Hashable {
        let message: String
    }

    /// - Parameter raw: `/path?query`, or the absolute form that proxies send.
    init(_ raw: String) throws(Malformed) {
        var bytes = Array(raw.utf8)[...]
        if bytes.first != UInt8(ascii: "/"), let authority = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let rest = bytes[authority...].dropFirst(3)
            bytes = rest.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        }
        if let fragment = bytes.firstIndex(of: UInt8(ascii: "#")) { bytes = bytes[..<fragment] }
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        var segments: [String] = []
        for segment in bytes[..<(mark ?? bytes.endIndex)].dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            segments.append(try Self.decode(segment, plusIsSpace: false))
        }
        path = segments
        var pairs: [String: String] = [:]
        for pair in bytes[(mark ?? bytes.endIndex)...].dropFirst().split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try Self.decode(pair[..<equals], plusIsSpace: true)
            pairs[name] = try Self.decode(pair[equals...].dropFirst(), plusIsSpace: true)
        }
        query = pairs
    }

    private static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Malformed) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < text.endIndex, let high = hex(text[index + 1]), let low = hex(text[index + 2]) else {
                    throw Malformed(
                        message: "a % in the URL is not followed by two hex digits; write a literal % as %25")
                }
                bytes.append(high << 4 | low)
                index += 3
            case UInt8(ascii: "+") where plusIsSpace:
                bytes.append(UInt8(ascii: " "))
                index += 1
            case let byte:
                bytes.append(byte)
                index += 1
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw Malformed(message: "the URL is not UTF-8 once it is percent-decoded; encode ids as UTF-8 first")
        }
        return decoded
    }

    private static func hex(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
