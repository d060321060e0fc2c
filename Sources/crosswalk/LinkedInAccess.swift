// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import JSONBytes
import LinkedIn
import LinkedInClient
import Logging
import Store
import Sync

/// How this process reaches LinkedIn, or the sandbox that stands for it.
struct LinkedInAccess: Sendable {
    var settings: Settings
    var transport: AHCTransport
    var vault: Vault
    var logger: Logger

    /// What `linkedin.url` means: LinkedIn's own address means both of its hosts, any other stands for both.
    static func hosts(_ url: String) -> LinkedInClient.Hosts {
        url.contains("linkedin.com") ? .linkedIn : LinkedInClient.Hosts(both: url)
    }

    /// - Throws: `CommandError` when the profile forbids the address.
    static func check(_ url: String, _ settings: Settings) throws {
        guard let profile = Profile(rawValue: settings.text(.profile) ?? "sandbox") else { return }
        do throws(LinkedInError) { try HostGuard.check(url, profile) } catch {
            throw CommandError("\(url): \(error.message)")
        }
    }

    /// The address used for a customer: the one it was added with, unless this process was told another.
    func url(for customer: Customer) -> String {
        guard let found = settings.found(.linkedInURL), found.origin != "default" else { return customer.linkedInURL }
        return found.value
    }

    /// What speaks for one customer, with its own credentials.
    func port(for customer: Customer) throws -> any LinkedInPort {
        let url = url(for: customer)
        try Self.check(url, settings)
        let secret = try vault.open(customer.clientSecret, for: Customer.secretPurpose(customer.id))
        return ClientPort(
            client(url, TokenRequest(clientID: customer.clientID, clientSecret: secret)), customer: customer)
    }

    /// The way to LinkedIn's sign-in, with each customer's own child application.
    func signIn() -> MemberSignIn {
        MemberSignIn(
            publicURL: Workspace.publicURL(settings), usesPKCE: settings.flag(.signInPKCE),
            address: { customer, redirect, state, challenge in
                try authorization(of: customer).address(redirect: redirect, state: state, challenge: challenge)
            },
            person: { customer, code, redirect, verifier in
                try await authorization(of: customer).person(code: code, redirect: redirect, verifier: verifier)
                    .description
            })
    }

    private func authorization(of customer: Customer) throws -> MemberAuthorization {
        let url = url(for: customer)
        try Self.check(url, settings)
        let secret = try vault.open(customer.clientSecret, for: Customer.secretPurpose(customer.id))
        return MemberAuthorization(
            hosts: Self.hosts(url), credentials: TokenRequest(clientID: customer.clientID, clientSecret: secret),
            scope: settings.text(.signInScope) ?? MemberAuthorization.documentedScope, transport: transport,
            nowMillis: { SystemTime().now().value })
    }

    func client(_ url: String, _ credentials: TokenRequest) -> LinkedInClient {
        LinkedInClient(
            hosts: Self.hosts(url), credentials: credentials, transport: transport,
            nowMillis: { SystemTime().now().value }, logger: logger)
    }

    /// The partner's credentials: given, configured, or, against a sandbox, asked for.
    ///
    /// - Parameter given: `ID:SECRET` of the command line.
    static func partner(_ given: String?, _ settings: Settings, url: String) async throws -> TokenRequest {
        if let given {
            guard let colon = given.firstIndex(of: ":") else { throw CommandError("--partner: expected ID:SECRET") }
            return TokenRequest(
                clientID: String(given[..<colon]), clientSecret: String(given[given.index(after: colon)...]))
        }
        if let id = settings.text(.partnerID), let secret = settings.text(.partnerSecret) {
            return TokenRequest(clientID: id, clientSecret: secret)
        }
        guard settings.text(.profile) == "sandbox" else {
            throw CommandError(
                "which partner application? set \(Setting.partnerID.environmentName) and \(Setting.partnerSecret.environmentName), or say --partner ID:SECRET"
            )
        }
        let json = try await HTTPJSON.sandbox(url).send(.GET, "/_sandbox/partner")
        guard let id = json["client_id"]?.string, let secret = json["client_secret"]?.string else {
            throw CommandError(
                "\(url) is no sandbox: it does not tell its partner application; say --partner ID:SECRET",
                code: .unreachable)
        }
        return TokenRequest(clientID: id, clientSecret: secret)
    }
}
