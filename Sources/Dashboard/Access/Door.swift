// SPDX-License-Identifier: Apache-2.0

import Connector
import Crypto
import Domain
import HTTPTypes
import Hummingbird
import Store
import Web

/// The pages before sign-in: the only ones that somebody without an account sees.
struct Door: Sendable {
    let parts: Dashboard.Parts
    let renderer: Renderer
    private let live: LiveHub
    private let cookie: SessionCookie
    private let site: SameSite

    init(_ parts: Dashboard.Parts, renderer: Renderer, live: LiveHub) {
        self.parts = parts
        self.renderer = renderer
        self.live = live
        cookie = SessionCookie(publicURL: parts.publicURL)
        site = SameSite(publicURL: parts.publicURL)
    }

    typealias Handler = @Sendable (Door, DoorCall) async throws -> WebResponse

    /// Every page that asks for no role.
    static let pages: [(method: HTTPRequest.Method, path: String, handler: Handler)] = [
        (.get, "/ui/sign-in", { door, call in try await door.showSignIn(call) }),
        (.post, "/ui/sign-in", { door, call in try await door.takeSignIn(call) }),
        (.get, "/ui/setup", { door, call in try await door.showSetup(call) }),
        (.post, "/ui/setup", { door, call in try await door.takeSetup(call) }),
        (.get, "/ui/invitation/{token}", { door, call in try await door.showInvitation(call) }),
        (.post, "/ui/invitation/{token}", { door, call in try await door.takeInvitation(call) }),
        (.post, "/ui/oidc", { door, call in try await door.beginOpenID(call) }),
        (.get, openIDCallback, { door, call in try await door.finishOpenID(call) }),
    ]

    func answer(_ handler: Handler, _ call: Call, isPost: Bool) async throws -> WebResponse {
        // A form that waits for the sign-in comes along, sealed and in Base64.
        let form = isPost ? try await DashboardCall.form(of: call, limit: 4 * 1024 * 1024) : FormFields()
        if isPost, !site.sent(call.request) { return foreign(call) }
        return try await handler(self, DoorCall(call, form, parts, renderer))
    }

    /// To the sign-in page, or with a form that waits: that page itself.
    func signIn(_ call: Call, next: String, kept: KeptForm?) async throws -> WebResponse {
        guard let kept else {
            let isFirst = next == "/" || next == "/ui" || LocalPath(next) == nil
            return .see(isFirst ? "/ui/sign-in" : LocalPath("/ui/sign-in?next=" + next.urlComponent) ?? "/ui/sign-in")
        }
        return try await signInPage(
            DoorCall(call, FormFields(), parts, renderer), kept: try kept.seal(parts.store.vault, at: parts.time.now()),
            status: 401,
            notice: Notice(
                .warn,
                "You are signed out, so nothing was done yet. What you entered is kept on this page until you sign in.")
        )
    }

    func foreign(_ call: Call) -> WebResponse {
        say(
            call,
            FramedMessage(
                "This came from another site", ["A page that is not Crosswalk's tried to send this. Nothing was done."],
                links: [Link("To Crosswalk", "/ui")]), status: 403)
    }

    /// To somebody who is not signed in.
    func say(_ call: Call, _ message: FramedMessage, status: Int) -> WebResponse {
        DoorCall(call, FormFields(), parts, renderer).page(message, status: status)
    }

    /// Begins a session for an account and goes on: to the form that waited, or to the page that was wanted.
    func enter(_ call: DoorCall, _ account: Account, kept: KeptForm?, next: LocalPath) async throws -> WebResponse {
        let (secret, now) = (OneTimeSecret(), call.now)
        // The session that the browser was in ends: nobody keeps two.
        let before = cookie.read(call.call.request)
        try await parts.store.write { tx in
            if let before, let old = try tx.session(token: before.hash, at: now) {
                try tx.endSession(token: old.token, of: old.account.number)
            }
            try tx.beginSession(
                token: secret.hash, account: account.number, browser: call.browser, address: call.address,
                until: now + Gate.longest, at: now)
            try tx.audit(AuditEntry(actor: account.name, action: "session.begin", subject: "signed in"), at: now)
        }
        guard let kept, kept.account == nil || kept.account == account.number else {
            return .see(next, cookies: [cookie.set(secret)])
        }
        let page = DashboardCall(
            call: call.call, query: FormFields(), form: FormFields(), visitor: Visitor(account, secret), parts: parts,
            renderer: renderer, live: live)
        var response = page.page(KeptPage(kept, why: "Your session had ended before this was sent.", leave: "/ui"))
        response.headers.append(("set-cookie", cookie.set(secret).header))
        return response
    }
}
