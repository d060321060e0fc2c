// SPDX-License-Identifier: Apache-2.0

import Connector
import Domain
import HTTPTypes
import JSONBytes
import Synchronization
import Testing

/// LinkedIn's sign-in in memory: notes what it is asked, and knows one member.
final class ScriptedSignIn: Sendable {
    struct Failure: Error {}

    struct State {
        var person: String? = "urn:li:person:rita"
        var codes: [String] = []
        var verifiers: [String?] = []
        var redirects: Set<String> = []
        var customers: [String] = []
    }

    let state = Mutex(State())

    func member(pkce: Bool = true, publicURL: String = "https://connect.example.com") -> MemberSignIn {
        MemberSignIn(
            publicURL: publicURL, usesPKCE: pkce,
            address: { customer, redirect, state, challenge in
                "https://www.linkedin.com/oauth/v2/authorization?client_id=\(customer.clientID)&redirect_uri=\(redirect)&state=\(state)"
                    + (challenge.map { "&code_challenge=\($0)" } ?? "")
            },
            person: { [self] customer, code, redirect, verifier in
                let person = state.withLock { state in
                    state.codes.append(code)
                    state.verifiers.append(verifier)
                    state.redirects.insert(redirect)
                    state.customers.append(customer.id.text)
                    return state.person
                }
                guard let person else { throw Failure() }
                return person
            })
    }
}

/// A browser with one cookie.
final class Browser: Sendable {
    let client: Client
    private let cookie = Mutex<String?>(nil)

    init(_ client: Client) { self.client = Client(client.test, key: nil) }

    func get(_ url: String) async throws -> Answer { try await send(.get, Self.path(url)) }

    /// Opens a link and presses its button.
    ///
    /// - Returns: where LinkedIn's page would be, with the parameters of its query.
    func begin(_ url: String) async throws -> [String: String] {
        let page = try await get(url)
        #expect(page.status == 200)
        let answer = try await press(url, form: page.text.between("name=\"csrf\" value=\"", "\""))
        #expect(answer.status == 303)
        let location = try #require(answer.headers[.location])
        #expect(location.hasPrefix("https://www.linkedin.com/oauth/v2/authorization?"))
        let pairs = location.split(separator: "?")[1].split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1)
        }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
    }

    func press(_ url: String, form: String?) async throws -> Answer {
        try await send(.post, Self.path(url), form.map { "csrf=\($0)" } ?? "", "application/x-www-form-urlencoded")
    }

    func back(state: String, _ rest: String = "code=abc") async throws -> Answer {
        try await send(.get, "/oauth/linkedin/callback?\(rest)&state=\(state)")
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, _ type: String? = nil)
        async throws -> Answer
    {
        var headers: HTTPFields = [:]
        if let cookie = cookie.withLock({ $0 }) { headers[.cookie] = "theme=dark; \(cookie)" }
        let answer = try await client.send(method, path, body, type: type, headers: headers)
        if let set = answer.headers[.setCookie] { cookie.withLock { $0 = String(set.prefix { $0 != ";" }) } }
        return answer
    }

    private static func path(_ url: String) -> String { url.replacing("https://connect.example.com", with: "") }
}

extension String {
    func between(_ before: String, _ after: String) -> String? {
        guard let start = firstRange(of: before)?.upperBound, let end = self[start...].firstRange(of: after)?.lowerBound
        else { return nil }
        return String(self[start..<end])
    }
}
