// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Store

/// What is done to accounts, by the pages and by the command line alike; each is audited where it is done.
package struct AccountDesk: Sendable {
    package let store: Store
    /// How browsers reach the dashboard, without a slash at its end.
    package let publicURL: String
    /// Who does it, as the audit says.
    package let actor: String

    package init(store: Store, publicURL: String, actor: String) {
        self.store = store
        self.publicURL = publicURL
        self.actor = actor
    }

    /// Adds an account that has no password yet.
    ///
    /// - Parameter name: as `Account.name` made it.
    /// - Returns: the link that sets the password; it is told once.
    /// - Throws: `StoreError` `.conflict` when the name is taken.
    package func add(_ name: String, role: Role, at now: Millis) async throws -> InvitationLink {
        try await store.write { tx in
            let account = try tx.addAccount(name, role: role, at: now)
            try tx.audit(entry("account.add", name, "as \(role.word)"), at: now)
            return try InvitationLink.make(account.number, publicURL: publicURL, in: tx, at: now)
        }
    }

    /// Takes the password away, ends the sessions and makes a link that sets a new password.
    ///
    /// - Throws: `StoreError` `.notFound`, or `.conflict` for an account of a sign-in service.
    package func reset(_ name: String, at now: Millis) async throws -> InvitationLink {
        try await store.write { tx in
            let row = try expect(name, in: tx)
            guard row.issuer == nil else {
                throw StoreError(
                    .conflict, "\(name) signs in with another service and has no password here; reset it there")
            }
            guard !row.isDisabled else {
                throw StoreError(.conflict, "\(name) is disabled; enable the account first")
            }
            try tx.clearPassword(of: row.account.number)
            try tx.audit(entry("account.reset", name), at: now)
            return try InvitationLink.make(row.account.number, publicURL: publicURL, in: tx, at: now)
        }
    }

    /// - Parameter was: the role that whoever asks believes in; nil for any.
    /// - Throws: `StoreError` `.notFound`, or `.conflict` when no administrator would be left, or somebody else was faster.
    package func setRole(_ name: String, _ role: Role, was: Role? = nil, at now: Millis) async throws {
        try await store.write { tx in
            let row = try expect(name, in: tx)
            guard row.account.role != role else { return }
            if let was, was != row.account.role {
                throw StoreError(
                    .conflict,
                    "somebody else changed the role of \(name) meanwhile, to \(row.account.role.word); nothing of yours was saved"
                )
            }
            try tx.setRole(of: row.account.number, role)
            try tx.audit(entry("account.role", name, "from \(row.account.role.word) to \(role.word)"), at: now)
        }
    }

    /// - Throws: `StoreError` `.notFound`, or `.conflict` when no administrator would be left.
    package func setDisabled(_ name: String, _ disabled: Bool, at now: Millis) async throws {
        try await store.write { tx in
            let row = try expect(name, in: tx)
            guard row.isDisabled != disabled else { return }
            try tx.setDisabled(row.account.number, disabled)
            try tx.audit(entry(disabled ? "account.disable" : "account.enable", name), at: now)
        }
    }

    private func expect(_ name: String, in tx: StoreTransaction) throws -> AccountRow {
        guard let row = try tx.account(name: name) else { throw StoreError(.notFound, "there is no account '\(name)'") }
        return row
    }

    private func entry(_ action: String, _ name: String, _ detail: String = "") -> AuditEntry {
        AuditEntry(actor: actor, action: action, subject: "account \(name)" + (detail.isEmpty ? "" : ", \(detail)"))
    }
}
