// SPDX-License-Identifier: Apache-2.0

import Crypto
import SQLFile

/// The right to one 3-legged token, as it waits for its application to come for it.
struct AuthorizationCode: Sendable, Hashable {
    var application: Int64
    var member: Int64
    var redirectURI: String
    /// Space-separated.
    var scope: String
    var challenge: String?
    var issued: Moment
    var expires: Moment
}

/// Codes of the 3-legged flow: kept by hash, good for one token.
struct AuthorizationCodes: Sendable {
    let world: World

    /// [D]: authorization code flow.
    static let life = Duration.seconds(30 * 60)

    /// Why a code gets no token. Which cases LinkedIn tells apart is [D] (jobs-oauth-restli 4.2).
    enum Refusal: Error {
        /// Never issued, or used already.
        case notFound
        /// Another application's, another redirect URI, expired, or not proven by the verifier.
        case mismatch
    }

    func issue(_ request: AuthorizationRequest, member: Int64, at now: Moment) async throws -> String {
        let text = Credential.token()
        let code = AuthorizationCode(
            application: request.application.number, member: member, redirectURI: request.redirectURI,
            scope: request.scopes.joined(separator: " "), challenge: request.challenge, issued: now,
            expires: now + Self.life)
        // An expired one is known a day longer, so that it is refused as expired.
        let forgotten = now - .seconds(86_400)
        try await world.write { tx in
            try tx.removeAuthorizationCodes(expiredBefore: forgotten)
            try tx.addAuthorizationCode(hash: Self.hash(text), code)
        }
        return text
    }

    /// Uses a code up. One that is refused stays, because a mistake of somebody else must not cost the member's consent
    /// (UNVERIFIED).
    func redeem(
        _ text: String, application: Int64, redirectURI: String, verifier: String?, at now: Moment
    ) async throws -> Result<AuthorizationCode, Refusal> {
        let hash = Self.hash(text)
        return try await world.write { tx in
            guard let code = try tx.authorizationCode(hash: hash) else { return .failure(.notFound) }
            guard code.application == application, code.redirectURI == redirectURI, code.expires > now,
                code.challenge == verifier.map(AuthorizationRequest.challenge(of:))
            else { return .failure(.mismatch) }
            try tx.removeAuthorizationCode(hash: hash)
            return .success(code)
        }
    }

    private static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
