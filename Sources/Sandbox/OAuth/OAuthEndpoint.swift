// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// `/oauth/v2/accessToken` and `/oauth/v2/introspectToken`. Source: "Client Credentials Flow", "Authorization Code Flow"
/// and "Token Introspection" (protocol reference, jobs-oauth-restli 4.1, 4.2 and 4.4: [D] texts, [T] JSON form of the
/// errors).
struct OAuthEndpoint: Sendable {
    let world: World
    let applications: Applications
    let tokens: Tokens
    let clock: SandboxClock
    let settings: Settings

    /// An answer, and the application it was for.
    typealias Outcome = (answer: Answer, application: DeveloperApplication?)

    func answer(_ request: SandboxRequest) async throws -> Outcome {
        if request.path == "/oauth/v2/authorization" {
            return try await AuthorizationEndpoint(world: world, applications: applications, clock: clock)
                .answer(request)
        }
        guard request.method == "POST" else { throw GatewayError(405, "Method Not Allowed") }
        switch request.path {
        case "/oauth/v2/accessToken": return try await accessToken(FormFields(request.body))
        case "/oauth/v2/introspectToken": return introspection(FormFields(request.body))
        default: throw GatewayError.noResource(request.path)
        }
    }

    private func accessToken(_ form: FormFields) async throws -> Outcome {
        guard let grant = form["grant_type"] else { return missing("grant_type") }
        if grant == "authorization_code" { return try await memberToken(form) }
        // Refresh tokens are for approved partners only [D].
        guard grant == "client_credentials" else {
            return refused(400, "unsupported_grant_type", "The grant_type \"\(grant)\" is not supported")  // UNVERIFIED wording
        }
        let (application, refusal) = authenticate(form)
        guard let application else { return refusal! }  // `authenticate` gives one of the two
        let now = clock.now()
        let switches = settings.switches
        let token = try await tokens.issue(
            Grant(
                application: application.number, member: nil, scope: "", issued: now,
                expires: now + .seconds(switches.tokenSeconds)))
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.name("access_token")
        writer.string(token)
        writer.name("expires_in")
        if switches.expiresInAsText {
            writer.string(String(switches.tokenSeconds))
        } else {
            writer.int(Int64(switches.tokenSeconds))
        }
        writer.endObject()
        return (Answer(body: writer.bytes), application)
    }

    /// A token of the member who gave the code: 60 days [D].
    private func memberToken(_ form: FormFields) async throws -> Outcome {
        guard let code = form["code"] else { return missing("code") }
        guard let redirectURI = form["redirect_uri"] else { return missing("redirect_uri") }
        let (application, refusal) = authenticate(form)
        guard let application else { return refusal! }  // `authenticate` gives one of the two
        let now = clock.now()
        let redeemed = try await AuthorizationCodes(world: world).redeem(
            code, application: application.number, redirectURI: redirectURI, verifier: form["code_verifier"], at: now)
        switch redeemed {
        case .failure(.notFound):
            return refused(
                401, "invalid_request", "Unable to retrieve access token: authorization code not found", application)
        case .failure(.mismatch):
            return refused(
                400, "invalid_redirect_uri",
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
                    + "Or authorization code expired. Or external member binding exists", application)
        case .success(let code):
            let token = try await tokens.issue(
                Grant(
                    application: application.number, member: code.member, scope: code.scope, issued: now,
                    expires: now + .seconds(Self.memberTokenSeconds)))
            let body: JSONValue = [
                "access_token": .string(token), "expires_in": .int(Self.memberTokenSeconds),
                "scope": .string(code.scope.replacing(" ", with: ",")), "token_type": "Bearer",
            ]
            return (Answer(body: body.bytes), application)
        }
    }

    /// [D]: authorization code flow.
    static let memberTokenSeconds: Int64 = 5_184_000

    private func introspection(_ form: FormFields) -> Outcome {
        let (application, refusal) = authenticate(form)
        guard let application else { return refusal! }  // `authenticate` gives one of the two
        guard let token = form["token"] else { return missing("token") }
        // Somebody else's token and one that never was: active is false, and nothing more is said [D; jobs section 9,
        // row 25].
        guard let grant = tokens.grant(of: token.utf8), grant.application == application.number else {
            return (Answer(body: JSONValue.object(["active": false]).bytes), application)
        }
        let isActive = grant.expires > clock.now()
        var object: JSONObject = [
            "active": .bool(isActive), "client_id": .string(application.clientID),
            "authorized_at": .int(grant.issued.second), "created_at": .int(grant.issued.second),
            "status": .string(isActive ? "active" : "expired"), "expires_at": .int(grant.expires.second),
            "auth_type": .string(grant.member == nil ? "2L" : "3L"),
        ]
        if grant.member != nil { object["scope"] = .string(grant.scope.replacing(" ", with: ",")) }
        return (Answer(body: JSONValue.object(object).bytes), application)
    }

    /// The application of the form's credentials, or the refusal.
    private func authenticate(_ form: FormFields) -> (DeveloperApplication?, Outcome?) {
        guard let clientID = form["client_id"] else { return (nil, missing("client_id")) }
        guard let secret = form["client_secret"] else { return (nil, missing("client_secret")) }
        guard let application = applications.application(clientID: clientID) else {
            return (nil, refused(400, "invalid_client_id", "The passed in client_id is invalid \"\(clientID)\""))
        }
        guard application.secrets.contains(secret) else {
            let error = settings.switches.wrongSecretError
            return (nil, refused(401, error, "Client authentication failed", application))
        }
        return (application, nil)
    }

    private func missing(_ name: String) -> Outcome {
        refused(400, "invalid_request", "A required parameter \"\(name)\" is missing")
    }

    private func refused(
        _ status: Int, _ error: String, _ description: String, _ application: DeveloperApplication? = nil
    ) -> Outcome {
        let body: JSONValue = ["error": .string(error), "error_description": .string(description)]
        return (Answer(status: status, body: body.bytes), application)
    }
}
