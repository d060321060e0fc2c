// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Whether a form was sent by a page of ours, as far as the browser tells: the second lock beside the form's token.
struct SameSite: Sendable {
    /// `https://connect.example.com`
    private let origin: String

    init(publicURL: String) {
        let scheme = publicURL.prefix { $0 != ":" }.lowercased()
        let authority = publicURL.dropFirst(scheme.count + 3).prefix { $0 != "/" }.lowercased()
        origin = "\(scheme)://\(authority)"
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    func sent(_ request: Request) -> Bool {
        if let site = request.headers[Self.fetchSite], site != "same-origin", site != "none" { return false }
        guard let shown = request.headers[.origin]?.lowercased() else { return true }
        // A proxy may have replaced the host, so the public address counts, too.
        return shown == origin || shown == "http://\(request.head.authority ?? "")".lowercased()
            || shown == "https://\(request.head.authority ?? "")".lowercased()
    }
}
