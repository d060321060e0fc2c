// SPDX-License-Identifier: Apache-2.0

/// Whether a program works for real or tries things out.
package enum Profile: String, Sendable, Hashable, CaseIterable {
    /// Never talks to linkedin.com: a test tenant must not write into production.
    case sandbox
    /// Never talks plain http: tokens and candidates' data must be encrypted on the way.
    case production
}

/// Refuses addresses that a profile forbids. Pure; asked before anything is sent.
package enum HostGuard {
    /// - Parameter url: the base address of an API or token host.
    /// - Throws: `LinkedInError` `.misconfigured` when the profile forbids the address, or when it cannot be read
    ///   with certainty.
    package static func check(_ url: String, _ profile: Profile) throws(LinkedInError) {
        guard let (scheme, host) = parts(of: url) else {
            throw LinkedInError(.misconfigured, "an address must look like https://host or http://host:port")
        }
        switch profile {
        case .sandbox where host == "linkedin.com" || host.hasSuffix(".linkedin.com"):
            throw LinkedInError(
                .misconfigured, "the profile sandbox never talks to linkedin.com; use the profile production for that")
        case .production where scheme != "https":
            throw LinkedInError(
                .misconfigured, "the profile production never talks plain http; use https, or the profile sandbox")
        default: break
        }
    }

    /// Scheme and host in lower case; nil for anything out of the ordinary, so that no trick can hide a host.
    private static func parts(of url: String) -> (scheme: String, host: String)? {
        let lowercase = url.lowercased()
        guard let scheme = ["https", "http"].first(where: { lowercase.hasPrefix("\($0)://") }) else { return nil }
        let authority = lowercase.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]"), isPort(authority[authority.index(after: end)...]) else {
                return nil
            }
            return (scheme, String(authority[...end]))
        }
        let host = authority.prefix { $0 != ":" }
        let isPlain = host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        guard isPlain, isPort(authority[host.endIndex...]) else { return nil }
        let name = host.reversed().drop { $0 == "." }.reversed()  // a final dot names the same host
        return name.isEmpty ? nil : (scheme, String(name))
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty
            || (text.first == ":" && text.count > 1 && text.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) })
    }
}
