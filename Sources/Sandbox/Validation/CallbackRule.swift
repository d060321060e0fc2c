// SPDX-License-Identifier: Apache-2.0

/// Which URLs LinkedIn would post to. Source: receive-push-events [doc]: https, port 80 or 443, and no ngrok.
enum CallbackRule {
    /// - Parameter isStrict: false also allows other ports, and plain http to this machine (modules 3–5, J-24).
    static func allows(_ url: String, isStrict: Bool) -> Bool {
        guard Array(url.utf8).withUnsafeBytes(Formats.isURL) else { return false }
        let folded = url.lowercased()
        let isSecure = folded.hasPrefix("https://")
        let authority = folded.dropFirst(isSecure ? "https://".count : "http://".count)
            .prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if isStrict { return isSecure && isOnDocumentedPort(authority) && !isTunnel(authority) }
        if isSecure { return true }
        return ["localhost", "127.0.0.1", "[::1]"].contains { authority == $0 || authority.hasPrefix("\($0):") }
    }

    /// The page says "secure https with port 80 or 443".
    private static func isOnDocumentedPort(_ authority: Substring) -> Bool {
        guard let colon = authority.lastIndex(of: ":"), authority[colon...].allSatisfy({ $0 == ":" || $0.isNumber })
        else { return true }
        return [":80", ":443"].contains(String(authority[colon...]))
    }

    /// Not supported, says webhook-validation [doc].
    private static func isTunnel(_ authority: Substring) -> Bool {
        let host = authority.prefix { $0 != ":" }
        return host.contains("ngrok.")
    }
}
