// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import JSONBytes
import LinkedIn
import LinkedInClient
import Store
import Sync

struct CustomerAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an ATS tenant: make its child application at LinkedIn and its API key here.",
        discussion: """
            Prints the API key once; it is stored only as a hash. Adding the same customer again makes another key and changes nothing else.
              crosswalk customer add --id acme --name "Acme" --organization 1000 --contract 5000
            An application that exists already is named by its credentials:
              crosswalk customer add --id acme --name "Acme" --organization 1000 --client-id X --client-secret Y
            """)
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "A short name for URLs and commands: a-z, 0-9, - and _.") var id: String
    @Option(name: .long, help: "The customer's name, as its Recruiter admin will read it.") var name: String
    @Option(name: .long, help: "LinkedIn's id of the customer's organization.") var organization: Int64
    @Option(name: .long, help: "LinkedIn's id of a Recruiter contract; may be given several times.") var contract:
        [Int64] = []
    @Option(name: .customLong("linkedin"), help: "Stands for both of LinkedIn's hosts (default: linkedin.url).")
    var linkedIn: String?
    @Option(name: .customLong("client-id"), help: "The child application's client id, when there is one already.")
    var clientID: String?
    @Option(name: .customLong("client-secret"), help: "Its secret.") var clientSecret: String?
    @Option(name: .long, help: ArgumentHelp("The partner application's credentials.", valueName: "ID:SECRET"))
    var partner: String?
    @Option(
        name: .customLong("profile-url"),
        help: "A candidate's page in the ATS, with {id} in it, for candidates that name none.")
    var profileURL: String?
    @Flag(
        name: .customLong("public-jobs"),
        help: "Jobs that do not say so themselves are shown on LinkedIn's job board, too.")
    var publicJobs = false
    @Option(name: .long, help: "Who sees jobs that are in no group (ACL): everybody, or, with 'acl', nobody.")
    var visibility = JobVisibility.everybody

    func validate() throws {
        if CustomerID(id) == nil { throw ValidationError("--id: 1…64 characters of a-z, 0-9, - and _") }
        if organization <= 0 {
            throw ValidationError("--organization: a positive number, as in urn:li:organization:1000")
        }
        if contract.contains(where: { $0 <= 0 }) {
            throw ValidationError("--contract: a positive number, as in urn:li:contract:5000")
        }
        if (clientID == nil) != (clientSecret == nil) {
            throw ValidationError("--client-id and --client-secret belong together")
        }
        if let profileURL, !profileURL.contains("{id}") {
            throw ValidationError("--profile-url: needs {id} where the candidate's id goes")
        }
        if name.lowercased().contains("linkedin") {
            throw ValidationError("--name: LinkedIn does not allow its own name in the name of an application")
        }
    }

    func run() async throws {
        let settings = try await options.settings([.linkedInURL: linkedIn])
        let workspace = try Workspace.open(settings, mayCreate: true)
        let added = try await Self.add(
            NewTenant(
                id: CustomerID(id)!, name: name, organization: organization, contracts: contract,
                credentials: clientID.map { TokenRequest(clientID: $0, clientSecret: clientSecret ?? "") },
                partner: partner,
                settings: CustomerSettings(
                    profileURLTemplate: profileURL, publishesJobs: publicJobs, visibility: visibility)),
            workspace)
        try await workspace.store.close()
        output.print(
            added.json,
            table: [
                "Customer \(added.id): \(added.isNew ? "its application is provisioned" : "it existed already; here is another key")",
                "", "  API key       \(added.apiKey)    (shown once)", "  client id     \(added.clientID)",
                "  callback URL  \(added.callbackURL)",
                "  redirect URL  \(added.redirectURL)    (\(added.isRedirectAllowed ? "registered" : "register it with the application") for sign-in)",
                "",
                "Next: its Recruiter admin asks for the integration in the configuration plugin and enables it in Recruiter.",
                "Against the sandbox: crosswalk sandbox enable --customer \(added.id) --organization \(organization)"
                    + (contract.first.map { " --contract \($0)" } ?? ""),
            ])
    }
}

/// Everything that is said about a tenant when it is added.
struct NewTenant: Sendable {
    var id: CustomerID
    var name: String
    var organization: Int64
    var contracts: [Int64]
    /// Of an application that exists; nil provisions one.
    var credentials: TokenRequest?
    /// `ID:SECRET` of the partner application, when given.
    var partner: String?
    var settings = CustomerSettings()
}

extension CustomerAdd {
    /// What `customer add` made.
    struct Added: Sendable {
        var id: CustomerID
        var apiKey: String
        var clientID: String
        var callbackURL: String
        /// Where LinkedIn sends members back to.
        var redirectURL: String
        /// Whether LinkedIn knows that address, as far as we know.
        var isRedirectAllowed: Bool
        var isNew: Bool

