// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// What somebody does about their own account.
enum OwnAccountArea {
    static let routes: [DashboardRoute] = [
        .get("/ui/account", .viewer) { call in try await show(call) },
        .post("/ui/account/password", .viewer) { call in try await change(call) },
        .post("/ui/account/sessions/end", .viewer) { call in
            guard let token = call.form["session"]?.bytesOfHex else { throw DashboardProblem.unknownPage }
            return try await end(call) { tx, account in try tx.endSession(token: token, of: account) ? 1 : 0 }
        },
        .post("/ui/account/sessions/end-others", .viewer) { call in
            let own = call.visitor.session
            return try await end(call) { tx, account in try tx.endSessions(of: account, except: own) }
        },
        .post("/ui/sign-out", .viewer) { call in
            let visitor = call.visitor
            let now = call.now
            try await call.store.write { tx in
                try tx.endSession(token: visitor.session, of: visitor.account.number)
                try tx.audit(
                    AuditEntry(actor: visitor.account.name, action: "session.end", subject: "signed out"), at: now)
            }
            return .see(
                "/ui/sign-in?done=signed-out", cookies: [SessionCookie(publicURL: call.parts.publicURL).remove])
        },
    ]

    private static func show(_ call: DashboardCall, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        let (number, now) = (call.visitor.account.number, call.now)
        let (row, sessions) = try await call.store.read { tx in
            (try tx.account(number: number), try tx.sessions(of: number, idle: Gate.idle, at: now))
        }
        return call.page(OwnAccountPage(row, sessions, call), status: status, notice: notice)
    }

    private static func change(_ call: DashboardCall) async throws -> WebResponse {
        let (account, now) = (call.visitor.account, call.now)
        // Somebody at an unlocked screen must not guess here either.
        let subjects = [(hash: DoorCall.subject("name", account.name), patience: SignInPatience.name)]
        if let wait = try await call.store.write({ try $0.countTry(subjects, at: now) }) {
            return try await show(call, status: 429, notice: Door.tooMany(until: wait, now: now))
        }
        let stored = try await call.store.read { try $0.password(of: account.number) }
        guard await call.parts.passwords.fits(call.form.exact("present_password") ?? "", stored) else {
            return try await show(
                call, status: 422, notice: Notice(.bad, "The present password is not right. Nothing was changed."))
        }
        try await call.store.write { try $0.forgiveTry(name: subjects[0].hash, address: []) }
        let password = call.form.exact("password") ?? ""
        if let problem = Door.problem(with: password, again: call.form.exact("password_again"), of: account.name) {
            return try await show(call, status: 422, notice: Notice(.bad, problem))
        }
        let hash = try await call.parts.passwords.hash(password)
        let own = call.visitor.session
        try await call.store.write { tx in
            try tx.setPassword(of: account.number, hash)
            // Whoever knew the old one is out.
            try tx.endSessions(of: account.number, except: own)
            try tx.audit(
                AuditEntry(actor: account.name, action: "account.password", subject: "account \(account.name)"), at: now
            )
        }
        return .see("/ui/account?done=password-changed")
    }

    private static func end(
        _ call: DashboardCall, _ body: @escaping @Sendable (StoreTransaction, Int64) throws -> Int
    ) async throws -> WebResponse {
        let (account, now) = (call.visitor.account, call.now)
        try await call.store.write { tx in
            let count = try body(tx, account.number)
            guard count > 0 else { return }
            try tx.audit(
                AuditEntry(
                    actor: account.name, action: "session.end",
                    subject: Wording.count(count, "session") + " of account \(account.name)"), at: now)
        }
        return .see("/ui/account?done=signed-out-there")
    }
}

struct OwnAccountPage: Page {
    static let template = PageTemplate("own-account", utf8: PackageResources.own_account_mustache)

    struct Row: Sendable {
        var id: String
        var browser: String
        var address: String
        var begun: ShownTime
        var seen: ShownTime
        var isThis: Bool
    }

    var title = "Your account"
    var name: String
    var role: String
    var issuer: String?
    var shortest = PasswordDesk.shortest
    var sessions: [Row]
    var hasOthers: Bool

    init(_ row: AccountRow?, _ sessions: [AccountSession], _ call: DashboardCall) {
        name = call.visitor.account.name
        role = call.visitor.account.role.label
        issuer = row?.issuer
        self.sessions = sessions.map { session in
            Row(
                id: session.token.hex, browser: session.browser, address: session.address,
                begun: ShownTime(session.begunAt.value, now: call.now.value),
                seen: ShownTime(session.seenAt.value, now: call.now.value),
                isThis: session.token == call.visitor.session)
        }
        hasOthers = sessions.count > 1
    }
}
