// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Logging
import RestLi

/// LinkedIn's gateway and framework: everything that happens to a request before and after its resource.
///
/// The order of the checks is not documented (jobs section 9, row 27): sizes, tunnel, version, token, resource,
/// permission, quota,
/// method, content type.
struct Pipeline: Sendable {
    let core: SandboxCore
    let handlers: [Resource: any ResourceHandler]
    let oauth: OAuthEndpoint
    let quotas: QuotaMeter
    let faults: FaultInjector
    let routes = Routes()

    /// Answers one request; errors become answers. What is learnt on the way goes into `entry`.
    ///
    /// - Throws: `ConnectionDropped`, and nothing else.
    func answer(_ request: SandboxRequest, _ entry: inout JournalEntry) async throws -> Answer {
        do {
            return request.path.hasPrefix("/oauth/")
                ? try await token(request, &entry) : try await resource(request, &entry)
        } catch let error as ConnectionDropped {
            throw error
        } catch {
            if !(error is GatewayError), !(error is RestLiError) {
                core.logger.error(
                    "a request failed inside", metadata: ["request.id": "\(entry.requestID)", "error": "\(error)"])
            }
            return ErrorAnswer.make(error)
        }
    }

    private func token(_ request: SandboxRequest, _ entry: inout JournalEntry) async throws -> Answer {
        entry.withholdBodies()
        let strike = faults.strike(group: "oauth")
        try await before(strike, &entry)
        let (answer, application) = try await oauth.answer(request)
        entry.application = application?.clientID
        try after(strike)
        return answer
    }

    private func resource(_ sent: SandboxRequest, _ entry: inout JournalEntry) async throws -> Answer {
        try SizeRule.check(sent)
        let request = try Untunnelled(sent)
        entry.method = request.method
        entry.query = request.query
        entry.isTunnelled = request.wasTunnelled
        entry.keepRequestBody(request.body)
        let segments = request.path.split(separator: "/")
        guard let base = segments.first, base == "v2" || base == "rest" else {
            throw GatewayError.noResource(String(segments.first ?? ""))
        }
        let switches = core.settings.switches
        let now = core.clock.now()
        let surface = base == "rest" ? try Versions.surface(sent.header("linkedin-version"), switches) : .v2
        let (application, grant) = try authenticate(sent.header("authorization"), now: now)
        entry.application = application.clientID
        let route = try routes.route(segments)
        entry.resource = route.segment
        entry.groups = route.resource.groups
        if route.resource.group == .provisioning { entry.withholdBodies() }
        try Versions.check(route.resource, on: surface)
        try permit(route, application, grant, request.method)

        guard let version = ProtocolVersion(header: sent.header("x-restli-protocol-version")) else {
            throw RestLiError("Unsupported Rest.li protocol version")  // UNVERIFIED wording
        }
        let query = try QueryCodec.decode(request.query, version)
        let method = Result { () throws(RestLiError) in
            try self.method(request, sent.header("x-restli-method"), query, route)
        }
        let keys = try self.keys(query, route)
        let records = try Self.records(method, keys, query, request.body, route)
        entry.records = max(records, keys.count)
        try quotas.admit(
            application: application.number, groups: route.resource.groups, records: records, now: now,
            switches: switches
        )
        let routed = try method.get()
        entry.restliMethod = routed.rawValue
        try Self.checkContentType(request)
        guard let handler = handlers[route.resource] else { throw GatewayError.noResource(route.segment) }

        let strike = faults.strike(group: route.resource.group.rawValue)
        try await before(strike, &entry)
        let answer = try await handler.answer(
            Call(
                surface: surface, resource: route.resource, method: routed, version: version,
                parentKey: try route.parentKey.map { try parentKey($0, route, surface, version) },
                entityKey: try route.key.map {
                    try KeyCodec.decode(String($0), in: .path, version, simple: route.shape.isSimple)
                },
                keys: keys, query: query.filter { $0.key != "ids" }, rawQuery: request.query, body: request.body,
                application: application, member: grant.member, now: now, switches: switches,
                faults: strike?.partial ?? .none, requestID: entry.requestID))
        try after(strike)
        return answer
    }
}

extension Pipeline {
    /// - Throws: `GatewayError` 401, one of the three.
    private func authenticate(_ header: String?, now: Moment) throws(GatewayError) -> (DeveloperApplication, Grant) {
        guard let header, !header.isEmpty else { throw .emptyToken }
        guard header.utf8.count >= 6, header.prefix(6).lowercased() == "bearer" else { throw .invalidToken }
        let token = header.utf8.dropFirst(6).drop { $0 == UInt8(ascii: " ") }
        guard !token.isEmpty else { throw .emptyToken }
        guard let grant = core.tokens.grant(of: token),
            let application = core.applications.application(number: grant.application)
        else {
            throw .invalidToken
        }
        guard grant.expires > now else { throw .expiredToken }
        return (application, grant)
    }

