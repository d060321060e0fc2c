// SPDX-License-Identifier: Apache-2.0

package import Domain
package import SQLFile

/// An account as the list of accounts shows it.
package struct AccountRow: Sendable, Hashable {
    package var account: Account
    package var isDisabled: Bool
    package var hasPassword: Bool
    /// The sign-in service that knows it; nil for one with a password of ours.
    package var issuer: String?
    /// Until when a link to set the password works.
    package var invitedUntil: Millis?
    package var createdAt: Millis
    package var signedInAt: Millis?
}

extension SQLTransaction {
    /// - Parameters:
    ///   - name: as `Account.name` made it.
    ///   - password: as `PasswordHash` wrote it; nil until one is set.
    ///   - identity: whom a sign-in service says it is.
    /// - Throws: `StoreError` `.conflict` when the name is taken.
    package func addAccount(
        _ name: String, role: Role, password: String? = nil, identity: (issuer: String, subject: String)? = nil,
        at now: Millis
    ) throws -> Account {
        guard try account(name: name) == nil else {
            throw StoreError(.conflict, "there is an account \(name) already; choose another name")
        }
        let number = try takeNumbers("account", count: 1)
        try run(
            """
            INSERT INTO account (account_id, name, role, password, issuer, subject, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .int(number), .text(name), .int(role.rawValue), .optional(password), .optional(identity?.issuer),
            .optional(identity?.subject), .int(now.value))
        return Account(number: number, name: name, role: role)
    }

    /// Every account, by name.
    package func accounts() throws -> [AccountRow] { try accounts(where: "TRUE", []) }

    package func account(number: Int64) throws -> AccountRow? {
        try accounts(where: "a.account_id = ?", [.int(number)]).first
    }

    package func account(name: String) throws -> AccountRow? {
        try accounts(where: "a.name = ?", [.text(name)]).first
    }

    /// The account of a person whom a sign-in service knows.
    package func account(issuer: String, subject: String) throws -> AccountRow? {
        try accounts(where: "a.issuer = ? AND a.subject = ?", [.text(issuer), .text(subject)]).first
    }

    package func hasAccounts() throws -> Bool {
        try first("SELECT 1 FROM account LIMIT 1") { _ in true } ?? false
    }

    /// The stored hash of an account's password; nil when it has none.
    package func password(of account: Int64) throws -> String? {
        try first("SELECT password FROM account WHERE account_id = ?", [.int(account)]) { $0.optionalText(0) } ?? nil
    }

    /// Sets the password and uses up the link by which it was set.
    package func setPassword(of account: Int64, _ hash: String) throws {
        try run("UPDATE account SET password = ? WHERE account_id = ?", .text(hash), .int(account))
        try run("DELETE FROM account_invitation WHERE account_id = ?", .int(account))
    }

    /// - Parameter evenLast: takes the role away from the last administrator, too: a sign-in service decides about its people.
    /// - Throws: `StoreError` `.conflict` when nobody who may administer would be left.
    package func setRole(of account: Int64, _ role: Role, evenLast: Bool = false) throws {
        try run("UPDATE account SET role = ? WHERE account_id = ?", .int(role.rawValue), .int(account))
        if !evenLast { try expectAdministrator() }
    }

    /// Lets nobody in with this account any more, or again. Its sessions end.
    ///
    /// - Throws: `StoreError` `.conflict` when nobody who may administer would be left.
    package func setDisabled(_ account: Int64, _ disabled: Bool) throws {
        try run("UPDATE account SET disabled = ? WHERE account_id = ?", .flag(disabled), .int(account))
        try run("DELETE FROM account_session WHERE account_id = ?", .int(account))
        try run("DELETE FROM account_invitation WHERE account_id = ?", .int(account))
        try expectAdministrator()
    }

    /// Forgets the account's password and ends its sessions.
    package func clearPassword(of account: Int64) throws {
        try run("UPDATE account SET password = NULL WHERE account_id = ?", .int(account))
        try run("DELETE FROM account_session WHERE account_id = ?", .int(account))
    }

    /// Keeps a one-time link by which the account's password is set; the link before it is void.
    ///
    /// - Parameter token: SHA-256 of the link's secret.
    package func invite(_ account: Int64, token: [UInt8], until: Millis) throws {
        try run(
            """
            INSERT INTO account_invitation (account_id, token, expires_ms) VALUES (?, ?, ?)
            ON CONFLICT (account_id) DO UPDATE SET token = excluded.token, expires_ms = excluded.expires_ms
            """, .int(account), .blob(token), .int(until.value))
    }

    /// The account that a link sets the password of; nil when it was used, replaced, or its time is over.
    package func invited(token: [UInt8], at now: Millis) throws -> AccountRow? {
        try accounts(
            where: """
                a.disabled = 0 AND a.account_id =
                    (SELECT account_id FROM account_invitation WHERE token = ? AND expires_ms > ?)
                """, [.blob(token), .int(now.value)]
        ).first
    }

    /// An administrator who cannot sign in is none: one needs a password, a link that still sets one, or a sign-in service.
    private func expectAdministrator() throws {
        let left = try first(
            """
            SELECT 1 FROM account a WHERE role = 3 AND disabled = 0 AND (password IS NOT NULL OR issuer IS NOT NULL
                OR EXISTS (SELECT 1 FROM account_invitation i WHERE i.account_id = a.account_id)) LIMIT 1
            """
        ) { _ in true }
        if left == nil {
            throw StoreError(.conflict, "this is the last administrator; make somebody else an administrator first")
        }
    }

    private func accounts(where condition: String, _ values: [SQLValue]) throws -> [AccountRow] {
        try rows(
            """
            SELECT a.account_id, a.name, a.role, a.disabled, a.password IS NOT NULL, a.issuer, i.expires_ms, a.created_ms, a.signed_in_ms
            FROM account a LEFT JOIN account_invitation i ON i.account_id = a.account_id WHERE \(condition) ORDER BY a.name
            """, values
        ) { row in
            guard let role = Role(rawValue: row.int(2)) else {
                throw StoreError(.schema, "an account of the database is not readable")
            }
            return AccountRow(
                account: Account(number: row.int(0), name: row.text(1), role: role), isDisabled: row.flag(3),
                hasPassword: row.flag(4), issuer: row.optionalText(5),
                invitedUntil: row.optionalInt(6).map(Millis.init),
                createdAt: Millis(row.int(7)), signedInAt: row.optionalInt(8).map(Millis.init))
        }
    }
}
