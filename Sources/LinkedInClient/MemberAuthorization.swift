// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn

/// Asks LinkedIn who a member is, with the member's consent: OAuth 2's authorization code flow for one customer's child application.
///
/// Source: bind-customer-users and authorization-code-flow (documented; modules-3-5, C.5). The member's token is used once and not kept.
package struct MemberAuthorization: Sendable {
    let hosts: LinkedInClient.Hosts
    let credentials: TokenRequest
    let transport: any Transport
    let nowMillis: @Sendable () -> Int64
    package let scope: String

    /// The scope of LinkedIn's page. New applications may only have OpenID's (modules-3-5, J-27): `openid profile`.
    package static let documentedScope = "r_liteprofile"

    /// - Parameters:
    ///   - credentials: of the customer's child application, because person ids differ between applications (documented).
    ///   - scope: what the member is asked to allow.
    package init(
        hosts: LinkedInClient.Hosts, credentials: TokenRequest, scope: String = documentedScope,
        transport: any Transport, nowMillis: @escaping @Sendable () -> Int64
    ) {
        self.hosts = hosts
        self.credentials = credentials
        self.scope = scope
        self.transport = transport
        self.nowMillis = nowMillis
    }

    /// Where the member's browser goes to.
    ///
    /// - Parameters:
    ///   - redirect: one of the application's registered callback addresses, to the letter.
    ///   - challenge: PKCE's S256 challenge (RFC 7636). UNVERIFIED: LinkedIn's page does not name it for this flow.
    package func address(redirect: String, state: String, challenge: String? = nil) -> String {
        var fields = [
            ("response_type", "code"), ("client_id", credentials.clientID), ("redirect_uri", redirect),
            ("state", state), ("scope", scope),
        ]
        if let challenge { fields += [("code_challenge", challenge), ("code_challenge_method", "S256")] }
        return hosts.oauth + "/oauth/v2/authorization?" + String(decoding: FormText.encode(fields), as: UTF8.self)
    }

    /// Turns the code that came back into the member's person URN.
    ///
    /// - Throws: `LinkedInError` `.rejected` when LinkedIn does not take the code, and the errors of any call.
    package func person(code: String, redirect: String, verifier: String? = nil) async throws -> PersonURN {
        let token = try await token(code: code, redirect: redirect, verifier: verifier)
        // OpenID's `sub` is the same id. UNVERIFIED for applications of this product (modules-3-5, C.5).
        let isOpenID = scope.split(separator: " ").contains("openid")
        let answer = try await transport.send(
            HTTPCall(
                method: "GET", url: hosts.api + (isOpenID ? "/v2/userinfo" : "/v2/me?fields=id"),
                headers: [.init("Authorization", "Bearer \(token)"), .init("Accept", "application/json")]))
        guard 200..<300 ~= answer.status else { throw LinkedInError(answer, nowMillis: nowMillis()) }
        guard let json = try? JSONValue(parsing: answer.body), let id = json[isOpenID ? "sub" : "id"]?.string,
            let person = PersonURN("urn:li:person:\(id)")
        else {
            throw LinkedInError(
                .unreadable, "the answer does not say who the member is", status: answer.status,
                requestID: answer.requestID)
        }
        return person
    }

    private func token(code: String, redirect: String, verifier: String?) async throws -> String {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("client_id", credentials.clientID), ("client_secret", credentials.clientSecret),
        ]
        if let verifier { fields.append(("code_verifier", verifier)) }
        let answer = try await transport.send(
            HTTPCall(
                method: "POST", url: hosts.oauth + TokenRequest.path,
                headers: [.init("Content-Type", TokenRequest.contentType), .init("Accept", "application/json")],
                body: FormText.encode(fields)))
        switch answer.status {
        case 200..<300:
            guard let json = try? JSONValue(parsing: answer.body), let response = TokenResponse(json: json) else {
                throw LinkedInError(
                    .unreadable, "the token endpoint's answer has no token", status: answer.status,
                    requestID: answer.requestID)
            }
            return response.accessToken
        // `invalid_request` and `invalid_redirect_uri` come as 400 or 401 (bind-customer-users, documented).
        case 400, 401, 403:
            throw LinkedInError(
                .rejected, "LinkedIn does not take the authorization code (\(answer.status))", status: answer.status,
                requestID: answer.requestID)
        default: throw LinkedInError(answer, nowMillis: nowMillis())
        }
    }
}
