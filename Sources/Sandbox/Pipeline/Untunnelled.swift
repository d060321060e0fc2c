// SPDX-License-Identifier: Apache-2.0

import RestLi

/// A request as it was meant, whether it came straight or through the tunnel (jobs-oauth-restli 2.7).
struct Untunnelled: Sendable {
    var method: String
    var path: String
    var query: String
    var contentType: String?
    var body: [UInt8]
    var wasTunnelled: Bool

    /// - Throws: `RestLiError` 400 for an override that is not allowed or a body that does not parse.
    init(_ request: SandboxRequest) throws(RestLiError) {
        path = request.path
        guard let override = request.header("x-http-method-override") else {
            (method, query, contentType, body) = (
                request.method, request.query, request.header("content-type"), request.body
            )
            wasTunnelled = false
            return
        }
        let original = try Tunnel.decode(
            http: request.method, override: override, query: request.query, contentType: request.header("content-type"),
            body: request.body)
        (method, query, contentType, body) = (original.http, original.query, original.contentType, original.body)
        wasTunnelled = true
    }
}
