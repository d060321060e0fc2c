// SPDX-License-Identifier: Apache-2.0

/// Scheme, host and port of a page, as browsers write it and as `validJsSdkDomains` lists it: `https://ats.example.com`.
struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
    let description: String

    /// - Returns: nil for anything but an `http` or `https` origin, lower case, without a slash at its end: what it holds can stand in a
    ///   header and in a content policy.
    init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let isPlain = rest.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || ".-:[]_".utf8.contains(byte)
        }
        guard !rest.isEmpty, rest.count <= 255, isPlain else { return nil }
        description = text
    }

    /// The origin of a page's address.
    init?(ofPage url: String) {
        guard let slashes = url.firstRange(of: "://") else { return nil }
        let host = url[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        self.init((url[..<slashes.upperBound] + host).lowercased())
    }

    /// Where the request was sent to.
    init?(of request: SandboxRequest) {
        guard let host = request.header("host") else { return nil }
        self.init("http://" + host.lowercased())
    }
}

extension DeveloperApplication {
    /// The sites that may show the widgets. An entry that is no origin allows nothing.
    var origins: [WebOrigin] { jsDomains.compactMap { WebOrigin($0.lowercased()) } }
}
