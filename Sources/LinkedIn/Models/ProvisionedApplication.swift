// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// A child application as LinkedIn describes it.
/// Source: Provisioning API (documented), SDK fixtures (sdk).
package struct ProvisionedApplication: Hashable, Sendable {
    /// `urn:li:developerApplication:700123`.
    package var key: DeveloperApplicationURN
    package var uniqueForeignId: String?
    package var name: String?
    package var description: String?
    package var clientID: String
    /// Only in the answer to the creation; the finder leaves it out (SDK fixture).
    package var clientSecret: String?
    package var scriptDomains: [String]
    package var callbackURLs: [String]

    /// Reads the answer to a creation or one element of the finder.
    ///
    /// - Returns: nil without a key or a client id.
    package init?(json: JSONValue) {
        guard let key = json["key"]?.string.flatMap(DeveloperApplicationURN.init),
            let clientID = json["credentials"]?["client_id"]?.string
        else { return nil }
        self.key = key
        self.clientID = clientID
        clientSecret = json["credentials"]?["client_secret"]?.string
        uniqueForeignId = json["uniqueForeignId"]?.string
        name = json["name"]?.string
        description = json["description"]?.string
        scriptDomains = json["validJsSdkDomains"]?.array?.compactMap(\.string) ?? []
        callbackURLs = json["oauth2AuthorizedCallbackUrls"]?.array?.compactMap(\.string) ?? []
    }
}
