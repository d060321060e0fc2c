// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi
internal import SQLFile

/// The settings of one integration: `CALLBACK_URL`, `JOB_POSTING_VIEWERS`, `APPLICATION_VIEWERS`. A sub-resource on
/// v2, flat on the versioned surface. Source: integration-types (documented), Postman collection; answers are
/// inferred from the framework.
struct ConfigurationResource: ResourceHandler {
    let core: SandboxCore

    /// One configuration of a request.
    private struct Item: Sendable {
        var key: EntityKey
        var integration: IntegrationID
        /// Nil for a word that is no configuration.
        var name: ConfigurationKey?
        /// The new value, or what is wrong with it; nil for reads and deletions.
        var value: Result<String, RecordProblem>?
    }

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .batchUpdate:
            let isSimple = Resource.configurations.place(on: call.surface).key.isSimple
            let ranges = try call.body.withUnsafeBytes { bytes in
                try Envelope.match(
                    Envelope.entities(in: bytes, call.method), to: call.keys, call.version, simple: isSimple)
            }
            let items = try zip(call.keys, ranges).map { try item($0, body: Array(call.body[$1]), call) }
            return .batch(try await set(items, call), call.version)
        case .update: return .single(try await set([item(whole(call), body: call.body, call)], call)[0].outcome)
        case .batchGet:
            return .batch(
                try await get(call.keys.map { try item($0, body: nil, call) }, call), call.version, isRead: true)
        case .get: return .single(try await get([item(whole(call), body: nil, call)], call)[0].outcome)
        // The versioned method list has no deletion (release notes 2026-03; protocol reference 9, item 11).
        case .batchDelete where !call.surface.isVersioned:
            return .batch(try await remove(call.keys.map { try item($0, body: nil, call) }, call), call.version)
        case .delete where !call.surface.isVersioned:
            return .single(try await remove([item(whole(call), body: nil, call)], call)[0].outcome)
        default: throw call.unsupported
        }
    }

    private func whole(_ call: Call) throws -> EntityKey {
        guard let key = call.entityKey else { throw RecordFace.badKey }
        return key
    }

    private func item(_ key: EntityKey, body: [UInt8]?, _ call: Call) throws -> Item {
        var item: Item
        if call.surface.isVersioned {
            let integration = try IntegrationID(key, on: call.surface, ignoring: "configurationKey")
            item = Item(
                key: key, integration: integration, name: key["configurationKey"].flatMap(ConfigurationKey.init))
        } else {
            guard let parent = call.parentKey else { throw RecordFace.badKey }
            item = Item(
                key: key, integration: try IntegrationID(parent, on: call.surface),
                name: key.text.flatMap(ConfigurationKey.init))
        }
        if let body { item.value = try Self.value(of: item.name, for: item.integration, body, call.switches) }
        return item
    }

    private func get(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let application = call.application.number
        return try await core.world.read { tx in
            try items.map { item in
                guard let name = item.name,
                    let value = try tx.configuration(name, of: item.integration, application: application)
                else {
                    return (item.key, .failed(.unknown))
                }
                let entity: JSONValue = ["configurationValue": ["string": .string(value)]]
                return (item.key, .entity(entity.bytes))
            }
        }
    }

    private func set(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let application = call.application.number
        let outcomes = try await core.world.write { tx in
            try items.map { item -> (key: EntityKey, outcome: RecordOutcome) in
                guard try tx.integration(item.integration, application: application) != nil else {
                    return (item.key, .failed(.unknown))
                }
                switch item.value {
                case .failure(let problem)?: return (item.key, .failed(problem))
                case .success(let value)?:
                    guard let name = item.name else { return (item.key, .failed(.unknown)) }
                    try tx.setConfiguration(name, of: item.integration, application: application, value)
                    return (item.key, .done(204))
                case nil: return (item.key, .failed(.planned))
                }
            }
        }
        for (item, result) in zip(items, outcomes) where item.name == .callbackURL {
            if case .done = result.outcome, case .success(let url)? = item.value {
                try await core.pushes.callbackConfigured(url: url, application: application)
            }
        }
        return outcomes
    }

    private func remove(_ items: [Item], _ call: Call) async throws -> [(key: EntityKey, outcome: RecordOutcome)] {
        let application = call.application.number
        return try await core.world.write { tx in
            let outcomes = try items.map { item -> (key: EntityKey, outcome: RecordOutcome) in
                guard let name = item.name,
                    try tx.removeConfiguration(name, of: item.integration, application: application)
                else {
                    return (item.key, .failed(.unknown))
                }
                return (item.key, .done(204))
            }
            try tx.dropUnusedCallbackChecks(application: application)
            return outcomes
        }
    }
}

extension ConfigurationResource {
    private static let shape = RecordShape(Catalogue.configuration, on: .v2)

    /// The value in the body, or why it is none. Which status a wrong value gets is UNVERIFIED (protocol reference 9,
    /// item 13).
    private static func value(
        of name: ConfigurationKey?, for id: IntegrationID, _ body: [UInt8], _ switches: Switches
    ) throws -> Result<String, RecordProblem> {
        var sketch = Sketch(for: shape)
        try readingBody { try body.withUnsafeBytes { try Validator(shape: shape).check($0, into: &sketch) } }
        guard sketch.complaints.isEmpty else { return .failure(.invalid(sketch.complaints)) }
        let value = try readingBody { try JSONValue(parsing: body) }["configurationValue"]?["string"]?.string ?? ""
        var complaints = Complaints()
        switch name {
        case nil: return .failure(RecordProblem(422, "ERROR :: / :: no configuration of this name\n"))
        case let name? where name.integrationType.rawValue != id.type:
            complaints.add("/", "\(name.rawValue) is no configuration of \(id.type)")
        case .callbackURL? where !CallbackRule.allows(value, isStrict: switches.strictCallbackPorts):
            complaints.add("/configurationValue/string", Complaints.noMatch(value, "an https URL"))
        case .jobPostingViewers? where value != ConfigurationKey.allProductUsers,
            .applicationViewers? where value != ConfigurationKey.allProductUsers:
            complaints.add("/configurationValue/string", Complaints.notSymbol(value))
        default: return .success(value)
        }
        return .failure(.invalid(complaints))
    }
}
