// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Web

/// What an application asks a member for, with everything checked. Source: "Authorization Code Flow" [D]
/// (jobs-oauth-restli 4.2); PKCE is inferred from the text of an error there.
struct AuthorizationRequest: Sendable {
    let application: DeveloperApplication
    /// One of the application's, with whatever query it was sent with.
    let redirectURI: String
    /// Opaque; goes back unchanged.
    let state: String?
    let scopes: [String]
    /// BASE64URL(SHA-256(verifier)) of a client that will prove later that it was the one who asked (RFC 7636).
    let challenge: String?

    /// Why LinkedIn shows an error instead of asking the member. It does not redirect then [D].
    struct Problem: Error, Sendable, Hashable {
        var text: String
    }

    /// [D]; `r_recruiter_system_connect` and such are not in any public page.
    static let knownScopes: Set<String> = [
        "r_liteprofile", "r_basicprofile", "r_emailaddress", "openid", "profile", "email",
    ]

    /// Any of these lets `GET /v2/me` answer. UNVERIFIED for `profile` (J-27).
    static let profileScopes: Set<String> = ["r_liteprofile", "r_basicprofile", "profile"]

    init(_ form: FormFields, _ applications: Applications) throws(Problem) {
        guard let clientID = form["client_id"], let application = applications.application(clientID: clientID) else {
            throw Problem(text: "The passed in client_id is invalid")
        }
        guard let redirectURI = form["redirect_uri"],
            application.callbackURLs.contains(where: { Self.matches(redirectURI, $0) })
        else { throw Problem(text: "The redirect_uri does not match the registered value") }
        guard form["response_type"] == "code" else {
            throw Problem(text: "A required parameter \"response_type\" is missing or is not \"code\"")
        }
        // The page joins scopes with spaces, the official JavaScript client with commas.
        let scopes = (form["scope"] ?? "").split { $0 == " " || $0 == "," }.map(String.init)
        guard !scopes.isEmpty else { throw Problem(text: "A required parameter \"scope\" is missing") }
        if let unknown = scopes.first(where: { !Self.knownScopes.contains($0) }) {
            throw Problem(text: "Scope \"\(unknown)\" is not authorized for your application")
        }
        let challenge = form["code_challenge"]
        guard challenge == nil || form["code_challenge_method"] == "S256" else {
            throw Problem(text: "code_challenge_method must be S256")
        }
        self.application = application
        self.redirectURI = redirectURI
        state = form.exact("state").flatMap { $0.isEmpty ? nil : $0 }
        self.scopes = scopes
        self.challenge = challenge
    }

    /// The redirect URI with parameters of the answer and the state.
    func redirect(_ parameters: [(String, String)]) -> String {
        let all = parameters + (state.map { [("state", $0)] } ?? [])
        let query = all.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        return redirectURI + (redirectURI.contains("?") ? "&" : "?") + query
    }

    /// What a client of RFC 7636 sends first, from what it proves with later.
    static func challenge(of verifier: String) -> String {
        Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Exactly the registered URL; query arguments are ignored, a fragment is not allowed [D]. Nothing that could break
    /// out of a header gets through.
    private static func matches(_ sent: String, _ registered: String) -> Bool {
        guard sent.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !sent.contains("#") else { return false }
        return sent.prefix { $0 != "?" } == registered.prefix { $0 != "?" }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
