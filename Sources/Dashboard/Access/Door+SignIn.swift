// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

struct SignInPage: Page {
    static let template = PageTemplate("sign-in", utf8: PackageResources.sign_in_mustache, layout: .frame)
    var title = "Sign in to Crosswalk"
    var name: String
    var next: String
    var kept: String?
    /// What the sign-in service is called; nil without one.
    var service: String?
}

extension Door {
    func showSignIn(_ call: DoorCall) async throws -> WebResponse {
        if try await !parts.store.read({ try $0.hasAccounts() }), parts.oidc == nil { return .see("/ui/setup") }
        let notice: Notice? = call.query["done"] == "signed-out" ? Notice(.good, "You are signed out.") : nil
        return try await signInPage(call, notice: notice)
    }

    /// - Parameter kept: a sealed form that waits.
    func signInPage(_ call: DoorCall, kept: String? = nil, status: Int = 200, notice: Notice? = nil) async throws
        -> WebResponse
    {
        // Browsers also hold the redirect that answers a form to `form-action`.
        let origin = await openIDOrigin()
        let missing = Notice(.warn, "The sign-in service cannot be reached just now; only passwords work.")
        return call.page(
            SignInPage(
                name: call.form["name"] ?? "", next: call.next.text, kept: kept ?? call.form.exact(KeptForm.field),
                service: origin == nil ? nil : parts.oidc?.settings.label),
            status: status, notice: notice ?? (parts.oidc != nil && origin == nil ? missing : nil),
            policy: ContentPolicy(formTargets: origin.map { [$0] } ?? []))
    }

    func takeSignIn(_ call: DoorCall) async throws -> WebResponse {
        guard call.hasToken else { return try await signInPage(call, status: 403, notice: Self.noCookie) }
        let typed = call.form["name"] ?? ""
        let name = Account.name(typed) ?? typed
        let subjects = [
            (hash: DoorCall.subject("name", name), patience: SignInPatience.name),
            (hash: DoorCall.subject("address", call.address), patience: SignInPatience.address),
        ]
        let now = call.now
        if let wait = try await parts.store.write({ try $0.countTry(subjects, at: now) }) {
            return try await signInPage(call, status: 429, notice: Self.tooMany(until: wait, now: now))
        }
        let (row, stored) = try await parts.store.read { tx in
            let row = try tx.account(name: name)
            return (row, try row.flatMap { try tx.password(of: $0.account.number) })
        }
        let password = String((call.form.exact("password") ?? "").prefix(PasswordDesk.longest))
        guard await parts.passwords.fits(password, stored), let row, !row.isDisabled else {
            return try await signInPage(
                call, status: 401, notice: Notice(.bad, "The name or the password is not right."))
        }
        // Hashes grow with the machines: the password is at hand only now.
        let renewed =
            PasswordHash(stored ?? "")?.cost == parts.passwords.cost ? nil : try await parts.passwords.hash(password)
        try await parts.store.write { tx in
            try tx.forgiveTry(name: subjects[0].hash, address: subjects[1].hash)
            if let renewed { try tx.setPassword(of: row.account.number, renewed) }
        }
        return try await enter(call, row.account, kept: call.kept, next: call.next)
    }

    static let noCookie = Notice(
        .warn, "That did not work: this page was open for too long, or your browser keeps no cookies. Please try again."
    )

    static func tooMany(until wait: Millis, now: Millis) -> Notice {
        Notice(
            .bad,
            "Too many tries. Please wait \(Wording.duration(milliseconds: max(1_000, wait.value - now.value))), then try again."
        )
    }
}