    /// - Throws: `GatewayError` 403 when the token is of the wrong kind of application [doc: create-jobs error table].
    private func permit(_ route: Route, _ application: DeveloperApplication, _ grant: Grant, _ method: String)
        throws(GatewayError)
    {
        let isPermitted =
            switch route.resource.token {
            case .parent: application.isParent && grant.member == nil
            case .child: !application.isParent && grant.member == nil
            case .either: grant.member == nil
            case .member: grant.member != nil && grant.showsProfile
            }
        guard isPermitted else { throw .accessDenied("\(method) /\(route.segment)") }
    }

    private func method(
        _ request: Untunnelled, _ header: String?, _ query: [String: Parameter], _ route: Route
    ) throws(RestLiError) -> RestLi.Method {
        try Routing.method(
            http: request.method, header: header, hasAction: query["action"] != nil, hasQ: query["q"] != nil,
            hasBQ: query["bq"] != nil,
            hasIDs: query["ids"] != nil, isEntity: route.key != nil || route.shape == .keyless,
            uri: request.query.isEmpty ? request.path : request.path + "?…")
    }

    private func keys(_ query: [String: Parameter], _ route: Route) throws(RestLiError) -> [EntityKey] {
        guard query["ids"] != nil else { return [] }
        return try KeyCodec.ids(from: query, simple: route.shape.isSimple)
    }

    private func parentKey(_ text: Substring, _ route: Route, _ surface: Surface, _ version: ProtocolVersion) throws
        -> EntityKey
    {
        let parent = route.resource.owner?.place(on: surface).key
        return try KeyCodec.decode(String(text), in: .path, version, simple: parent?.isSimple ?? false)
    }

    /// How many records the request would write; reads write none.
    ///
    /// - Throws: `RestLiError` 400 for a batch over the limit [documented limit, framework text] or with a key twice.
    private static func records(
        _ method: Result<RestLi.Method, RestLiError>, _ keys: [EntityKey], _ query: [String: Parameter],
        _ body: [UInt8], _ route: Route
    ) throws(RestLiError) -> Int {
        guard case .success(let method) = method else { return 0 }
        let count: Int
        switch method {
        case .batchUpdate, .batchPartialUpdate, .batchDelete:
            count = keys.count
            if let list = query["ids"]?.list, list.count > keys.count {
                throw RestLiError("Duplicate key in batch request")
            }
        case .batchCreate: count = ElementCount.elements(in: body)
        case .create, .update, .partialUpdate, .delete: return 1
        case .get, .batchGet, .getAll, .finder, .batchFinder, .action: return 0
        }
        let most = route.resource.group.quota.batch
        guard count <= most else {
            throw RestLiError(
                "The request batch size: \(count) is larger than the allowed max batch size: \(most) for method: \(method.rawValue)"
            )
        }
        return count
    }

    /// A body must be JSON (M section 10, item 8; that it is 415 and not 400 is inferred).
    private static func checkContentType(_ request: Untunnelled) throws(GatewayError) {
        guard !request.body.isEmpty else { return }
        let type = request.contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw GatewayError(415, "Unsupported Media Type: send application/json")
        }
    }

    /// What the plan does before the work.
    private func before(_ strike: FaultInjector.Strike?, _ entry: inout JournalEntry) async throws {
        guard let rule = strike?.rule else { return }
        entry.fault = rule.kind.rawValue
        switch rule.kind {
        case .tooManyRequests: throw GatewayError.tooManyRequests(scope: "APPLICATION DAY", retryAfter: rule.retryAfter)
        case .internalError: throw GatewayError.internalError
        case .unavailable: throw GatewayError(503, "Service Unavailable", retryAfter: rule.retryAfter)
        case .slow: try await Task.sleep(for: rule.delay)
        case .dropBefore: throw ConnectionDropped(afterTheWork: false)
        case .dropAfter, .partial, .pushDuplicate, .pushLate, .pushOutOfOrder, .pushBadSignature: break
        }
    }

    private func after(_ strike: FaultInjector.Strike?) throws(ConnectionDropped) {
        if strike?.rule.kind == .dropAfter { throw ConnectionDropped(afterTheWork: true) }
    }
}
