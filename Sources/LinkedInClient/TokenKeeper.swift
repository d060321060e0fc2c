// SPDX-License-Identifier: Apache-2.0

package import LinkedIn

/// Keeps one application's access token, and fetches a new one when it is needed.
///
/// One fetch at a time for all callers; a failure is forgotten, so that the next caller tries again; and a caller
/// that is cancelled does not cancel the fetch for the others. LinkedIn asks to share one token until it expires
/// (jobs-oauth-restli 4.1, confidence D).
package actor TokenKeeper {
    /// A token is given up this long before it expires, because a call may take half a minute.
    package static let margin = Duration.seconds(60)

    private struct Held: Sendable {
        var token: String
        var expiresAtMillis: Int64
    }

    private let fetch: @Sendable () async throws -> TokenResponse
    private let nowMillis: @Sendable () -> Int64
    private var held: Held?
    private var fetching: Task<Held, any Error>?

    /// - Parameters:
    ///   - fetch: asks the token endpoint.
    ///   - nowMillis: epoch milliseconds.
    package init(
        nowMillis: @escaping @Sendable () -> Int64, fetch: @escaping @Sendable () async throws -> TokenResponse
    ) {
        self.nowMillis = nowMillis
        self.fetch = fetch
    }

    /// A token that is good for another minute at least.
    ///
    /// - Throws: whatever `fetch` throws.
    package func token() async throws -> String {
        if let held, nowMillis() < held.expiresAtMillis { return held.token }
        return try await fetched()
    }

    /// A token other than `refused`, which LinkedIn has answered with a 401. Callers that come late with an old token
    /// get the one that was fetched meanwhile.
    ///
    /// - Throws: whatever `fetch` throws.
    package func token(insteadOf refused: String) async throws -> String {
        if held?.token == refused { held = nil }
        return try await token()
    }

    private func fetched() async throws -> String {
        if let fetching { return try await fetching.value.token }
        let (fetch, nowMillis) = (fetch, nowMillis)
        // Waited for by every caller below; not a child of the first one, whose cancellation must not reach it.
        let task = Task {
            let asked = nowMillis()
            let response = try await fetch()
            let life = max(response.expiresIn - Self.margin.components.seconds, 0)
            return Held(token: response.accessToken, expiresAtMillis: asked + min(life, 10_000_000) * 1000)
        }
        fetching = task
        defer { fetching = nil }
        let fresh = try await task.value
        held = fresh
        return fresh.token
    }
}
