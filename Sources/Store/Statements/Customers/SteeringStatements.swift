// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// What people steer: pauses, contracts, keys, and how far onboarding is.
extension SQLTransaction {
    /// Stops or resumes sending to LinkedIn. What the ATS and LinkedIn tell us is taken in all the same.
    ///
    /// - Returns: whether it changed.
    @discardableResult
    package func setPaused(_ isPaused: Bool, customer: Int64, at now: Millis) throws -> Bool {
        try run(
            "UPDATE customer SET paused_ms = ? WHERE customer_id = ? AND (paused_ms IS NULL) = ?",
            .optional(isPaused ? now.value : nil), .int(customer), .flag(isPaused)) > 0
    }

    /// Since when nothing is sent; nil while sending goes on.
    package func pausedSince(customer: Int64) throws -> Millis? {
        try first("SELECT paused_ms FROM customer WHERE customer_id = ?", [.int(customer)]) {
            $0.optionalInt(0).map(Millis.init)
        } ?? nil
    }

    /// - Returns: false when the customer has it already.
    @discardableResult
    package func addContract(_ contract: Int64, customer: Int64) throws -> Bool {
        try run(
            "INSERT INTO customer_contract (customer_id, contract) VALUES (?, ?) ON CONFLICT DO NOTHING",
            .int(customer), .int(contract)) > 0
    }

    /// Forgets a contract: its integration is neither read nor configured any more. LinkedIn's side stays as it is.
    ///
    /// - Returns: false when the customer does not have it.
    @discardableResult
    package func removeContract(_ contract: Int64, customer: Int64) throws -> Bool {
        try run(
            "DELETE FROM integration WHERE customer_id = ? AND context = ?", .int(customer),
            .text("urn:li:contract:\(contract)"))
        return try run(
            "DELETE FROM customer_contract WHERE customer_id = ? AND contract = ?", .int(customer), .int(contract)) > 0
    }

    /// The keys that open our API for a customer, the oldest first.
    package func apiKeys(customer: Int64) throws -> [StoredKey] {
        try rows(
            "SELECT hash, label, created_ms FROM api_key WHERE customer_id = ? ORDER BY created_ms, hash",
            [.int(customer)]
        ) { StoredKey(hash: $0.blob(0), label: $0.text(1), createdAt: Millis($0.int(2))) }
    }

    /// Withdraws a key; a running connector believes in it for a minute at the most.
    ///
    /// - Returns: false when the customer has no such key.
    package func removeAPIKey(_ fingerprint: String, customer: Int64) throws -> Bool {
        guard let key = try apiKeys(customer: customer).first(where: { $0.fingerprint == fingerprint }) else {
            return false
        }
        return try run("DELETE FROM api_key WHERE customer_id = ? AND hash = ?", .int(customer), .blob(key.hash)) > 0
    }

    package func onboarding(customer: Int64) throws -> OnboardingMarks {
        try first("SELECT shown_ms, finished_ms FROM onboarding WHERE customer_id = ?", [.int(customer)]) {
            OnboardingMarks(
                shownAt: $0.optionalInt(0).map(Millis.init), finishedAt: $0.optionalInt(1).map(Millis.init))
        } ?? OnboardingMarks()
    }

    /// The configuration plugin is shown; only the first time is kept.
    package func noteShown(customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO onboarding (customer_id, shown_ms) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET shown_ms = COALESCE(onboarding.shown_ms, excluded.shown_ms)
            """, .int(customer), .int(now.value))
    }

    /// Everything is at LinkedIn; only the first time is kept.
    package func noteFinished(customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO onboarding (customer_id, finished_ms) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET finished_ms = COALESCE(onboarding.finished_ms, excluded.finished_ms)
            """, .int(customer), .int(now.value))
    }

    package func callbackHealth(customer: Int64) throws -> CallbackHealth {
        try first("SELECT challenged_ms, pushed_ms FROM callback_health WHERE customer_id = ?", [.int(customer)]) {
            CallbackHealth(
                challengedAt: $0.optionalInt(0).map(Millis.init), pushedAt: $0.optionalInt(1).map(Millis.init))
        } ?? CallbackHealth()
    }

    /// LinkedIn challenged the callback address, and was answered.
    package func noteChallenge(customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO callback_health (customer_id, challenged_ms) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET challenged_ms = excluded.challenged_ms
            """, .int(customer), .int(now.value))
    }

    /// A push came. Written once a minute at the most, because pushes come in bursts.
    func notePush(customer: Int64, at now: Millis) throws {
        try run(
            """
            INSERT INTO callback_health (customer_id, pushed_ms) VALUES (?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET pushed_ms = excluded.pushed_ms
            WHERE callback_health.pushed_ms IS NULL OR callback_health.pushed_ms <= excluded.pushed_ms - 60000
            """, .int(customer), .int(now.value))
    }
}
