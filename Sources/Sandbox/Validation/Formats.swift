// SPDX-License-Identifier: Apache-2.0

/// Checks on the bytes of a string, without making a `String`.
enum Formats {
    /// `X@X.X`: something, an at sign, something, a dot, something (release notes, November 2021).
    static func isEmail(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
        guard let dot = text.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return dot > at + 1 && dot < text.count - 1
    }

    /// An absolute http or https URL with a host and without white space. Loopback and plain http are fine:
    /// LinkedIn's own collection sends `http://localhost:5000/jobs`.
    static func isURL(_ text: UnsafeRawBufferPointer) -> Bool {
        var host = 0
        if hasPrefix(text, "https://") { host = 8 } else if hasPrefix(text, "http://") { host = 7 }
        guard host > 0, text.count > host else { return false }
        guard text[host] != UInt8(ascii: "/"), text[host] != UInt8(ascii: "?"), text[host] != UInt8(ascii: "#") else {
            return false
        }
        return !text.contains { $0 <= 0x20 }
    }

    /// `urn:li:{type}:{id}`, at most 255 characters (protocol reference 2.8).
    static func isURN(_ text: UnsafeRawBufferPointer, _ prefixes: [[UInt8]]) -> Bool {
        guard text.count <= 255, hasPrefix(text, "urn:li:"), !text.contains(where: { $0 <= 0x20 }) else { return false }
        if prefixes.isEmpty { return text.dropFirst(7).contains(UInt8(ascii: ":")) && text.last != UInt8(ascii: ":") }
        return prefixes.contains { prefix in
            text.count > prefix.count && prefix.indices.allSatisfy { text[$0] == prefix[$0] }
        }
    }

    /// How many characters a string has; limits count these and not bytes.
    static func characters(_ text: UnsafeRawBufferPointer) -> Int {
        var count = 0
        // Continuation bytes of UTF-8 are 10xxxxxx.
        for byte in text where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// `prefix` in any case of its letters.
    private static func hasPrefix(_ text: UnsafeRawBufferPointer, _ prefix: StaticString) -> Bool {
        guard text.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount {
            let byte = text[index]
            let folded = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            guard folded == prefix.utf8Start[index] else { return false }
        }
        return true
    }
}
