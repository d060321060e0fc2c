// SPDX-License-Identifier: Apache-2.0

/// What passes as a URL: absolute, http or https, with a host, without spaces, quotes or control characters.
///
/// Source: sync-candidates and job-posting-api-schema say only "URL" (documented). LinkedIn's own samples use
/// `http://localhost:5000`, so neither http nor a host without a dot is refused.
package enum URLRule {
    package static func isAbsoluteHTTP(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { isAbsoluteHTTP($0) }
    }

    /// - Parameter bytes: UTF-8; letters beyond ASCII are accepted as they are.
    package static func isAbsoluteHTTP(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = hostStart(bytes) else { return false }
        for byte in bytes where isForbidden(byte) { return false }
        return isAuthority(UnsafeBufferPointer(rebasing: bytes[start..<authorityEnd(bytes, from: start)]))
    }

    /// True for `https`, and for `http` when the host is this machine: what a callback URL must be.
    /// Source: rsc-customer-configuration, CALLBACK_URL (documented); localhost is our allowance.
    package static func isSecure(_ text: String) -> Bool {
        guard isAbsoluteHTTP(text) else { return false }
        let lower = text.lowercased()
        if lower.hasPrefix("https://") { return true }
        let host = lower.dropFirst("http://".count).prefix { !":/?#".contains($0) }
        return host == "localhost" || host == "127.0.0.1" || lower.hasPrefix("http://[::1]")
    }
}

extension URLRule {
    private static func hostStart(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        for scheme in ["http://", "https://"] as [StaticString] where hasPrefix(bytes, scheme) {
            return scheme.utf8CodeUnitCount
        }
        return nil
    }

    private static func hasPrefix(_ bytes: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard bytes.count > prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount {
            let expected = prefix.utf8Start[index]
            let isLetter = expected >= UInt8(ascii: "a")
            if bytes[index] != expected, !isLetter || bytes[index] | 0x20 != expected { return false }
        }
        return true
    }

    private static func authorityEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return index
            default: continue
            }
        }
        return bytes.count
    }

    /// A host that is not empty, with a port of digits if there is one; a user part before `@` is skipped.
    private static func isAuthority(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let host = bytes.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
        guard host < bytes.count else { return false }
        if bytes[host] == UInt8(ascii: "[") {
            return bytes[host...].contains(UInt8(ascii: "]"))
        }
        guard let colon = bytes[host...].firstIndex(of: UInt8(ascii: ":")) else { return true }
        return colon > host && bytes[(colon + 1)...].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            true
        default:
            false
        }
    }
}
