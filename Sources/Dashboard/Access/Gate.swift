// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import Hummingbird
import Store
import Web

/// An account in one browser.
struct Visitor: Sendable {
    var account: Account
    /// What the tokens of the session's forms are made with.
    var secret: [UInt8]
    /// SHA-256 of the cookie's secret: what the store calls the session.
    var session: [UInt8]

    init(_ account: Account, _ secret: OneTimeSecret) {
        self.account = account
        self.secret = Array(secret.text.utf8)
        session = secret.hash
    }
}

/// Who is in front of a page, and whether they may be.
struct Gate: Sendable {
    enum Decision: Sendable {
        case visitor(Visitor)
        /// The sign-in page, or why not.
        case answer(WebResponse)
        /// Somebody who may not do this, or whose form is not from this session.
        case refused(Visitor, DashboardProblem)
        /// A form that is not from this session: it is shown once more.
        case stale(Visitor, KeptForm)
    }

    /// A session that was not used for so long is over.
    static let idle: Duration = .seconds(12 * 3_600)
    /// A session is over after that in any case.
    static let longest: Duration = .seconds(7 * 86_400)

    private let parts: Dashboard.Parts
    private let door: Door
    private let cookie: SessionCookie
    private let site: SameSite

    init(_ parts: Dashboard.Parts, door: Door) {
        self.parts = parts
        self.door = door
        cookie = SessionCookie(publicURL: parts.publicURL)
        site = SameSite(publicURL: parts.publicURL)
    }

    func admit(_ call: Call, _ form: FormFields, to route: DashboardRoute) async throws -> Decision {
        if route.method == .post, !site.sent(call.request) { return .answer(door.foreign(call)) }
        let path = call.request.head.path ?? "/"
        let now = parts.time.now()
        let (secret, session) = try await session(of: call)
        guard let secret, let session, now < session.seenAt + Self.idle else {
            let kept =
                route.method == .post ? KeptForm(path: path, fields: form, account: session?.account.number) : nil
            return .answer(try await door.signIn(call, next: kept == nil ? path : "/ui", kept: kept))
        }
        if now >= session.seenAt + .seconds(60) {
            try await parts.store.write { try $0.touchSession(token: secret.hash, at: now) }
        }
        let visitor = Visitor(session.account, secret)
        guard visitor.account.role >= route.role else { return .refused(visitor, .role(route.role)) }
        if route.method == .post, !FormToken.isValid(form, session: visitor.secret) {
            guard let kept = KeptForm(path: path, fields: form, account: visitor.account.number) else {
                return .refused(visitor, .unknownPage)
            }
            return .stale(visitor, kept)
        }
        return .visitor(visitor)
    }
}

extension Gate {
    /// Who is in front of a page that asks for no role; nil for somebody who is not signed in.
    func visitor(of call: Call) async throws -> Visitor? {
        let (secret, session) = try await session(of: call)
        guard let secret, let session, parts.time.now() < session.seenAt + Self.idle else { return nil }
        return Visitor(session.account, secret)
    }

    private func session(of call: Call) async throws -> (OneTimeSecret?, AccountSession?) {
        let (secret, now) = (cookie.read(call.request), parts.time.now())
        return (
            secret,
            try await parts.store.read { tx in try secret.flatMap { try tx.session(token: $0.hash, at: now) } }
        )
    }
}

extension DashboardProblem {
    static func role(_ role: Role) -> Self {
        Self(
            status: 403, title: "Your account may not do this",
            text: "It takes the role \(role.label). An administrator can give it to you under Accounts.",
            links: [Link("Overview", "/ui")])
    }
}
