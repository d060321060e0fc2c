// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Store
import Web

/// An ATS user's way to LinkedIn and back, after which we know which member the user is.
///
/// The link is a secret that is used up by the binding. Opening the page changes nothing, because mail programs open links, too. Pressing
/// its button opens an attempt: a random state that is good once, for half an hour, and only in that browser.
struct SignInRoutes: Sendable {
    let store: Store
    let time: any Timekeeper
    let signal: SyncSignal
    let limits: ConnectorLimits
    /// nil: this server cannot reach LinkedIn.
    let member: MemberSignIn?

    var endpoints: [Endpoint] {
        [
            .customer(.post, "/api/v1/users/{id}/sign-in", invite),
            .open(.get, "/sign-in/{customer}/{token}", page),
            .open(.post, "/sign-in/{customer}/{token}", begin),
            .open(.get, MemberSignIn.callbackPath, callback),
        ]
    }

    private func invite(_ call: Call, _ caller: Caller) async throws -> Response {
        guard let member else { throw HTTPProblem.noSignIn() }
        let whom = store.receipts.auditName(ofUser: call.values[0], customer: caller.id)
        let link = try await SignInLink.make(
            user: call.values[0], customer: caller.number, id: caller.id, store: store, publicURL: member.publicURL,
            by: caller.entry("user.invite", whom), at: time.now())
        guard let link else { throw HTTPProblem.unknownRecord() }
        return .json(.created) { json in
            json.member("url", link.url)
            json.member("expiresAt", link.expiresAt)
        }
    }

    private func page(_ call: Call) async throws -> Response {
        guard let member, let (customer, user) = try await invited(call) else { return SignInPage.expired.response() }
        let secret = SignInCookie.read(call.request) ?? OneTimeSecret()
        let button = SignInPage.Button(
            action: "/sign-in/\(customer.id)/\(call.values[1])", label: "Continue to LinkedIn",
            secret: secret, goesTo: try Self.origin(member.address(customer, member.redirect, "", nil)))
        return SignInPage.invitation(customer, user, button).response(
            cookie: SignInCookie.header(secret, isEncrypted: member.isEncrypted))
    }

    private func begin(_ call: Call) async throws -> Response {
        guard let member, let (customer, _) = try await invited(call) else { return SignInPage.expired.response() }
        let body = try await call.wholeBody(limit: limits.recordBytes, patience: limits.bodyPatience)
        guard let secret = SignInCookie.read(call.request),
            FormToken.isValid(FormFields(body.readableBytesView), session: Array(secret.text.utf8))
        else { return SignInPage.otherBrowser.response() }
        let (state, verifier, now) = (OneTimeSecret(), member.usesPKCE ? OneTimeSecret() : nil, time.now())
        let begun = try await store.write { tx in
            try tx.beginSignIn(
                token: OneTimeSecret(shown: call.values[1]).hash, state: state.hash, browser: secret.hash,
                verifier: verifier?.text, customer: customer.number, until: now + SignInCookie.lifetime, at: now)
        }
        guard begun else { return SignInPage.expired.response() }
        // The state also names the customer, because the address LinkedIn sends members back to is the same for all.
        let address = try member.address(
            customer, member.redirect, "\(customer.id).\(state.text)", verifier?.challenge)
        return Response(
            status: .seeOther, headers: [.location: address, .cacheControl: "no-store"], body: .init())
    }

    private func callback(_ call: Call) async throws -> Response {
        guard let member, let (customer, state) = try await customer(inState: call.query["state"] ?? "") else {
            return SignInPage.strangeState.response()
        }
        let now = time.now()
        let attempt = try await store.write {
            try $0.takeSignIn(state: state.hash, customer: customer.number, at: now)
        }
        guard let attempt else { return SignInPage.strangeState.response() }
        guard let secret = SignInCookie.read(call.request), OneTimeSecret.isEqual(secret.hash, attempt.browser) else {
            return SignInPage.otherBrowser.response()
        }
        guard let code = call.query["code"], !code.isEmpty, call.query["error"] == nil else {
            // `user_cancelled_login` and `user_cancelled_authorize` (bind-customer-users, documented).
            return SignInPage.cancelled.response()
        }
        let person: String
        do {
            person = try await member.person(customer, code, member.redirect, attempt.verifier)
        } catch {
            // The client's errors hold no code, no secret and no data of people.
            call.logger.warning(
                "LinkedIn did not say who a member is",
                metadata: [LogKey.customer: "\(customer.id)", LogKey.error: "\(error)"])
            return SignInPage.linkedInFailed.response()
        }
        return try await finish(attempt, person, customer)
    }

    private func finish(_ attempt: SignInAttempt, _ person: String, _ customer: Customer) async throws -> Response {
        let now = time.now()
        let (outcome, user) = try await store.write { tx in
            (
                try tx.finishSignIn(attempt, person: person, customer: customer.number, at: now),
                try tx.user(attempt.user, customer: customer.number)
            )
        }
        switch outcome {
        case .bound:
            signal.recordsChanged(customer.number)
            return (user.map(SignInPage.done) ?? SignInPage.expired).response()
        case .unknownUser: return SignInPage.expired.response()
        case .tooManyGroups: return SignInPage.tooManyGroups.response()
        }
    }
}

extension SignInRoutes {
    /// Whom a link invites; nil when it is no good link of that customer.
    private func invited(_ call: Call) async throws -> (Customer, ATSUser)? {
        guard let id = CustomerID(call.values[0]) else { return nil }
        let (token, now) = (OneTimeSecret(shown: call.values[1]).hash, time.now())
        return try await store.read { tx in
            guard let customer = try tx.customer(id: id),
                let user = try tx.signInUser(token: token, customer: customer.number, at: now)
            else { return nil }
            return (customer, user)
        }
    }

    private func customer(inState state: String) async throws -> (Customer, OneTimeSecret)? {
        // A customer's id has no dot in it.
        guard let dot = state.firstIndex(of: "."), let id = CustomerID(String(state[..<dot])) else { return nil }
        let customer = try await store.read { try $0.customer(id: id) }
        return customer.map { ($0, OneTimeSecret(shown: String(state[state.index(after: dot)...]))) }
    }

    /// `https://host:port` of an address.
    private static func origin(_ address: String) -> String {
        guard let scheme = address.range(of: "://") else { return "" }
        return String(address[..<scheme.upperBound] + address[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" })
    }
}

extension HTTPProblem {
    static func noSignIn() -> Self {
        Self(
            .serviceUnavailable, "no-sign-in", "This server has no way to LinkedIn's sign-in",
            "It was started without one; crosswalk serve has it.")
    }
}
