// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Who may use the dashboard: for administrators.
enum AccountsArea {
    static let path = "/ui/accounts"

    static let routes: [DashboardRoute] = [
        .get("/ui/accounts", .admin) { call in try await list(call) },
        .post("/ui/accounts", .admin) { call in try await add(call) },
        .post("/ui/accounts/{name}/role", .admin) { call in
            guard let role = call.form["role"].flatMap({ Role(word: $0) }) else { throw DashboardProblem.unknownPage }
            return try await act(call, done: "role-changed") { desk, name in
                try await desk.setRole(
                    name, role, was: call.form["was"].flatMap { Role(word: $0) }, at: call.now)
            }
        },
        .post("/ui/accounts/{name}/disable", .admin) { call in
            try await act(call, done: "account-disabled") { desk, name in
                try await desk.setDisabled(name, true, at: call.now)
            }
        },
        .post("/ui/accounts/{name}/enable", .admin) { call in
            try await act(call, done: "account-enabled") { desk, name in
                try await desk.setDisabled(name, false, at: call.now)
            }
        },
        .post("/ui/accounts/{name}/reset", .admin) { call in try await reset(call) },
    ]

    private static func desk(_ call: DashboardCall) -> AccountDesk {
        AccountDesk(store: call.store, publicURL: call.parts.publicURL, actor: call.visitor.account.name)
    }

    private static func list(_ call: DashboardCall, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        let rows = try await call.store.read { try $0.accounts() }
        return call.page(AccountsPage(rows, call), status: status, notice: notice)
    }

    private static func add(_ call: DashboardCall) async throws -> WebResponse {
        guard let name = Account.name(call.form["name"] ?? "") else {
            return try await list(call, status: 422, notice: Notice(.bad, Account.nameRule))
        }
        guard let role = call.form["role"].flatMap({ Role(word: $0) }) else { throw DashboardProblem.unknownPage }
        do {
            let link = try await desk(call).add(name, role: role, at: call.now)
            return call.page(InvitedPage(name, link, now: call.now))
        } catch let error as StoreError where error.code == .conflict {
            return try await list(
                call, status: 409, notice: Notice(.bad, "There is an account \(name) already; choose another name."))
        }
    }

    private static func reset(_ call: DashboardCall) async throws -> WebResponse {
        do {
            let link = try await desk(call).reset(call.values[0], at: call.now)
            return call.page(InvitedPage(call.values[0], link, now: call.now))
        } catch let error as StoreError {
            return try await list(call, status: 409, notice: Notice(.bad, error.message.sentence))
        }
    }

    private static func act(
        _ call: DashboardCall, done: String, _ body: (AccountDesk, String) async throws -> Void
    ) async throws -> WebResponse {
        do {
            try await body(desk(call), call.values[0])
            return .see("\(path)?done=\(done)")
        } catch let error as StoreError where error.code == .conflict || error.code == .notFound {
            return try await list(call, status: 409, notice: Notice(.bad, error.message.sentence))
        }
    }
}

struct AccountsPage: Page {
    static let template = PageTemplate("accounts", utf8: PackageResources.accounts_mustache)

    struct Row: Sendable {
        var name: String
        var path: String
        var roles: [Choice]
        var role: String
        /// What the form that changes it is based on.
        var roleWord: String
        var state: Badge
        var how: String
        var seen: ShownTime?
        var audit: String
        var isDisabled: Bool
        /// The role is the sign-in service's to say.
        var roleIsGiven: Bool
        var canReset: Bool
        var isSelf: Bool
    }

    var title = "Accounts"
    var rows: [Row]
    var roles: [Choice]
    var typed: String

    init(_ accounts: [AccountRow], _ call: DashboardCall) {
        rows = accounts.map { row in
            let name = row.account.name
            let isInvited = row.invitedUntil.map { $0 > call.now } ?? false
            return Row(
                name: name, path: "\(AccountsArea.path)/\(name.urlComponent)", roles: Self.choices(row.account.role),
                role: row.account.role.label, roleWord: row.account.role.word,
                state: row.isDisabled
                    ? Badge(.bad, "disabled")
                    : row.hasPassword || row.issuer != nil
                        ? Badge(.good, "active") : isInvited ? Badge(.info, "invited") : Badge(.warn, "link expired"),
                how: row.issuer.map { "with \($0)" } ?? "with a password",
                seen: row.signedInAt.map { ShownTime($0.value, now: call.now.value) },
                audit: "/ui/audit?actor=\(name.urlComponent)", isDisabled: row.isDisabled,
                roleIsGiven: row.issuer != nil, canReset: row.issuer == nil && !row.isDisabled,
                isSelf: row.account.number == call.visitor.account.number)
        }
        roles = Self.choices(.viewer)
        typed = call.form["name"] ?? ""
    }

    private static func choices(_ chosen: Role) -> [Choice] {
        Role.allCases.map { Choice($0.word, $0.label, isChosen: $0 == chosen) }
    }
}

/// The link for somebody new; it is shown this once.
struct InvitedPage: Page {
    static let template = PageTemplate("invited", utf8: PackageResources.invited_mustache)
    var title = "Send this link"
    var name: String
    var link: String
    var until: ShownTime

    init(_ name: String, _ link: InvitationLink, now: Millis) {
        self.name = name
        self.link = link.url
        until = ShownTime(link.expiresAt.value, now: now.value)
    }
}

extension String {
    /// As a sentence: what commands say begins small and has no full stop.
    var sentence: String { prefix(1).uppercased() + dropFirst() + (hasSuffix(".") ? "" : ".") }
}
