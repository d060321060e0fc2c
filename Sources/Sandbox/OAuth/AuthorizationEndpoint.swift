// SPDX-License-Identifier: Apache-2.0

import Web

/// `/oauth/v2/authorization`: a member lets an application know who they are, and the browser goes back to the
/// application with a code. Source: "Authorization Code Flow" [D] (jobs-oauth-restli 4.2, modules 3–5 C.5).
///
/// The sandbox has no sign-in of its own: whoever opens the page says who they are. For tests `&member=` answers at
/// once, and so does `&decision=refuse` or `leave`.
struct AuthorizationEndpoint: Sendable {
    let world: World
    let applications: Applications
    let clock: SandboxClock

    private enum Decision: String {
        case allow
        /// Signed in, and did not allow it.
        case refuse
        /// Did not sign in.
        case leave
    }

    /// Seats the page offers; others are named.
    private static let mostChoices = 50

    func answer(_ request: SandboxRequest) async throws -> OAuthEndpoint.Outcome {
        guard request.method == "GET" || request.method == "POST" else { throw GatewayError(405, "Method Not Allowed") }
        let form = FormFields(request.method == "GET" ? Array(request.query.utf8) : request.body)
        do {
            let asked = try AuthorizationRequest(form, applications)
            return (try await answer(asked, form), asked.application)
        } catch let problem as AuthorizationRequest.Problem {
            return (AuthorizationPage.refuse(problem.text), nil)
        }
    }

    private func answer(_ request: AuthorizationRequest, _ form: FormFields) async throws -> Answer {
        switch form["decision"].flatMap(Decision.init) ?? (form["member"] == nil ? nil : .allow) {
        case nil: return try await ask(request, form, complaint: nil)
        case .refuse:
            return go(
                request.redirect([
                    ("error", "user_cancelled_authorize"),
                    ("error_description", "The user cancelled the authorization"),
                ]))
        case .leave:
            return go(
                request.redirect([
                    ("error", "user_cancelled_login"), ("error_description", "The user cancelled LinkedIn login"),
                ]))
        case .allow:
            guard let member = try await member(form) else {
                return try await ask(request, form, complaint: "No open account has that number, e-mail or address.")
            }
            let code = try await AuthorizationCodes(world: world).issue(request, member: member.number, at: clock.now())
            return go(request.redirect([("code", code)]))
        }
    }

    private func ask(_ request: AuthorizationRequest, _ form: FormFields, complaint: String?) async throws -> Answer {
        let application = request.application.number
        let choices = try await world.read { tx in
            try tx.seatsThatSignIn(application: application, limit: Self.mostChoices)
        }
        let parameters = [
            "response_type", "client_id", "redirect_uri", "state", "scope", "code_challenge", "code_challenge_method",
        ].compactMap { name in form.exact(name).map { AuthorizationPage.Parameter(name: name, value: $0) } }
        return AuthorizationPage(
            application: request.application.name, scopes: request.scopes.joined(separator: ", "),
            parameters: parameters,
            choices: choices.enumerated().map { index, choice in
                AuthorizationPage.Choice(
                    seat: choice.seat, member: choice.member, person: choice.name,
                    isFirst: index == 0 && complaint == nil)
            }, complaint: complaint
        ).answer(target: request.redirectURI)
    }

    /// Whoever the browser says it is: named by number, e-mail or profile address, else one of the offered.
    private func member(_ form: FormFields) async throws -> Member? {
        let offered = form["who"].flatMap { Int64($0) }
        let named = form["member"]
        let found = try await world.read { tx -> Member? in
            guard let named else { return try offered.flatMap { try tx.member(number: $0) } }
            if let number = Int64(named) { return try tx.member(number: number) }
            return try named.contains("@") ? tx.member(email: named) : tx.member(profileURL: named)
        }
        return found?.closed == nil ? found : nil
    }

    private func go(_ target: String) -> Answer {
        Answer(status: 302, headers: [("location", target), ("cache-control", "no-store")])
    }
}
