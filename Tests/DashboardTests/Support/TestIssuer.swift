// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Domain
import Foundation
import JSONBytes
import Synchronization
import Web

@testable import Dashboard

/// A sign-in service in memory, whose keys can change and which can be told to lie.
final class TestIssuer: Sendable {
    static let issuer = "https://id.example.com"

    struct State {
        var algorithm = OpenIDToken.Algorithm.es256
        var generation = 1
        var keys: [Int: (ecdsa: P256.Signing.PrivateKey, rsa: _RSA.Signing.PrivateKey)] = [:]
        /// What the next token says instead of the truth.
        var lies: [String: JSONValue] = [:]
        var claims: [String: JSONValue] = ["sub": "s-1", "email": "ada@example.org", "email_verified": true]
        /// Signs with a key that the set does not hold.
        var usesUnknownKey = false
        var keyReads = 0
        /// By authorization code.
        var nonces: [String: (nonce: String, challenge: String)] = [:]
        var isDown = false
    }

    let state = Mutex(State())
    private let time: any Timekeeper

    init(time: any Timekeeper) throws {
        self.time = time
        try rotate(to: 1)
    }

    func settings(_ allow: String = "example.org=viewer, ada@example.org=operator", claim: String? = nil) throws
        -> OpenIDSettings
    {
        OpenIDSettings(
            issuer: Self.issuer, clientID: "crosswalk", clientSecret: "s3cr et", rules: try OpenIDSettings.rules(allow),
            roleClaim: claim)
    }

    func service(_ settings: OpenIDSettings) -> OpenIDService {
        OpenIDService(settings, time: time) { url, headers, body in try await self.answer(url, headers, body) }
    }

    /// New keys; the old ones are told no more.
    func rotate(to generation: Int) throws {
        let pair = (ecdsa: P256.Signing.PrivateKey(), rsa: try Self.rsa())
        state.withLock { state in
            state.generation = generation
            state.keys[generation] = pair
        }
    }

    private static func rsa() throws -> _RSA.Signing.PrivateKey { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// What the browser brings back after the person agreed.
    ///
    /// - Parameter location: where the browser was sent.
    func agree(_ location: String) throws -> String {
        let fields = FormFields(Array(location.split(separator: "?", maxSplits: 1)[1].utf8))
        let code = "code-\(UInt64.random(in: 0 ... .max))"
        state.withLock { $0.nonces[code] = (fields["nonce"] ?? "", fields["code_challenge"] ?? "") }
        return "/ui/oidc/callback?code=\(code)&state=\(fields["state"] ?? "")"
    }

    private func answer(_ url: String, _ headers: [(name: String, value: String)], _ body: [UInt8]?) async throws -> (
        status: Int, body: [UInt8]
    ) {
        if state.withLock({ $0.isDown }) { throw OpenIDFailure("id.example.com does not answer") }
        switch url {
        case Self.issuer + "/.well-known/openid-configuration":
            let json: JSONValue = [
                "issuer": .string(Self.issuer), "authorization_endpoint": "https://login.example.com/authorize",
                "token_endpoint": "https://id.example.com/token", "jwks_uri": "https://id.example.com/keys",
            ]
            return (200, json.bytes)
        case "https://id.example.com/keys":
            return (200, try keySet().bytes)
        case "https://id.example.com/token":
            return try await token(headers, FormFields(body ?? []))
        default: return (404, Array("{}".utf8))
        }
    }

    private func keySet() throws -> JSONValue {
        let (generation, pair) = state.withLock { state in
            state.keyReads += 1
            return (state.generation, state.keys[state.generation])
        }
        guard let pair else { throw OpenIDFailure("no keys") }
        let point = Array(pair.ecdsa.publicKey.rawRepresentation)
        let primitives = try pair.rsa.publicKey.getKeyPrimitives()
        return [
            "keys": [
                // A shared secret in the set must never be used.
                ["kty": "oct", "kid": .string("ec-\(generation)"), "k": "c2hvcnQ"],
                [
                    "kty": "EC", "crv": "P-256", "kid": .string("ec-\(generation)"), "use": "sig",
                    "x": .string(OneTimeSecret.base64URL(Array(point[..<32]))),
                    "y": .string(OneTimeSecret.base64URL(Array(point[32...]))),
                ],
                [
                    "kty": "RSA", "alg": "RS256", "kid": .string("rsa-\(generation)"),
                    "n": .string(OneTimeSecret.base64URL(Array(primitives.modulus))),
                    "e": .string(OneTimeSecret.base64URL(Array(primitives.publicExponent))),
                ],
            ]
        ]
    }

    private func token(_ headers: [(name: String, value: String)], _ form: FormFields) async throws -> (Int, [UInt8]) {
        let secret = Data("crosswalk:s3cr%20et".utf8).base64EncodedString()
        guard headers.contains(where: { $0.name == "authorization" && $0.value == "Basic \(secret)" }),
            let attempt = state.withLock({ $0.nonces.removeValue(forKey: form["code"] ?? "") }),
            OneTimeSecret(shown: form["code_verifier"] ?? "").challenge == attempt.challenge
        else { return (400, Array(#"{"error":"invalid_grant"}"#.utf8)) }
        let json: JSONValue = ["token_type": "Bearer", "id_token": .string(try await sign(nonce: attempt.nonce))]
        return (200, json.bytes)
    }

    func sign(nonce: String) async throws -> String {
        let now = time.now().value / 1_000
        let (algorithm, generation, pair, claims) = state.withLock { state in
            var claims = state.claims
            claims["iss"] = .string(Self.issuer)
            claims["aud"] = "crosswalk"
            claims["exp"] = .int(now + 300)
            claims["iat"] = .int(now)
            claims["nonce"] = .string(nonce)
            for (name, value) in state.lies { claims[name] = value }
            let pair = state.usesUnknownKey ? nil : state.keys[state.generation]
            return (state.algorithm, state.generation, pair, claims)
        }
        let head: JSONValue = [
            "typ": "JWT", "alg": .string(algorithm.rawValue),
            "kid": .string("\(algorithm == .es256 ? "ec" : "rsa")-\(generation)"),
        ]
        let text =
            OneTimeSecret.base64URL(head.bytes) + "."
            + OneTimeSecret.base64URL(JSONValue.object(JSONObject(claims.map { ($0.key, $0.value) })).bytes)
        let signature: [UInt8] =
            switch algorithm {
            case .es256:
                Array(try (pair?.ecdsa ?? P256.Signing.PrivateKey()).signature(for: Array(text.utf8)).rawRepresentation)
            case .rs256:
                Array(
                    try (pair?.rsa ?? Self.rsa()).signature(
                        for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5
                    ).rawRepresentation)
            }
        return text + "." + OneTimeSecret.base64URL(signature)
    }
}
