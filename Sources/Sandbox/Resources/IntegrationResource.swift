// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

/// `atsIntegrations` and `integrations`: the partner names what the customer asked for, and reads how it stands.
/// Source: rsc-customer-configuration (documented); the answers' fields are inferred.
struct IntegrationResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchPartialUpdate:
            try RecordResource.limit(call.keys.count, call.method)
            let ranges = try call.body.withUnsafeBytes { bytes in
                try Envelope.match(
                    Envelope.entities(in: bytes, call.method), to: call.keys, call.version, simple: false)
            }
            return .batch(try await patch(Array(zip(call.keys, ranges)), call), call.version)
        case .partialUpdate:
            guard let key = call.entityKey else { throw RecordFace.badKey }
            return .single(try await patch([(key, 0..<call.body.count)], call)[0].outcome)
        case .batchGet: return .batch(try await get(call.keys, call), call.version, isRead: true)
        case .get:
            guard let key = call.entityKey else { throw RecordFace.badKey }
            return .single(try await get([key], call)[0].outcome)
        case .finder: return try await find(call)
        default: throw call.unsupported
        }
    }

    // Reading

    private func get(_ keys: [EntityKey], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let ids = try keys.map { try IntegrationID($0, on: call.surface) }
        let application = call.application.number
        let found = try await core.world.read { tx in try ids.map { try tx.integration($0, application: application) } }
        let projection = try call.query["fields"]?.text.map(Projection.parse)
        return zip(keys, found).map { key, stored in
            guard let stored else { return (key, .failed(.unknown)) }
            let value = Self.value(stored, call.surface)
            return (key, .entity((projection?.apply(to: value) ?? value).bytes))
        }
    }

    /// `q=request`: what a status-change notification was about, as it is now (Postman collection; the answer is
    /// inferred).
    private func find(_ call: Call) async throws -> Answer {
        guard call.query["q"]?.text == "request" else { throw call.unsupported }
        guard let request = call.query["requestId"]?.text, !request.isEmpty else {
            throw RestLiError("Parameter 'requestId' is required")
        }
        let application = call.application.number
        guard let id = try await core.pushes.integration(ofRequest: request, application: application),
            let stored = try await core.world.read({ tx in try tx.integration(id, application: application) })
        else {
            // Unknown or expired (modules 3-5, J-16).
            guard call.switches.unknownRequestIsError else { return try page([], call, request) }
            throw GatewayError(404, "The request does not exist or has expired")
        }
        return try page([Self.value(stored, call.surface)], call, request)
    }

    private func page(_ found: [JSONValue], _ call: Call, _ request: String) throws -> Answer {
        let window = try CollectionPage.window(call.query)
        return Answer(
            body: CollectionPage(
                elements: window.start == 0 && window.count > 0 ? found : [], start: window.start, count: window.count,
                total: found.count, path: "/\(call.surface.base)/\(call.resource.place(on: call.surface).segment)",
                query: "q=request&requestId=\(request)"
            ).bytes)
    }

    private static func value(_ stored: StoredIntegration, _ surface: Surface) -> JSONValue {
        var object: JSONObject = [
            "integrationContext": .string(stored.id.context), "integrationType": .string(stored.id.type),
            "tenantType": .string(stored.id.tenant),
        ]
        if !surface.isVersioned { object["dataProvider"] = .string(KeyPart.dataProviderValue) }
        object["integrationName"] = stored.name.map { .string($0) }
        // UNVERIFIED: the name; it is that of the plugin's payload (protocol reference 9, item 3).
        object["onboardingStatus"] = .string(stored.status.rawValue)
        return .object(object)
    }

    // Writing

    private func patch(_ items: [(EntityKey, Range<Int>)], _ call: Call) async throws -> [(
        key: EntityKey, outcome: RecordOutcome
    )] {
        let switches = call.switches
        let application = call.application.number
        let now = call.now
        let wanted = try items.enumerated().map {
            position, item -> (id: IntegrationID, name: Result<String, RecordProblem>) in
            let id = try IntegrationID(item.0, on: call.surface)
            if call.faults.strikes(position) { return (id, .failure(.planned)) }
            return (id, try name(Array(call.body[item.1]), limit: switches.integrationNameLimit))
        }
        let results = try await core.world.write { tx in
            try wanted.map { one -> (outcome: RecordOutcome, enabled: IntegrationID?) in
                guard case .success(let name) = one.name else {
                    if case .failure(let problem) = one.name { return (.failed(problem), nil) }
                    return (.failed(.planned), nil)
                }
                // A patch before the customer asked for it (protocol reference 9, item 9: UNVERIFIED).
                guard try tx.nameIntegration(one.id, application: application, name) else {
                    return (.failed(.unknown), nil)
                }
                guard switches.autoEnable, try tx.integration(one.id, application: application)?.status == .requested,
                    try tx.setIntegrationStatus(one.id, application: application, .enabled, at: now)
                else { return (.done(204), nil) }
                return (.done(204), one.id)
            }
        }
        for id in results.compactMap(\.enabled) {
            let url = try await core.world.read { tx in
                try tx.callbackURL(application: application, context: id.context)
            }
            try await core.pushes.integrationStatusChanged(id, application: application, url: url)
        }
        return zip(items, results).map { ($0.0, $1.outcome) }
    }

    /// The only field a partner sets.
    private func name(_ body: [UInt8], limit: Int) throws -> Result<String, RecordProblem> {
        let patch: PatchDocument
        do {
            patch = try PatchDocument.parse(try readingBody { try JSONValue(parsing: body) })
        } catch let error as RestLiError {
            return .failure(RecordProblem(error))
        }
        let others = (patch.set.keys + patch.delete + patch.children.keys).filter { $0 != "integrationName" }.sorted()
        guard others.isEmpty else {
            // UNVERIFIED: the text is the gateway's for fields that a caller may not write.
            let fields = others.map { "/\($0)" }.joined(separator: ", ")
            return .failure(
                RecordProblem(
                    403,
                    "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [\(fields)]"
                ))
        }
        var complaints = Complaints()
        switch patch.set["integrationName"] {
        case .string(let name)?:
            let count = name.unicodeScalars.count
            if count >= 1 && count <= limit { return .success(name) }
            complaints.add("/integrationName", Complaints.length(count, least: 1, most: limit))
        case nil, .null?: complaints.add("/integrationName", Complaints.missing)
        case let other?:
            complaints.add(
                "/integrationName", Complaints.notCoerced(String(decoding: other.bytes, as: UTF8.self), to: "String"))
        }
        return .failure(.invalid(complaints))
    }
}
