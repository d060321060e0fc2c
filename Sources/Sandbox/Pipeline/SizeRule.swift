// SPDX-License-Identifier: Apache-2.0

/// LinkedIn's limits on a request's head [doc: query-tunneling]. They look at what was sent, before tunnelling is undone.
enum SizeRule {
    static let url = 8 * 1024
    static let query = 4 * 1024
    static let head = 28 * 1024
    static let segment = 4 * 1024

    /// - Throws: `GatewayError` 414. The texts are ours: none is documented.
    static func check(_ request: SandboxRequest) throws(GatewayError) {
        if request.targetBytes > url { throw GatewayError(414, "URI Too Long: the URL exceeds \(url) bytes") }
        if request.query.utf8.count > query { throw GatewayError(414, "URI Too Long: the query exceeds \(query) bytes") }
        if request.headBytes > head { throw GatewayError(414, "URI Too Long: request line and headers exceed \(head) bytes") }
        if request.path.utf8.count > segment, request.path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.count > segment }) {
            throw GatewayError(414, "URI Too Long: a path segment exceeds \(segment) bytes")
        }
    }
}
