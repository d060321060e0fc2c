// SPDX-License-Identifier: Apache-2.0

/// One key of the configuration: what it is called, what it means, and what it is when nobody says anything.
///
/// `docs/configuration.md` and `crosswalk config show` are made from this table.
struct Setting: Sendable {
    enum Kind: Sendable { case text, int, flag }

    var key: String
    var kind: Kind
    /// nil: there is no default, and the value may stay away.
    var fallback: String?
    var isSecret = false
    var help: String

    static let data = Setting(
        key: "data", kind: .text, fallback: "./crosswalk-data",
        help: "folder of the connector's database and master key")
    static let host = Setting(
        key: "connector.host", kind: .text, fallback: "127.0.0.1", help: "address the connector listens on")
    static let port = Setting(
        key: "connector.port", kind: .int, fallback: "8080", help: "port the connector listens on; 0 picks one")
    static let publicURL = Setting(
        key: "connector.public_url", kind: .text, fallback: nil,
        help: "how LinkedIn reaches the connector, for callback URLs; default: http://host:port")
    static let profile = Setting(
        key: "profile", kind: .text, fallback: "sandbox",
        help: "sandbox refuses to talk to linkedin.com, production refuses plain http")
    static let linkedInURL = Setting(
        key: "linkedin.url", kind: .text, fallback: "http://127.0.0.1:8090", help: "stands for both of LinkedIn's hosts"
    )
    static let quotas = Setting(
        key: "linkedin.quotas", kind: .flag, fallback: "true",
        help: "keep inside LinkedIn's quotas; off only against a sandbox without them")
    static let signInScope = Setting(
        key: "sign_in.scope", kind: .text, fallback: "r_liteprofile",
        help: "what members allow when they sign in; newer applications may only have 'openid profile'")
    static let signInPKCE = Setting(
        key: "sign_in.pkce", kind: .flag, fallback: "false",
        help: "protect the sign-in with PKCE (S256) as well; LinkedIn does not document it for this flow")
    static let partnerID = Setting(
        key: "partner.client_id", kind: .text, fallback: nil, help: "client id of the partner (parent) application")
    static let partnerSecret = Setting(
        key: "partner.client_secret", kind: .text, fallback: nil, isSecret: true, help: "its secret")
    static let masterKey = Setting(
        key: "master_key", kind: .text, fallback: nil, isSecret: true,
        help:
            "64 hex digits that seal client secrets at rest; default: a generated file master.key (0600) in the data folder; production must give it"
    )
    static let apiKey = Setting(
        key: "api_key", kind: .text, fallback: nil, isSecret: true,
        help: "a customer's API key, for import and source run")
    static let webhooksAllow = Setting(
        key: "webhooks.allow", kind: .text, fallback: nil,
        help:
            "address ranges that webhooks may reach although they are not public (10.1.0.0/16, fd00::/8), with commas; the sandbox profile allows this machine"
    )
    static let webhooksParallel = Setting(
        key: "webhooks.parallel", kind: .int, fallback: "8",
        help: "posts under way at once to one webhook; 1 delivers strictly in order")
    static let sourcesAllowed = Setting(
        key: "sources.allowed", kind: .text, fallback: nil,
        help:
            "what mappings that are written on the dashboard may read: folders, and ODBC data sources as dsn:NAME, with commas; nothing by default"
    )
    static let oidcIssuer = Setting(
        key: "dashboard.oidc.issuer", kind: .text, fallback: nil,
        help:
            "sign-in service for the dashboard (OpenID Connect), as its discovery document calls itself; without it: passwords only"
    )
    static let oidcID = Setting(
        key: "dashboard.oidc.client_id", kind: .text, fallback: nil, help: "what the service calls Crosswalk")
    static let oidcSecret = Setting(
        key: "dashboard.oidc.client_secret", kind: .text, fallback: nil, isSecret: true, help: "its secret there")
    static let oidcAllow = Setting(
        key: "dashboard.oidc.allow", kind: .text, fallback: nil,
        help:
            "who gets which role: example.org=viewer, ada@example.org=admin, subject:1234=operator; the highest counts")
    static let oidcRoleClaim = Setting(
        key: "dashboard.oidc.role_claim", kind: .text, fallback: nil,
        help: "a claim of the ID token whose value, or one of them, is viewer, operator or admin")
    static let logLevel = Setting(
        key: "log.level", kind: .text, fallback: "info", help: "trace, debug, info, notice, warning, error or critical")

    static let all = [
        data, host, port, publicURL, profile, linkedInURL, quotas, signInScope, signInPKCE, partnerID, partnerSecret,
        masterKey, apiKey,
        webhooksAllow, webhooksParallel, sourcesAllowed, oidcIssuer, oidcID, oidcSecret, oidcAllow, oidcRoleClaim,
        logLevel,
    ]

    /// `CROSSWALK_PARTNER_CLIENT_ID` for `partner.client_id`.
    var environmentName: String { "CROSSWALK_" + key.replacing(".", with: "_").uppercased() }
}
