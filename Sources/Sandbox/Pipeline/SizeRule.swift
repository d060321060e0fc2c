// SPDX-License-Identifier: Apache-2.0

import RestLi

/// LinkedIn's limits on a request's head [doc: query-tunneling]. They look at what was sent, before tunnelling is
/// undone.
enum SizeRule {
    /// - Throws: `GatewayError` 414. The text is ours: none is documented.
    static func check(_ request: SandboxRequest) throws(GatewayError) {
        let excess = SizeLimits.excess(path: request.path, query: request.query, headBytes: request.headBytes)
        if let excess { throw GatewayError(414, "URI Too Long: \(excess.rawValue)") }
    }
}
