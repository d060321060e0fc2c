// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// A sign-in by the service that was begun and has come back.
package struct OpenIDAttempt: Sendable {
    /// SHA-256 of the cookie of the browser that began it.
    package var browser: [UInt8]
    package var nonce: String
    /// PKCE.
    package var verifier: String
    /// The path to go on with.
    package var next: String
    /// A form that waits, sealed.
    package var kept: String?

    package init(browser: [UInt8], nonce: String, verifier: String, next: String, kept: String?) {
        self.browser = browser
        self.nonce = nonce
        self.verifier = verifier
        self.next = next
        self.kept = kept
    }
}

extension SQLTransaction {
    /// Keeps an attempt; those that are over are forgotten on the way.
    ///
    /// - Parameter state: SHA-256 of the state that the service hands back.
    package func beginOpenID(_ attempt: OpenIDAttempt, state: [UInt8], until: Millis, at now: Millis) throws {
        try run("DELETE FROM oidc_attempt WHERE expires_ms <= ?", .int(now.value))
        try run(
            """
            INSERT INTO oidc_attempt (state, browser, nonce, verifier, next, kept, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .blob(state), .blob(attempt.browser), .text(attempt.nonce), .text(attempt.verifier), .text(attempt.next),
            .optional(attempt.kept.map { Array($0.utf8) }), .int(until.value))
    }

    /// Takes an attempt by its state, once.
    package func takeOpenID(state: [UInt8], at now: Millis) throws -> OpenIDAttempt? {
        try first(
            "DELETE FROM oidc_attempt WHERE state = ? AND expires_ms > ? RETURNING browser, nonce, verifier, next, kept",
            [.blob(state), .int(now.value)]
        ) { row in
            OpenIDAttempt(
                browser: row.blob(0), nonce: row.text(1), verifier: row.text(2), next: row.text(3),
                kept: row.optionalBlob(4).map { String(decoding: $0, as: UTF8.self) })
        }
    }
}
