// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn

/// One application's access token: fetched once for everybody, used until near its end, fetched anew when LinkedIn says 401.
///
/// Source: Client Credentials Flow and create-jobs (documented): one token for all calls until it expires, 30 minutes.
/// A failure is not remembered, and no caller's cancellation ends the fetch for the others.
package actor TokenKeeper {
    private struct Token {
        var text: String
        /// Milliseconds since 1970.
        var goodUntil: Int64
    }

    private let credentials: TokenRequest
    private let url: String
    private let transport: any Transport
    private let nowMillis: @Sendable () -> Int64
    private var token: Token?
    private var fetching: Task<Token, any Error>?

    /// Fetched this long before its end, so that no call is under way when it expires.
    private static let margin: Int64 = 60_000

    /// - Parameter url: where tokens are given, without the path.
    package init(
        credentials: TokenRequest, url: String, transport: any Transport, nowMillis: @escaping @Sendable () -> Int64
    ) {
        self.credentials = credentials
        self.url = url
        self.transport = transport
        self.nowMillis = nowMillis
    }

    /// A token that LinkedIn has not refused.
    ///
    /// - Parameter refused: one that it has: never given again.
    /// - Throws: `LinkedInError`: `.unauthorized` for wrong credentials, `.unreachable` and its kin otherwise.
    package func token(insteadOf refused: String? = nil) async throws -> String {
        if let token, token.text != refused, token.goodUntil > nowMillis() { return token.text }
        if let fetching { return try await fetching.value.text }
        // Not a child of the caller, so that its cancellation does not reach the others; everybody who asks meanwhile waits for it.
        let task = Task { try await self.fetch() }
        fetching = task
        return try await task.value.text
    }

    private func fetch() async throws -> Token {
        defer { fetching = nil }
        let asked = nowMillis()
        let answer = try await transport.send(
            HTTPCall(
                "POST", url + TokenRequest.path,
                headers: [("content-type", TokenRequest.contentType), ("accept", "application/json")], body: credentials.body))
        let json = try? JSONValue(parsing: answer.body)
        guard (200..<300).contains(answer.status) else {
            let said = OAuthError(status: answer.status, json: json)
            guard (400..<429).contains(answer.status) else { throw LinkedInError(answer, nowSeconds: asked / 1000) }
            throw LinkedInError(
                .unauthorized, "LinkedIn gives no token to this application: \(said.error) \(said.description)", status: answer.status,
                requestID: answer.requestID)
        }
        guard let response = json.flatMap(TokenResponse.init(json:)) else {
            throw LinkedInError(.unreadable, "LinkedIn's token answer has no access_token", status: answer.status, requestID: answer.requestID)
        }
        // A life shorter than the margin still serves the callers who wait.
        let fresh = Token(text: response.accessToken, goodUntil: asked + max(response.expiresIn * 1000 - Self.margin, 0))
        token = fresh
        return fresh
    }
}
