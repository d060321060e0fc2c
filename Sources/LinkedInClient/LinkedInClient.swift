// SPDX-License-Identifier: Apache-2.0

import JSONBytes
package import LinkedIn
import RestLi

/// Calls to LinkedIn as one application: a customer's (child), or the partner's own (parent, for provisioning).
///
/// One method is one HTTP call. Queries over 4,000 characters are tunnelled (query-tunneling, documented). A 401 is answered with one new
/// token and one repetition; nothing else is repeated here, because whoever calls knows the budget (`RetryRule` says how long to wait).
package struct LinkedInClient: Sendable {
    /// Where LinkedIn is. One address may stand for both hosts.
    package struct Hosts: Hashable, Sendable {
        package var api: String
        package var oauth: String

        package init(api: String, oauth: String) {
            self.api = api
            self.oauth = oauth
        }

        package static let linkedIn = Hosts(api: "https://api.linkedin.com", oauth: "https://www.linkedin.com")

        /// One address for both; LinkedIn's own address means both of its hosts.
        package init(url: String) {
            let url = url.hasSuffix("/") ? String(url.dropLast()) : url
            self = url.hasSuffix("linkedin.com") ? .linkedIn : Hosts(api: url, oauth: url)
        }
    }

    let surface: Surface
    private let hosts: Hosts
    private let transport: any Transport
    private let tokens: TokenKeeper
    private let nowMillis: @Sendable () -> Int64

    /// UNVERIFIED that LinkedIn takes 2.0.0 keys on these resources; its samples use 1.0.0 throughout.
    static let version = ProtocolVersion.v1

    package init(
        hosts: Hosts, credentials: TokenRequest, transport: any Transport, surface: Surface = .v2,
        nowMillis: @escaping @Sendable () -> Int64
    ) {
        self.hosts = hosts
        self.transport = transport
        self.surface = surface
        self.nowMillis = nowMillis
        tokens = TokenKeeper(credentials: credentials, url: hosts.oauth, transport: transport, nowMillis: nowMillis)
    }

    /// One call.
    ///
    /// - Parameters:
    ///   - path: percent-encoded, with the base.
    ///   - query: percent-encoded, without the question mark.
    /// - Returns: a 2xx.
    /// - Throws: `LinkedInError`.
    func call(
        _ http: String, _ path: String, query: String = "", body: [UInt8] = [], method: Method? = nil
    ) async throws -> HTTPAnswer {
        var refused: String?
        while true {
            let token = try await tokens.token(insteadOf: refused)
            let answer = try await transport.send(request(http, path, query, body, method, token))
            if (200..<300).contains(answer.status) { return answer }
            if answer.status == 401, refused == nil {
                refused = token
                continue
            }
            throw LinkedInError(answer, nowSeconds: nowMillis() / 1000)
        }
    }

    private func request(
        _ http: String, _ path: String, _ query: String, _ body: [UInt8], _ method: Method?, _ token: String
    ) -> HTTPCall {
        var headers: [(name: String, value: String)] = [("authorization", "Bearer \(token)")]
        if let method { headers.append(("x-restli-method", method.rawValue)) }
        if let version = surface.version { headers.append((Surface.versionHeader, version)) }
        if query.utf8.count > SizeLimits.tunnelAbove {
            let tunnelled = Tunnel.encode(http: http, path: path, query: query, body: body.isEmpty ? nil : body)
            return HTTPCall("POST", hosts.api + path, headers: headers + tunnelled.headers, body: tunnelled.body)
        }
        if !body.isEmpty { headers.append(("content-type", "application/json")) }
        return HTTPCall(http, hosts.api + path + (query.isEmpty ? "" : "?" + query), headers: headers, body: body)
    }

    /// The key of an entity of `resource` on this surface.
    func key(_ resource: Resource, id: String, owner: String = "", context: String) -> EntityKey {
        let parts = resource.place(on: surface).key.parts
        guard !parts.isEmpty else { return .simple(id) }
        var values: [String: String] = [:]
        for part in parts {
            values[part.name] =
                switch part.role {
                case .id: id
                case .ownerID: owner
                case .context: context
                case .dataProvider: KeyPart.dataProviderValue
                case .integrationType: id
                case .tenantType: "RECRUITER"
                }
        }
        return .parts(values)
    }

    /// The path of a resource; nested ones carry their owner's key.
    func path(_ resource: Resource, owner: EntityKey? = nil, key: EntityKey? = nil) -> String {
        ResourcePath(
            resource, parentKey: owner.map { KeyCodec.encode($0, in: .path, Self.version) },
            key: key.map { KeyCodec.encode($0, in: .path, Self.version) }
        ).text(on: surface)
    }

    /// Reads the body of a 2xx.
    func read<Value>(_ answer: HTTPAnswer, _ body: ([UInt8]) throws -> Value) throws -> Value {
        do { return try body(answer.body) } catch {
            throw LinkedInError(.unreadable, "LinkedIn's answer cannot be read: \(error)", status: answer.status, requestID: answer.requestID)
        }
    }
}
