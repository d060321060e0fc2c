// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// An account in one browser.
package struct AccountSession: Sendable, Hashable {
    /// SHA-256 of the cookie's secret: what the session is called.
    package var token: [UInt8]
    package var account: Account
    package var begunAt: Millis
    package var seenAt: Millis
    /// When it ends whatever happens.
    package var expiresAt: Millis
    package var browser: String
    package var address: String
}

extension SQLTransaction {
    /// Begins a session; what is long over is forgotten on the way.
    ///
    /// - Parameter token: SHA-256 of the cookie's secret.
    package func beginSession(
        token: [UInt8], account: Int64, browser: String, address: String, until: Millis, at now: Millis
    ) throws {
        try run("DELETE FROM account_session WHERE expires_ms <= ?", .int(now.value))
        try run(
            """
            INSERT INTO account_session (token, account_id, begun_ms, seen_ms, expires_ms, browser, address)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .blob(token), .int(account), .int(now.value), .int(now.value), .int(until.value), .text(browser),
            .text(address))
        try run("UPDATE account SET signed_in_ms = ? WHERE account_id = ?", .int(now.value), .int(account))
    }

    /// The session of a cookie, also one that was idle for too long; nil when there is none, its time is over, or its account is disabled.
    package func session(token: [UInt8], at now: Millis) throws -> AccountSession? {
        try sessions(where: "s.token = ? AND s.expires_ms > ?", [.blob(token), .int(now.value)]).first
    }

    /// An account's sessions, the one seen last first.
    ///
    /// - Parameter idle: sessions that were not seen for so long are over.
    package func sessions(of account: Int64, idle: Duration, at now: Millis) throws -> [AccountSession] {
        try sessions(
            where: "s.account_id = ? AND s.expires_ms > ? AND s.seen_ms > ?",
            [.int(account), .int(now.value), .int((now - idle).value)])
    }

    /// Notes that a session was used.
    package func touchSession(token: [UInt8], at now: Millis) throws {
        try run("UPDATE account_session SET seen_ms = ? WHERE token = ?", .int(now.value), .blob(token))
    }

    /// - Returns: whether there was one.
    @discardableResult
    package func endSession(token: [UInt8], of account: Int64) throws -> Bool {
        try run("DELETE FROM account_session WHERE token = ? AND account_id = ?", .blob(token), .int(account)) > 0
    }

    /// Ends every session of an account, but for one if it is named.
    ///
    /// - Returns: how many ended.
    @discardableResult
    package func endSessions(of account: Int64, except token: [UInt8] = []) throws -> Int {
        try run("DELETE FROM account_session WHERE account_id = ? AND token <> ?", .int(account), .blob(token))
    }

    private func sessions(where condition: String, _ values: [SQLValue]) throws -> [AccountSession] {
        try rows(
            """
            SELECT s.token, a.account_id, a.name, a.role, s.begun_ms, s.seen_ms, s.expires_ms, s.browser, s.address
            FROM account_session s JOIN account a ON a.account_id = s.account_id
            WHERE a.disabled = 0 AND \(condition) ORDER BY s.seen_ms DESC, s.token
            """, values
        ) { row in
            guard let role = Role(rawValue: row.int(3)) else {
                throw StoreError(.schema, "an account of the database is not readable")
            }
            return AccountSession(
                token: row.blob(0), account: Account(number: row.int(1), name: row.text(2), role: role),
                begunAt: Millis(row.int(4)), seenAt: Millis(row.int(5)), expiresAt: Millis(row.int(6)),
                browser: row.text(7), address: row.text(8))
        }
    }
}
