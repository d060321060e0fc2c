// SPDX-License-Identifier: Apache-2.0

package import Domain
import Foundation
import JSONBytes
import Store
import Web

/// The sign-in service: where its pages are, what signs its tokens, and the exchange of a code for one.
///
/// What it says about itself is asked for once an hour. Its keys are asked for again when a token names one that is not known, at most
/// once a minute: services change their keys without a word.
package actor OpenIDService {
    /// Asks the service; `body` nil is a GET.
    package typealias Fetch =
        @Sendable (
            _ url: String, _ headers: [(name: String, value: String)], _ body: [UInt8]?
        ) async throws -> (status: Int, body: [UInt8])

    struct Discovery: Sendable {
        var authorization: String
        var token: String
        var keys: String
        /// Whether the client's secret goes into the body instead of the header.
        var takesSecretInBody: Bool
    }

    package nonisolated let settings: OpenIDSettings
    private let fetch: Fetch
    private let time: any Timekeeper
    private var discovery: (value: Discovery, at: Millis)?
    private var keys: [JSONValue] = []
    private var keysAt: Millis?

    private static let discoveryLifetime: Duration = .seconds(3_600)
    private static let keysPause: Duration = .seconds(60)

    package init(_ settings: OpenIDSettings, time: any Timekeeper = SystemTime(), fetch: @escaping Fetch) {
        self.settings = settings
        self.time = time
        self.fetch = fetch
    }

    /// Source: OpenID Connect Discovery 1.0, section 4.
    func discover() async throws -> Discovery {
        let now = time.now()
        if let discovery, now < discovery.at + Self.discoveryLifetime { return discovery.value }
        let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
        let json = try await ask(base + "/.well-known/openid-configuration")
        guard json["issuer"]?.string == settings.issuer else {
            throw OpenIDFailure(
                "the service at \(settings.issuer) calls itself \(json["issuer"]?.string?.prefix(200) ?? "nothing")")
        }
        guard let authorization = json["authorization_endpoint"]?.string, let token = json["token_endpoint"]?.string,
            let keys = json["jwks_uri"]?.string
        else { throw OpenIDFailure("the service does not say where its pages are") }
        let methods = json["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
        let value = Discovery(
            authorization: authorization, token: token, keys: keys,
            takesSecretInBody: methods.map { !$0.contains("client_secret_basic") && $0.contains("client_secret_post") }
                ?? false)
        discovery = (value, now)
        return value
    }

    /// Where the browser is sent.
    func address(redirect: String, state: String, nonce: String, challenge: String) async throws -> String {
        let base = try await discover().authorization
        let fields = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", redirect),
            ("scope", "openid email profile"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ]
        let query = fields.map { "\($0.0)=\($0.1.urlComponent)" }.joined(separator: "&")
        return base + (base.contains("?") ? "&" : "?") + query
    }

    /// Who is behind an authorization code.
    ///
    /// - Throws: `OpenIDFailure`.
    func identity(code: String, redirect: String, verifier: String, nonce: String) async throws -> OpenIDIdentity {
        let discovery = try await discover()
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ]
        var headers = [(name: "content-type", value: "application/x-www-form-urlencoded")]
        if discovery.takesSecretInBody {
            fields += [("client_id", settings.clientID), ("client_secret", settings.clientSecret)]
        } else {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            let pair = "\(settings.clientID.urlComponent):\(settings.clientSecret.urlComponent)"
            headers.append((name: "authorization", value: "Basic \(Data(pair.utf8).base64EncodedString())"))
        }
        let body = fields.map { "\($0.0)=\($0.1.urlComponent)" }.joined(separator: "&")
        let json = try await ask(discovery.token, headers, Array(body.utf8))
        guard let text = json["id_token"]?.string else { throw OpenIDFailure("the service gave no ID token") }
        let token = try OpenIDToken(text)
        guard try await isSigned(token, discovery) else {
            throw OpenIDFailure("the ID token's signature is not the service's")
        }
        return try token.identity(for: settings, nonce: nonce, at: time.now())
    }

    private func isSigned(_ token: OpenIDToken, _ discovery: Discovery) async throws -> Bool {
        if keysAt == nil { try await readKeys(discovery) }
        if let answer = await token.isSigned(by: keys) { return answer }
        guard let keysAt, time.now() >= keysAt + Self.keysPause else { return false }
        try await readKeys(discovery)
        return await token.isSigned(by: keys) ?? false
    }

    private func readKeys(_ discovery: Discovery) async throws {
        // Before the call, so that calls which fail are counted as well.
        if keysAt != nil { keysAt = time.now() }
        let json = try await ask(discovery.keys)
        guard let found = json["keys"]?.array else { throw OpenIDFailure("the service tells no keys") }
        keys = found
        keysAt = time.now()
    }

    private func ask(_ url: String, _ headers: [(name: String, value: String)] = [], _ body: [UInt8]? = nil)
        async throws
        -> JSONValue
    {
        let (status, bytes) = try await fetch(url, headers, body)
        guard let json = try? JSONValue(parsing: bytes) else {
            throw OpenIDFailure("the service's answer is no JSON (\(status))")
        }
        guard status == 200 else {
            throw OpenIDFailure("the service refuses: \(json["error"]?.string?.prefix(100) ?? "\(status)")")
        }
        return json
    }
}
