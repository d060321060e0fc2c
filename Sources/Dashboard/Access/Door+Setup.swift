// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// What proves that whoever makes the first account is whoever started the server: it is said on the terminal and nowhere else.
package struct SetupCode: Sendable {
    package let text: String

    /// Sixty random bits, without letters and digits that look alike.
    package init() {
        let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        var generator = SystemRandomNumberGenerator()
        text = (0..<3).map { _ in
            String((0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        }.joined(separator: "-")
    }

    func fits(_ typed: String) -> Bool {
        func plain(_ text: String) -> [UInt8] { Array(text.uppercased().filter { $0.isLetter || $0.isNumber }.utf8) }
        return OneTimeSecret.isEqual(plain(typed), plain(text))
    }
}

struct SetupPage: Page {
    static let template = PageTemplate("setup", utf8: PackageResources.setup_mustache, layout: .frame)
    var title = "Set up Crosswalk"
    var hasCode: Bool
    var name: String
    var shortest = PasswordDesk.shortest
}

extension Door {
    func showSetup(_ call: DoorCall) async throws -> WebResponse {
        if try await parts.store.read({ try $0.hasAccounts() }) { return .see("/ui/sign-in") }
        return setupPage(call)
    }

    private func setupPage(_ call: DoorCall, status: Int = 200, notice: Notice? = nil) -> WebResponse {
        call.page(
            SetupPage(hasCode: parts.setupCode != nil, name: call.form["name"] ?? "admin"), status: status,
            notice: notice)
    }

    func takeSetup(_ call: DoorCall) async throws -> WebResponse {
        guard call.hasToken else { return setupPage(call, status: 403, notice: Self.noCookie) }
        if try await parts.store.read({ try $0.hasAccounts() }) { return .see("/ui/sign-in") }
        let subjects = [(hash: DoorCall.subject("setup", call.address), patience: SignInPatience.name)]
        let now = call.now
        if let wait = try await parts.store.write({ try $0.countTry(subjects, at: now) }) {
            return setupPage(call, status: 429, notice: Self.tooMany(until: wait, now: now))
        }
        guard parts.setupCode?.fits(call.form["code"] ?? "") == true else {
            return setupPage(
                call, status: 403, notice: Notice(.bad, "This is not the code that the server printed when it started.")
            )
        }
        // Whoever has the code may mistype the rest.
        try await parts.store.write { try $0.forgiveTry(name: subjects[0].hash, address: []) }
        guard let name = Account.name(call.form["name"] ?? "") else {
            return setupPage(call, status: 422, notice: Notice(.bad, Account.nameRule))
        }
        let password = call.form.exact("password") ?? ""
        if let problem = Self.problem(with: password, again: call.form.exact("password_again"), of: name) {
            return setupPage(call, status: 422, notice: Notice(.bad, problem))
        }
        let hash = try await parts.passwords.hash(password)
        let account = try await parts.store.write { tx -> Account? in
            guard try !tx.hasAccounts() else { return nil }
            let account = try tx.addAccount(name, role: .admin, password: hash, at: now)
            try tx.audit(
                AuditEntry(actor: name, action: "account.setup", subject: "account \(name), the first administrator"),
                at: now)
            return account
        }
        guard let account else { return .see("/ui/sign-in") }
        return try await enter(call, account, kept: nil, next: "/ui")
    }

    /// What is wrong with a password that was typed twice.
    static func problem(with password: String, again: String?, of name: String) -> String? {
        PasswordDesk.problem(with: password, of: name)
            ?? (again == password ? nil : "The two passwords are not the same.")
    }
}
