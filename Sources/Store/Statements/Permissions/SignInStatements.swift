// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

extension SQLTransaction {
    /// Keeps a one-time link by which a user signs in with LinkedIn; what is over is forgotten on the way.
    ///
    /// - Parameter token: SHA-256 of the link's secret.
    package func addSignIn(token: [UInt8], user: String, customer: Int64, until: Millis, at now: Millis) throws {
        try run(
            "DELETE FROM sign_in WHERE customer_id = ? AND expires_ms <= ?", .int(customer), .int(now.value))
        try run(
            "INSERT INTO sign_in (customer_id, token, user_id, expires_ms) VALUES (?, ?, ?, ?)",
            .int(customer), .blob(token), .text(user), .int(until.value))
    }

    /// The user that a link is for; nil when it was used, withdrawn, or its time is over.
    package func signInUser(token: [UInt8], customer: Int64, at now: Millis) throws -> ATSUser? {
        let user = try first(
            "SELECT user_id FROM sign_in WHERE customer_id = ? AND token = ? AND expires_ms > ?",
            [.int(customer), .blob(token), .int(now.value)]
        ) { $0.text(0) }
        return try user.flatMap { try self.user($0, customer: customer) }
    }

    /// Opens an attempt on a link; another that was open on it is void.
    ///
    /// - Parameters:
    ///   - state: SHA-256 of the state that LinkedIn hands back.
    ///   - browser: SHA-256 of the cookie of the browser that pressed the button.
    /// - Returns: false when the link is not good any more.
    package func beginSignIn(
        token: [UInt8], state: [UInt8], browser: [UInt8], verifier: String?, customer: Int64, until: Millis,
        at now: Millis
    ) throws -> Bool {
        try run(
            """
            UPDATE sign_in SET state = ?, browser = ?, verifier = ?, state_ms = ?
            WHERE customer_id = ? AND token = ? AND expires_ms > ?
            """,
            .blob(state), .blob(browser), .optional(verifier), .int(until.value), .int(customer), .blob(token),
            .int(now.value)) > 0
    }

    /// Takes an attempt by its state, once: whoever comes with the same state again finds nothing.
    ///
    /// - Returns: nil when there is none, or its time is over.
    package func takeSignIn(state: [UInt8], customer: Int64, at now: Millis) throws -> SignInAttempt? {
        let attempt = try first(
            "SELECT token, user_id, browser, verifier FROM sign_in WHERE customer_id = ? AND state = ? AND state_ms > ?",
            [.int(customer), .blob(state), .int(now.value)]
        ) { row in
            SignInAttempt(
                token: row.blob(0), user: row.text(1), browser: row.blob(2), verifier: row.optionalText(3))
        }
        try run(
            """
            UPDATE sign_in SET state = NULL, browser = NULL, verifier = NULL, state_ms = NULL WHERE customer_id = ? AND state = ?
            """, .int(customer), .blob(state))
        return attempt
    }

    /// Binds the user of a link to the member who signed in, and uses the link up.
    ///
    /// - Returns: `.unknownUser` also when the link was used or withdrawn meanwhile.
    package func finishSignIn(_ attempt: SignInAttempt, person: String, customer: Int64, at now: Millis) throws
        -> BindOutcome
    {
        guard try signInUser(token: attempt.token, customer: customer, at: now)?.id == attempt.user else {
            return .unknownUser
        }
        let outcome = try bind(attempt.user, to: person, source: .signIn, customer: customer, at: now)
        if outcome == .bound {
            try run(
                "DELETE FROM sign_in WHERE customer_id = ? AND user_id = ?", .int(customer), .text(attempt.user))
        }
        return outcome
    }
}

/// A sign-in that was begun and has come back from LinkedIn.
package struct SignInAttempt: Sendable {
    /// SHA-256 of the link's secret.
    package var token: [UInt8]
    package var user: String
    /// SHA-256 of the cookie of the browser that began it.
    package var browser: [UInt8]
    /// PKCE, where it is used.
    package var verifier: String?
}
