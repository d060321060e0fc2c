// SPDX-License-Identifier: Apache-2.0

/// A cookie of ours: scripts never see it, and other sites' forms never send it unless it is for frames, whose forms carry a token.
package struct Cookie: Sendable {
    package var name: String
    /// Letters, digits, `-` and `_` only.
    package var value: String
    package var path = "/"
    /// Seconds; nil lasts as long as the browser is open, 0 removes it.
    package var maxAge: Int?
    /// Only over https, or to this machine.
    package var isSecure: Bool
    /// Sent to pages inside another site's page as well, and there is another one for each such site (CHIPS): browsers that keep no
    /// third-party cookies keep it. Must be secure.
    package var isForFrames: Bool

    package init(
        _ name: String, _ value: String, path: String = "/", maxAge: Int? = nil, isSecure: Bool,
        isForFrames: Bool = false
    ) {
        self.name = name
        self.value = value
        self.path = path
        self.maxAge = maxAge
        self.isSecure = isSecure
        self.isForFrames = isForFrames
    }

    package var header: String {
        "\(name)=\(value); Path=\(path); HttpOnly; SameSite=\(isForFrames ? "None; Partitioned" : "Lax")"
            + (isSecure ? "; Secure" : "")
            + (maxAge.map { "; Max-Age=\($0)" } ?? "")
    }

    /// The value of a cookie in a request's `Cookie` header.
    package static func read(_ name: String, from header: String?) -> String? {
        for part in (header ?? "").split(separator: ";") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == name { return String(pair[1]) }
        }
        return nil
    }
}
