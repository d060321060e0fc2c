// SPDX-License-Identifier: Apache-2.0

/// Posts one body to one URL. The one thing that a test without a network replaces.
package protocol Poster: Sendable {
    func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) async -> Reply
}

/// What a process lets webhooks reach.
package struct WebhookPolicy: Sendable {
    /// Sandbox only: production never sends events unencrypted.
    package var allowsPlainHTTP: Bool
    package var addresses: AddressGuard

    package init(allowsPlainHTTP: Bool, allowed: [AddressRange]) {
        self.allowsPlainHTTP = allowsPlainHTTP
        addresses = AddressGuard(allowed: allowed)
    }

    /// Production: https, public addresses.
    package static let strict = Self(allowsPlainHTTP: false, allowed: [])
    /// The sandbox profile: this machine too, without encryption.
    package static let sandbox = Self(allowsPlainHTTP: true, allowed: AddressGuard.loopback)

    /// What can be said of a URL before its name is resolved.
    ///
    /// - Throws: `TargetURL.Malformed`.
    package func check(_ text: String) throws(TargetURL.Malformed) -> TargetURL {
        let url = try TargetURL(text)
        guard url.isEncrypted || allowsPlainHTTP else {
            throw TargetURL.Malformed(message: "it starts with https://; plain http is for the sandbox profile")
        }
        if let address = IPAddress(url.host), let kind = addresses.refusal(of: address) {
            throw TargetURL.Malformed(message: "\(address) is \(kind), which the setting webhooks.allow does not allow")
        }
        return url
    }
}
