// SPDX-License-Identifier: Apache-2.0

package import Domain
package import Store
import Web

/// A link by which somebody sets the password of an account. It is a secret that works once; only its hash is stored.
package struct InvitationLink: Sendable {
    package var url: String
    package var expiresAt: Millis

    static let lifetime: Duration = .seconds(7 * 86_400)

    /// A link for an account, in the transaction that adds it or resets it; the link before it is void.
    package static func make(_ account: Int64, publicURL: String, in tx: StoreTransaction, at now: Millis) throws
        -> Self
    {
        let (secret, until) = (OneTimeSecret(), now + lifetime)
        try tx.invite(account, token: secret.hash, until: until)
        return Self(url: "\(publicURL)/ui/invitation/\(secret.text)", expiresAt: until)
    }
}

struct InvitationPage: Page {
    static let template = PageTemplate("invitation", utf8: PackageResources.invitation_mustache, layout: .frame)
    var title = "Set your password"
    var name: String
    var role: String
    var shortest = PasswordDesk.shortest
}

extension Door {
    func showInvitation(_ call: DoorCall) async throws -> WebResponse {
        guard let row = try await invited(call) else { return expired(call) }
        return call.page(InvitationPage(name: row.account.name, role: row.account.role.label))
    }

    func takeInvitation(_ call: DoorCall) async throws -> WebResponse {
        guard let row = try await invited(call) else { return expired(call) }
        func page(_ status: Int, _ notice: Notice) -> WebResponse {
            call.page(
                InvitationPage(name: row.account.name, role: row.account.role.label), status: status, notice: notice)
        }
        guard call.hasToken else { return page(403, Self.noCookie) }
        let password = call.form.exact("password") ?? ""
        if let problem = Self.problem(with: password, again: call.form.exact("password_again"), of: row.account.name) {
            return page(422, Notice(.bad, problem))
        }
        let hash = try await parts.passwords.hash(password)
        let (token, now) = (OneTimeSecret(shown: call.values[0]).hash, call.now)
        let isSet = try await parts.store.write { tx in
            guard try tx.invited(token: token, at: now)?.account.number == row.account.number else { return false }
            try tx.setPassword(of: row.account.number, hash)
            try tx.endSessions(of: row.account.number)
            try tx.audit(
                AuditEntry(
                    actor: row.account.name, action: "account.password",
                    subject: "account \(row.account.name), by a link"), at: now)
            return true
        }
        guard isSet else { return expired(call) }
        return try await enter(call, row.account, kept: nil, next: "/ui")
    }

    private func invited(_ call: DoorCall) async throws -> AccountRow? {
        let (token, now) = (OneTimeSecret(shown: call.values[0]).hash, call.now)
        return try await parts.store.read { try $0.invited(token: token, at: now) }
    }

    private func expired(_ call: DoorCall) -> WebResponse {
        call.page(
            FramedMessage(
                "This link does not work any more",
                [
                    "It was used already, a newer one was made, or its seven days are over.",
                    "Ask whoever sent it for a new one.",
                ],
                links: [Link("Sign in", "/ui/sign-in")]), status: 410)
    }
}