        var json: JSONValue {
            [
                "customer": .string(id.text), "api_key": .string(apiKey), "client_id": .string(clientID),
                "callback_url": .string(callbackURL), "redirect_url": .string(redirectURL),
            ]
        }
    }

    /// - Throws: `CommandError` when the customer exists with another organization, or LinkedIn refuses.
    ///
    /// - Parameter note: done in the transaction that stores the customer or its new key.
    static func add(
        _ tenant: NewTenant, _ workspace: Workspace,
        note: @escaping @Sendable (StoreTransaction, Customer) throws -> Void = noteCommandLine
    ) async throws -> Added {
        let settings = workspace.settings
        let url = settings.text(.linkedInURL) ?? ""
        try LinkedInAccess.check(url, settings)
        let now = SystemTime().now()
        let key = APIKey.make()
        if let known = try await workspace.store.read({ try $0.customer(id: tenant.id) }) {
            guard known.organization == tenant.organization else {
                throw CommandError(
                    "\(tenant.id) exists already, for organization \(known.organization); choose another id")
            }
            try await workspace.store.write { tx in
                try tx.addAPIKey(customer: known.number, hash: APIKey.hash(key), label: "customer add", at: now)
                try note(tx, known)
            }
            return Added(
                id: known.id, apiKey: key, clientID: known.clientID,
                callbackURL: Workspace.callbackURL(settings, known.id), redirectURL: Workspace.redirectURL(settings),
                isRedirectAllowed: await allowRedirect(known, tenant.partner, workspace), isNew: false)
        }
        let (credentials, urn) = try await credentials(tenant, workspace, url)
        let secret = try workspace.store.vault.seal(credentials.clientSecret, for: Customer.secretPurpose(tenant.id))
        try await workspace.store.write { tx in
            let customer = try tx.addCustomer(
                NewCustomer(
                    id: tenant.id, name: tenant.name, organization: tenant.organization, contracts: tenant.contracts,
                    linkedInURL: url,
                    clientID: credentials.clientID, clientSecret: secret, applicationURN: urn, settings: tenant.settings
                ),
                at: now)
            try tx.addAPIKey(customer: customer.number, hash: APIKey.hash(key), label: "customer add", at: now)
            try note(tx, customer)
        }
        return Added(
            id: tenant.id, apiKey: key, clientID: credentials.clientID,
            callbackURL: Workspace.callbackURL(settings, tenant.id), redirectURL: Workspace.redirectURL(settings),
            isRedirectAllowed: urn != nil, isNew: true)
    }

    /// The audit's line for somebody at a terminal.
    static func noteCommandLine(_ tx: StoreTransaction, _ customer: Customer) throws {
        try tx.audit(
            .command("customer.add", "organization \(customer.organization)", of: customer.number),
            at: SystemTime().now())
    }

    /// Registers the redirect address with an application that was provisioned without it, or under another address of ours.
    ///
    /// - Returns: false when LinkedIn cannot be asked now, or the application is not the partner's.
    private static func allowRedirect(_ customer: Customer, _ partner: String?, _ workspace: Workspace) async -> Bool {
        guard customer.applicationURN != nil,
            let partner = try? await LinkedInAccess.partner(partner, workspace.settings, url: customer.linkedInURL)
        else { return false }
        let transport = AHCTransport()
        let access = LinkedInAccess(
            settings: workspace.settings, transport: transport, vault: workspace.store.vault, logger: Log.silent)
        let isAllowed = try? await Provisioner(access.client(customer.linkedInURL, partner)).allow(
            callbackURLs: [Workspace.redirectURL(workspace.settings)], foreignID: customer.foreignID)
        try? await transport.shutdown()
        return isAllowed ?? false
    }

    private static func credentials(
        _ tenant: NewTenant, _ workspace: Workspace, _ url: String
    ) async throws -> (TokenRequest, urn: String?) {
        if let given = tenant.credentials { return (given, nil) }
        let partner = try await LinkedInAccess.partner(tenant.partner, workspace.settings, url: url)
        let transport = AHCTransport()
        let access = LinkedInAccess(
            settings: workspace.settings, transport: transport, vault: workspace.store.vault, logger: Log.silent)
        let result: Result<Provisioner.Credentials, any Error>
        do {
            result = .success(
                try await Provisioner(access.client(url, partner)).add(
                    foreignID: tenant.id.text, customer: tenant.name,
                    callbackURLs: [Workspace.redirectURL(workspace.settings)],
                    scriptDomains: DashboardAccess.origins(workspace.settings)))
        } catch {
            result = .failure(error)
        }
        try? await transport.shutdown()
        switch result {
        case .success(let application):
            return (
                TokenRequest(clientID: application.clientID, clientSecret: application.clientSecret),
                application.applicationURN
            )
        case .failure(let error):
            throw CommandError(
                "LinkedIn did not make the application: \((error as? LinkedInError)?.message ?? "\(error)")",
                code: .unreachable)
        }
    }
}
