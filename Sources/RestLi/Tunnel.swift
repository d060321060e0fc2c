// SPDX-License-Identifier: Apache-2.0

/// Query tunnelling: a request whose query is too long for a URL, sent as a POST (jobs-oauth-restli 2.7, confidence C
/// and D).
package enum Tunnel {
    /// The request header that names the real HTTP method.
    package static let overrideHeader = "X-HTTP-Method-Override"

    static let form = "application/x-www-form-urlencoded"

    /// What to send instead.
    package struct Request: Sendable, Hashable {
        /// Always POST.
        package var method = "POST"
        /// The path, without query.
        package var path: String
        /// The override and the content type; every other header stays as it was.
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        package static func == (lhs: Self, rhs: Self) -> Bool {
            lhs.path == rhs.path && lhs.body == rhs.body && lhs.headers.elementsEqual(rhs.headers, by: ==)
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(path)
            hasher.combine(body)
        }
    }

    /// What was meant.
    package struct Original: Sendable, Hashable {
        package var http: String
        /// The tunnelled query, behind whatever query the URL had.
        package var query: String
        package var contentType: String?
        package var body: [UInt8]

        package init(http: String, query: String, contentType: String?, body: [UInt8]) {
            self.http = http
            self.query = query
            self.contentType = contentType
            self.body = body
        }
    }

    /// Wraps a request.
    ///
    /// - Parameters:
    ///   - body: nil for none: the query alone becomes the body.
    ///   - contentType: the body's; JSON when nil.
    package static func encode(
        http: String, path: String, query: String, body: [UInt8]?, contentType: String? = nil
    ) -> Request {
        guard let body, !body.isEmpty else {
            return Request(
                path: path, headers: [(overrideHeader, http), ("Content-Type", form)], body: Array(query.utf8))
        }
        let boundary = boundary(absentFrom: body, query)
        var out: [UInt8] = []
        out.reserveCapacity(body.count + query.utf8.count + 256)
        out += Array("--\(boundary)\r\nContent-Type: \(form)\r\n\r\n".utf8)
        out += Array(query.utf8)
        out += Array("\r\n--\(boundary)\r\nContent-Type: \(contentType ?? "application/json")\r\n\r\n".utf8)
        out += body
        out += Array("\r\n--\(boundary)--\r\n".utf8)
        return Request(
            path: path,
            headers: [(overrideHeader, http), ("Content-Type", "multipart/mixed; boundary=\(boundary)")],
            body: out)
    }

    /// Unwraps a request that carries the override header. Do this before routing and before any check of method or
    /// query.
    ///
    /// - Parameters:
    ///   - override: the header's value.
    ///   - query: the URL's own query.
    /// - Throws: `RestLiError` 400 for a method that may not be tunnelled, and for a body that is neither of the two
    ///   forms.
    package static func decode(
        http: String, override: String, query: String, contentType: String?, body: [UInt8]
    ) throws(RestLiError) -> Original {
        let method = override.uppercased()
        // UNVERIFIED: the texts of all four; the rules are jobs-oauth-restli 2.7.
        guard http == "POST" else { throw RestLiError("\(overrideHeader) is only allowed on a POST") }
        guard ["GET", "POST", "PUT", "DELETE", "OPTIONS"].contains(method) else {
            throw RestLiError("Unsupported value of \(overrideHeader)")
        }
        let type = MediaType(contentType ?? "")
        switch type.name {
        case form:
            return Original(http: method, query: try join(query, body[...]), contentType: nil, body: [])
        case "multipart/mixed":
            guard let boundary = type.boundary else { throw RestLiError("The multipart body has no boundary") }
            var original = Original(http: method, query: query, contentType: nil, body: [])
            var hasQuery = false
            for part in try Multipart.parts(body, boundary: boundary) {
                if MediaType(part.contentType ?? "").name == form && !hasQuery {
                    original.query = try join(query, body[part.content])
                    hasQuery = true
                } else if original.contentType == nil {
                    // The first part that is not the query is the body; the framework passes over any further one.
                    original.body = Array(body[part.content])
                    original.contentType = part.contentType ?? "text/plain"
                }
            }
            return original
        default:
            throw RestLiError("A tunnelled request must be \(form) or multipart/mixed")
        }
    }
}

extension Tunnel {
    /// A boundary that occurs in neither part.
    private static func boundary(absentFrom body: [UInt8], _ query: String) -> String {
        var number = 0
        while true {
            let boundary = "crosswalk-\(number)-boundary"
            let needle = Array(boundary.utf8)
            if !Multipart.contains(needle, in: body), !Multipart.contains(needle, in: Array(query.utf8)) {
                return boundary
            }
            number += 1
        }
    }

    private static func join(_ existing: String, _ tunnelled: ArraySlice<UInt8>) throws(RestLiError) -> String {
        guard let text = String(validating: tunnelled, as: UTF8.self) else {
            throw RestLiError("The tunnelled query is not UTF-8")
        }
        // Editors and hand-written requests leave a line end behind the query.
        let query = text.trimming { $0 == "\r" || $0 == "\n" }
        if query.isEmpty { return existing }
        return existing.isEmpty ? query : "\(existing)&\(query)"
    }
}

extension String {
    /// Without the characters at the end that `isTrimmed` names. Works on scalars: `\r\n` is one character.
    func trimming(_ isTrimmed: (Unicode.Scalar) -> Bool) -> String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, isTrimmed(last) { scalars.removeLast() }
        return String(scalars)
    }
}
