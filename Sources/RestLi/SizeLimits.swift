// SPDX-License-Identifier: Apache-2.0

/// How long a request may be before LinkedIn answers 414 (jobs-oauth-restli 2.7, modules-1-2 1.4, confidence D).
package enum SizeLimits {
    /// Scheme to query, as sent.
    package static let rawURL = 8 * 1024
    package static let query = 4 * 1024
    /// Request line, headers and cookies, without the body.
    package static let head = 28 * 1024
    /// One segment of the path.
    package static let segment = 4 * 1024

    /// Our client tunnels from here on, as LinkedIn's own JS and Python clients do: characters of encoded query.
    package static let tunnelAbove = 4000

    /// What is too long.
    package enum Excess: String, Sendable, Hashable {
        case rawURL = "URL"
        case query
        case head = "request line and headers"
        case segment = "path segment"
    }

    /// The first limit a request exceeds; nil when it keeps them all. Checked on what was sent, so before a tunnelled
    /// query is put back.
    ///
    /// - Parameters:
    ///   - path: raw path.
    ///   - query: raw query without `?`.
    ///   - originBytes: bytes of scheme and host, which count towards the URL.
    ///   - headBytes: bytes of request line and all header lines; 0 when not known.
    package static func excess(path: String, query: String, originBytes: Int = 0, headBytes: Int = 0) -> Excess? {
        let pathBytes = path.utf8.count
        let queryBytes = query.utf8.count
        if originBytes + pathBytes + (queryBytes > 0 ? queryBytes + 1 : 0) > rawURL { return .rawURL }
        if queryBytes > Self.query { return .query }
        if headBytes > head { return .head }
        if pathBytes > segment, path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.count > segment }) {
            return .segment
        }
        return nil
    }
}
