// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Keeps test tenants out of production and production off plain http.
package enum Profile: String, Sendable, CaseIterable {
    /// Refuses to talk to linkedin.com: what is sent there by accident is in LinkedIn's production.
    case sandbox
    /// Refuses plain http.
    case production

    /// - Returns: what is wrong with `url` under this profile, and what to do; nil when it may be used.
    package func objection(to url: String) -> String? {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(), let host = parts.host?.lowercased(),
            ["http", "https"].contains(scheme)
        else { return "'\(url)' is no http or https address" }
        switch self {
        case .sandbox:
            let isLinkedIn = host == "linkedin.com" || host.hasSuffix(".linkedin.com") || host.hasSuffix(".linkedin.com.")
            return isLinkedIn
                ? "the sandbox profile refuses to talk to \(host), so that test data never reaches LinkedIn; use --profile production for real customers"
                : nil
        case .production:
            return scheme == "https" ? nil : "the production profile refuses plain http; use https, or --profile sandbox on your own machine"
        }
    }
}
