// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A file that pages load. Its path names its content, so browsers may keep it for good.
package struct Asset: Sendable {
    package let path: String
    package let type: String
    package let bytes: [UInt8]

    package init(_ name: String, type: String, _ bytes: [UInt8]) {
        let hash = SHA256.hash(data: bytes).prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        path = "/assets/\(hash)/\(name)"
        self.type = type
        self.bytes = bytes
    }

    package var response: WebResponse {
        WebResponse(
            status: 200,
            headers: [
                ("content-type", type), ("cache-control", "public, max-age=31536000, immutable"),
                ("x-content-type-options", "nosniff"),
            ], body: .bytes(bytes))
    }

    package static let style = Asset("app.css", type: "text/css; charset=utf-8", PackageResources.app_css)
    package static let script = Asset("live.js", type: "text/javascript; charset=utf-8", PackageResources.live_js)
    package static let icon = Asset("icon.svg", type: "image/svg+xml", PackageResources.icon_svg)

    /// The shared asset of this path.
    package static func find(_ path: String) -> Asset? { [style, script, icon].first { $0.path == path } }
}
