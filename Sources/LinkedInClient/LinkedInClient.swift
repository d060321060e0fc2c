// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
package import Logging
import RestLi

/// LinkedIn's API for one application: one customer's child application, or the partner's own.
///
/// Every method is one call (two when a token has to be fetched first, and the call is made again once after a 401).
/// Nothing sleeps and nothing else is repeated: when to try again is the caller's business, by the error's remedy and
/// `RetryRule`. LinkedIn asks for batches in sequence, so a caller makes one call at a time for each endpoint group
/// (modules-1-2 1.5, confidence D).
package struct LinkedInClient: Sendable {
    /// The bases of LinkedIn's two hosts, without a slash at the end.
    package struct Hosts: Sendable, Hashable {
        package var api: String
        package var oauth: String

        package init(api: String, oauth: String) {
            self.api = api.trimmingSlashes
            self.oauth = oauth.trimmingSlashes
        }

        /// One address for both, as a sandbox has it.
        package init(both url: String) { self.init(api: url, oauth: url) }

        /// LinkedIn itself (modules-1-2 1.1, confidence pm).
        package static let linkedIn = Hosts(api: "https://api.linkedin.com", oauth: "https://www.linkedin.com")
    }

    package let surface: Surface
    let hosts: Hosts
    let transport: any Transport
    let tokens: TokenKeeper
    let nowMillis: @Sendable () -> Int64
    let logger: Logger

    /// 1.0.0 without a header on `/v2`, as in every official sample; 2.0.0 on `/rest` (jobs-oauth-restli 2.1,
    /// confidence C).
    var version: ProtocolVersion { surface.isVersioned ? .v2 : .v1 }

    /// - Parameters:
    ///   - credentials: of the application whose token is used.
    ///   - nowMillis: epoch milliseconds.
    package init(
        hosts: Hosts, credentials: TokenRequest, surface: Surface = .v2, transport: any Transport,
        nowMillis: @escaping @Sendable () -> Int64, logger: Logger
    ) {
        self.hosts = hosts
        self.surface = surface
        self.transport = transport
        self.nowMillis = nowMillis
        self.logger = logger
        let endpoint = TokenEndpoint(url: hosts.oauth + TokenRequest.path, transport: transport, nowMillis: nowMillis)
        tokens = TokenKeeper(nowMillis: nowMillis) { try await endpoint.fetch(credentials) }
    }

    /// Fetches a token if none is held. Tells whether the credentials are good without touching any data.
    ///
    /// - Throws: `LinkedInError` `.credentialsRefused`, or the errors of any call.
    package func authenticate() async throws { _ = try await tokens.token() }
}

/// LinkedIn's token endpoint, 2-legged (jobs-oauth-restli 4.1, confidence D).
private struct TokenEndpoint: Sendable {
    var url: String
    var transport: any Transport
    var nowMillis: @Sendable () -> Int64

    func fetch(_ credentials: TokenRequest) async throws -> TokenResponse {
        let answer = try await transport.send(
            HTTPCall(
                method: "POST", url: url,
                headers: [.init("Content-Type", TokenRequest.contentType), .init("Accept", "application/json")],
                body: credentials.body))
        switch answer.status {
        case 200..<300:
            guard let json = try? JSONValue(parsing: answer.body), let response = TokenResponse(json: json) else {
                throw LinkedInError(
                    .unreadable, "the token endpoint's answer has no token", status: answer.status,
                    requestID: answer.requestID)
            }
            return response
        // By status and not by the `error` word, whose spelling differs between page and captures (9 item 14).
        case 400, 401, 403:
            throw LinkedInError(
                .credentialsRefused, "the client id or secret is refused (\(answer.status))", status: answer.status,
                requestID: answer.requestID)
        default: throw LinkedInError(answer, nowMillis: nowMillis())
        }
    }
}

extension String {
    fileprivate var trimmingSlashes: String {
        var text = self[...]
        while text.last == "/" { text.removeLast() }
        return String(text)
    }
}
