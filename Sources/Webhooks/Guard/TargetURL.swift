// SPDX-License-Identifier: Apache-2.0

/// Where a webhook leads: an absolute http or https URL in which nothing can hide.
///
/// Taken apart by us and put together again from its parts, so that what was checked is what is connected to.
package struct TargetURL: Hashable, Sendable, CustomStringConvertible {
    package let isEncrypted: Bool
    /// In lower case; a name, or an address without brackets.
    package let host: String
    package let port: Int?
    /// From the first `/` on.
    package let rest: String

    /// Why a text is not such a URL; safe to show.
    package struct Malformed: Error, Hashable {
        package let message: String
    }

    /// - Throws: `Malformed` for credentials, fragments, odd characters, odd hosts, and anything over 2,000 bytes.
    package init(_ text: String) throws(Malformed) {
        guard text.utf8.count <= 2_000 else { throw Malformed(message: "it has at most 2,000 bytes") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw Malformed(message: "it consists of visible ASCII characters; percent-encode the others")
        }
        let lowercase = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lowercase.hasPrefix($0) }) else {
            throw Malformed(message: "it starts with https://")
        }
        guard !text.contains("#") else { throw Malformed(message: "it has no fragment (#)") }
        isEncrypted = scheme == "https://"
        let tail = text.dropFirst(scheme.count)
        let authority = tail.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else {
            throw Malformed(message: "it has no user name and password; a receiver checks the signature instead")
        }
        (host, port) = try Self.place(String(authority).lowercased())
        let path = tail.dropFirst(authority.count)
        rest = path.hasPrefix("/") ? String(path) : "/" + path
    }

    package var description: String {
        (isEncrypted ? "https://" : "http://") + (host.contains(":") ? "[\(host)]" : host)
            + (port.map { ":\($0)" } ?? "") + rest
    }

    /// Splits `host:port` and `[address]:port`.
    private static func place(_ authority: String) throws(Malformed) -> (String, Int?) {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]"),
                IPAddress(String(authority[..<end].dropFirst()))?.isV6 == true
            else { throw Malformed(message: "its host in brackets is not an IPv6 address") }
            (host, rest) = (authority[..<end].dropFirst(), authority[end...].dropFirst())
        } else {
            host = authority.prefix { $0 != ":" }
            rest = authority[host.endIndex...]
            let isPlain = host.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
            }
            guard isPlain, !host.isEmpty, host.utf8.count <= 253, host.first != ".", !host.contains("..") else {
                throw Malformed(message: "its host is a name of letters, digits, dots and hyphens, or an address")
            }
        }
        guard !rest.isEmpty else { return (String(host), nil) }
        guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port),
            rest.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Malformed(message: "its port is a number from 1 to 65535") }
        return (String(host), port)
    }
}
