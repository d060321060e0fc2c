// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import JWTKit

/// An ID token as it was handed over, taken apart and not believed yet. Only the two asymmetric algorithms that services use are taken, so
/// that a key which is public can never be used as a shared secret.
struct OpenIDToken: Sendable {
    enum Algorithm: String, Sendable { case rs256 = "RS256", es256 = "ES256" }

    let text: String
    let algorithm: Algorithm
    let keyID: String?
    let claims: JSONValue

    /// - Throws: `OpenIDFailure` for what is no such token.
    init(_ text: String) throws(OpenIDFailure) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.json(parts[0]), let claims = Self.json(parts[1]) else {
            throw OpenIDFailure("the service's ID token is none")
        }
        guard let algorithm = head["alg"]?.string.flatMap({ Algorithm(rawValue: $0) }) else {
            throw OpenIDFailure("the service's ID token is not signed with RS256 or ES256")
        }
        self.text = text
        self.algorithm = algorithm
        keyID = head["kid"]?.string
        self.claims = claims
    }

    /// Whether one of the keys signed it.
    ///
    /// - Parameter keys: of a key set, as JSON.
    /// - Returns: nil when none of the keys can have signed it: the set may be old.
    func isSigned(by keys: [JSONValue]) async -> Bool? {
        let fitting = keys.filter { key in
            let isOfKind =
                switch algorithm {
                case .rs256: key["kty"]?.string == "RSA"
                case .es256: key["kty"]?.string == "EC" && key["crv"]?.string == "P-256"
                }
            return isOfKind && key["use"]?.string != "enc" && [nil, algorithm.rawValue].contains(key["alg"]?.string)
                && (keyID == nil || key["kid"]?.string == keyID)
        }
        guard !fitting.isEmpty else { return nil }
        for key in fitting {
            // The set's own members that matter, and nothing private.
            var plain = JSONObject()
            for name in ["kty", "n", "e", "crv", "x", "y"] { plain[name] = key[name] }
            plain["alg"] = .string(algorithm.rawValue)
            plain["kid"] = "key"
            let collection = JWTKeyCollection()
            let json = String(decoding: JSONValue.object(plain).bytes, as: UTF8.self)
            guard let jwk = try? JWK(json: json), (try? await collection.add(jwk: jwk)) != nil else { continue }
            if (try? await collection.verify(text, as: Signature.self, iteratingKeys: true)) != nil { return true }
        }
        return false
    }

    /// Nothing but the signature is JWTKit's to check.
    private struct Signature: JWTPayload {
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    private static func json(_ part: Substring) -> JSONValue? {
        var text = String(part).replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).flatMap { try? JSONValue(parsing: Array($0)) }
    }

    /// What the token says of its person, when it is for us, for this sign-in, and now.
    ///
    /// Source: OpenID Connect Core 1.0, 3.1.3.7 "ID Token Validation"; the numbers are its steps.
    func identity(for settings: OpenIDSettings, nonce: String, at now: Millis) throws(OpenIDFailure) -> OpenIDIdentity {
        // 2
        guard claims["iss"]?.string == settings.issuer else { throw OpenIDFailure("the ID token is another service's") }
        // 3, 4, 5
        let audience = claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.array?.compactMap(\.string) ?? []
        guard audience.contains(settings.clientID) else {
            throw OpenIDFailure("the ID token is for another application")
        }
        if audience.count > 1 || claims["azp"] != nil, claims["azp"]?.string != settings.clientID {
            throw OpenIDFailure("the ID token was given to another application")
        }
        // 9, 10; clocks may be a minute apart
        let seconds = now.value / 1_000
        guard let expires = claims["exp"]?.int, seconds < expires + 60 else {
            throw OpenIDFailure("the ID token is too old")
        }
        guard let issued = claims["iat"]?.int, issued < seconds + 60, seconds < issued + 3_600 else {
            throw OpenIDFailure("the ID token is of another time; do the clocks agree?")
        }
        // 11
        guard claims["nonce"]?.string == nonce else { throw OpenIDFailure("the ID token is of another sign-in") }
        guard let subject = claims["sub"]?.string, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw OpenIDFailure("the ID token does not say who it is about")
        }
        let isVerified = claims["email_verified"]?.bool == true || claims["email_verified"]?.string == "true"
        return OpenIDIdentity(
            subject: subject, email: isVerified ? claims["email"]?.string?.lowercased() : nil,
            roles: settings.roleClaim.flatMap { claims[$0] }.map(Self.roles) ?? [])
    }

    private static func roles(_ claim: JSONValue) -> [Role] {
        (claim.array ?? [claim]).compactMap { $0.string.flatMap { Role(word: $0.lowercased()) } }
    }
}

/// Why a sign-in by the service did not work; safe to show.
struct OpenIDFailure: Error, Hashable {
    let message: String
    init(_ message: String) { self.message = message }
}

/// Who a sign-in service says somebody is.
struct OpenIDIdentity: Sendable, Hashable {
    var subject: String
    /// In lower case; only one that the service has verified.
    var email: String?
    /// What the role claim says.
    var roles: [Role]

    /// What the audit calls them.
    var name: String {
        email.flatMap { Account.name($0) } ?? Account.name(subject)
            ?? "subject-\(subject.utf8.map { String($0, radix: 16) }.joined().prefix(60))"
    }

    /// The highest role that the claim or a rule gives; nil: this person is not let in.
    func role(_ settings: OpenIDSettings) -> Role? {
        let ruled = settings.rules.filter { rule in
            switch rule.who {
            case .subject(let wanted): wanted == subject
            case .email(let wanted): wanted == email
            case .domain(let wanted): email?.split(separator: "@").last.map(String.init) == wanted
            }
        }
        return (ruled.map(\.role) + roles).max()
    }
}
