// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import SQLFile

/// Statements on `callback_check`.
extension SQLTransaction {
    func putCallbackCheck(_ check: CallbackCheck) throws {
        try run(
            """
            INSERT INTO callback_check (application, url, checked_ms, next_ms, failures, blocked, outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, url) DO UPDATE SET
                checked_ms = excluded.checked_ms, next_ms = excluded.next_ms, failures = excluded.failures,
                blocked = excluded.blocked, outcome = excluded.outcome
            """,
            .int(check.application), .text(check.url), .int(check.checked.millis), .optional(check.next?.millis),
            .int(check.failures), .flag(check.isBlocked), .text(check.outcome))
    }

    func callbackChecks() throws -> [CallbackCheck] {
        try rows(
            """
            SELECT application, url, checked_ms, next_ms, failures, blocked, outcome FROM callback_check
            ORDER BY application, url
            """
        ) {
            CallbackCheck(
                application: $0.int(0), url: $0.text(1), checked: Moment($0.int(2)),
                next: $0.optionalInt(3).map(Moment.init), failures: Int($0.int(4)), isBlocked: $0.flag(5),
                outcome: $0.text(6))
        }
    }

    /// Forgets the URLs that no configuration of the application names any more.
    func dropUnusedCallbackChecks(application: Int64) throws {
        try run(
            """
            DELETE FROM callback_check WHERE application = ? AND url NOT IN (
                SELECT value FROM integration_configuration WHERE application = ? AND key = ?)
            """,
            .int(application), .int(application), .text(ConfigurationKey.callbackURL.rawValue))
    }

    /// Every callback URL that is configured, with its application.
    func callbackURLs() throws -> [(application: Int64, url: String)] {
        try rows(
            "SELECT DISTINCT application, value FROM integration_configuration WHERE key = ? ORDER BY application, value",
            [.text(ConfigurationKey.callbackURL.rawValue)]
        ) { ($0.int(0), $0.text(1)) }
    }
}
