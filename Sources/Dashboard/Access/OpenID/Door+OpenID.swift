// SPDX-License-Identifier: Apache-2.0

import Domain
import Logging
import Store
import Web
import Webhooks

extension Door {
    static let openIDCallback = "/ui/oidc/callback"
    private static let attemptLifetime: Duration = .seconds(600)

    private var redirect: String { parts.publicURL + Self.openIDCallback }

    /// The origin of the service's page, which the answer to our form leads to; nil when the service cannot be asked.
    func openIDOrigin() async -> String? {
        guard let page = try? await parts.oidc?.discover().authorization else { return nil }
        let scheme = page.prefix { $0 != ":" }
        return "\(scheme)://" + page.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" }
    }

    func beginOpenID(_ call: DoorCall) async throws -> WebResponse {
        guard let service = parts.oidc else { return .see("/ui/sign-in") }
        guard call.hasToken else { return try await signInPage(call, status: 403, notice: Self.noCookie) }
        let (state, nonce, verifier) = (OneTimeSecret(), OneTimeSecret(), OneTimeSecret())
        let address: String
        do {
            address = try await service.address(
                redirect: redirect, state: state.text, nonce: nonce.text, challenge: verifier.challenge)
        } catch {
            return try await signInPage(call, status: 502, notice: Notice(.bad, Self.words(error)))
        }
        let attempt = OpenIDAttempt(
            browser: call.visit.hash, nonce: nonce.text, verifier: verifier.text, next: call.next.text,
            kept: call.form.exact(KeptForm.field))
        let now = call.now
        try await parts.store.write { tx in
            try tx.beginOpenID(attempt, state: state.hash, until: now + Self.attemptLifetime, at: now)
        }
        return WebResponse(status: 303, headers: [("location", address), ("cache-control", "no-store")])
    }

    func finishOpenID(_ call: DoorCall) async throws -> WebResponse {
        guard let service = parts.oidc else { return .see("/ui/sign-in") }
        let (state, now) = (OneTimeSecret(shown: call.query.exact("state") ?? "").hash, call.now)
        let taken = try await parts.store.write { try $0.takeOpenID(state: state, at: now) }
        // RFC 9207: an answer says whose it is, where the service supports it.
        guard let attempt = taken, OneTimeSecret.isEqual(attempt.browser, call.visit.hash),
            call.query.exact("iss").map({ $0 == service.settings.issuer }) ?? true
        else {
            return again(
                call, "This sign-in is not open",
                "It was finished already, took longer than ten minutes, or was begun in another browser.", status: 400)
        }
        guard let code = call.query.exact("code") else {
            return again(
                call, "You were not signed in", "The service \(service.settings.label) did not let you in.", status: 403
            )
        }
        do {
            let identity = try await service.identity(
                code: code, redirect: redirect, verifier: attempt.verifier, nonce: attempt.nonce)
            return try await enter(call, identity, attempt, service.settings)
        } catch let error where error is OpenIDFailure || error is GuardedFetcher.Failure {
            parts.logger.warning("a sign-in by the service failed", metadata: ["reason": "\(Self.words(error))"])
            return again(call, "You were not signed in", Self.words(error), status: 502)
        }
    }

    private func enter(
        _ call: DoorCall, _ identity: OpenIDIdentity, _ attempt: OpenIDAttempt, _ settings: OpenIDSettings
    ) async throws -> WebResponse {
        guard let role = identity.role(settings) else {
            return again(
                call, "You have no access",
                "\(settings.label) knows you, but nobody gave you a role in Crosswalk. Ask an administrator.",
                status: 403)
        }
        let now = call.now
        let account = try await parts.store.write { tx -> Account? in
            if let row = try tx.account(issuer: settings.issuer, subject: identity.subject) {
                if row.isDisabled { return nil }
                if row.account.role != role {
                    try tx.setRole(of: row.account.number, role, evenLast: true)
                    try tx.audit(
                        AuditEntry(
                            actor: "sign-in service", action: "account.role",
                            subject: "account \(row.account.name), from \(row.account.role.word) to \(role.word)"),
                        at: now)
                }
                return Account(number: row.account.number, name: row.account.name, role: role)
            }
            // Somebody with a password here is somebody else until an administrator says otherwise.
            guard try tx.account(name: identity.name) == nil else { return nil }
            let account = try tx.addAccount(
                identity.name, role: role, identity: (settings.issuer, identity.subject), at: now)
            try tx.audit(
                AuditEntry(
                    actor: "sign-in service", action: "account.add", subject: "account \(account.name), as \(role.word)"
                ),
                at: now)
            return account
        }
        guard let account else {
            return again(
                call, "You have no access",
                "Your account is disabled, or there is one with a password that has your name. Ask an administrator.",
                status: 403)
        }
        let kept = attempt.kept.flatMap { KeptForm($0, parts.store.vault, at: now) }
        return try await enter(call, account, kept: kept, next: LocalPath(attempt.next) ?? "/ui")
    }

    private func again(_ call: DoorCall, _ title: String, _ text: String, status: Int) -> WebResponse {
        call.page(FramedMessage(title, [text.sentence], links: [Link("Sign in", "/ui/sign-in")]), status: status)
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let failure as OpenIDFailure: failure.message.sentence
        case let failure as GuardedFetcher.Failure: failure.message.sentence
        default: "The service cannot be reached."
        }
    }
}
